// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The operations that PTX defines by an error bound only. Here they give the
// result that is nearest to the true one: computed in double, rounded once.
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cmath>

using namespace gan::sim;

namespace {
constexpr auto power2 = [](double a) { return std::exp2(a); };
constexpr auto logarithm2 = [](double a) { return std::log2(a); };
constexpr auto sine = [](double a) { return std::sin(a); };
constexpr auto cosine = [](double a) { return std::cos(a); };
constexpr auto tangent = [](double a) { return std::tanh(a); };
constexpr auto inverseRoot = [](double a) { return 1 / std::sqrt(a); };

template <auto F, bool Ftz>
constexpr auto single =
    [](float a) { return finish<Ftz, false>(float(F(double(flush<Ftz>(a))))); };
template <auto F>
constexpr auto half = [](uint16_t a) {
  return uint16_t(pack(F(double(halfToFloat(a))), kF16, Rounding::Nearest));
};
template <auto F, bool Ftz>
constexpr auto bfloat = [](uint16_t a) {
  double value = bfloatToFloat(flush16<kBF16, Ftz>(a));
  return flush16<kBF16, Ftz>(
      uint16_t(pack(F(value), kBF16, Rounding::Nearest)));
};
inline double upperWord(double a) {
  return doubleOf(bitsOf(a) & 0xffffffff00000000);
}
// The double forms look at the upper word and leave the lower one zero.
template <auto F, bool Ftz>
constexpr auto coarse = [](double a) {
  double upper = upperWord(Ftz ? flush(a) : a);
  double result = canonical(F(upper));
  return upperWord(Ftz ? flush(result) : result);
};
constexpr auto inverse = [](double a) { return 1 / a; };
} // namespace

template <auto F> static Handler make(const Match &match) {
  switch (match.types[0]) {
  case Type::F32:
    return match.has(".ftz") ? unary<single<F, true>, float, float>
                             : unary<single<F, false>, float, float>;
  case Type::F16:
    return unary<half<F>, uint16_t, uint16_t>;
  case Type::BF16:
    return match.has(".ftz") ? unary<bfloat<F, true>, uint16_t, uint16_t>
                             : unary<bfloat<F, false>, uint16_t, uint16_t>;
  case Type::F16x2:
    return unary<pair<half<F>>, uint32_t, uint32_t>;
  case Type::BF16x2:
    return match.has(".ftz")
               ? unary<pair<bfloat<F, true>>, uint32_t, uint32_t>
               : unary<pair<bfloat<F, false>>, uint32_t, uint32_t>;
  default:
    return nullptr;
  }
}

bool gan::sim::selectApproximate(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  if (match.types[0] == Type::F64) {
    inst.group = Class::Double;
    inst.run = opcode == "rcp" ? unary<coarse<inverse, true>, double, double>
               : match.has(".ftz")
                   ? unary<coarse<inverseRoot, true>, double, double>
                   : unary<coarse<inverseRoot, false>, double, double>;
  } else if (opcode == "ex2")
    inst.run = make<power2>(match);
  else if (opcode == "lg2")
    inst.run = make<logarithm2>(match);
  else if (opcode == "sin")
    inst.run = make<sine>(match);
  else if (opcode == "cos")
    inst.run = make<cosine>(match);
  else if (opcode == "tanh")
    inst.run = make<tangent>(match);
  else
    inst.run = make<inverseRoot>(match);
  return inst.run != nullptr;
}
