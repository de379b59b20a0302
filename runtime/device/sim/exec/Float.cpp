// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Numbers.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cmath>

using namespace gan::sim;

namespace {
constexpr auto plus = [](auto a, auto b) { return a + b; };
constexpr auto minus = [](auto a, auto b) { return a - b; };
constexpr auto times = [](auto a, auto b) { return a * b; };
constexpr auto over = [](auto a, auto b) { return a / b; };
constexpr auto root = [](auto a) { return std::sqrt(a); };
constexpr auto inverse = [](auto a) { return decltype(a)(1) / a; };
constexpr auto fused = [](auto a, auto b, auto c) { return fuse(a, b, c); };

// Results as the device delivers them.
template <auto F, bool Ftz, bool Sat>
constexpr auto single1 =
    [](float a) { return finish<Ftz, Sat>(F(flush<Ftz>(a))); };
template <auto F, bool Ftz, bool Sat>
constexpr auto single2 = [](float a, float b) {
  return finish<Ftz, Sat>(F(flush<Ftz>(a), flush<Ftz>(b)));
};
template <auto F, bool Ftz, bool Sat>
constexpr auto single3 = [](float a, float b, float c) {
  return finish<Ftz, Sat>(F(flush<Ftz>(a), flush<Ftz>(b), flush<Ftz>(c)));
};
template <auto F>
constexpr auto double1 = [](double a) { return canonical(F(a)); };
template <auto F>
constexpr auto double2 = [](double a, double b) { return canonical(F(a, b)); };
template <auto F>
constexpr auto double3 =
    [](double a, double b, double c) { return canonical(F(a, b, c)); };
} // namespace

template <auto F> static Handler make1(const Match &match) {
  if (match.types[0] == Type::F64)
    return unary<double1<F>, double, double>;
  return match.has(".ftz") ? unary<single1<F, true, false>, float, float>
                           : unary<single1<F, false, false>, float, float>;
}

template <auto F> static Handler make2(const Match &match) {
  if (match.types[0] == Type::F64)
    return binary<double2<F>, double, double, double>;
  bool ftz = match.has(".ftz"), sat = match.has(".sat");
  if (ftz)
    return sat ? binary<single2<F, true, true>, float, float, float>
               : binary<single2<F, true, false>, float, float, float>;
  return sat ? binary<single2<F, false, true>, float, float, float>
             : binary<single2<F, false, false>, float, float, float>;
}

template <auto F> static Handler make3(const Match &match) {
  if (match.types[0] == Type::F64)
    return ternary<double3<F>, double, double, double, double>;
  bool ftz = match.has(".ftz"), sat = match.has(".sat");
  if (ftz)
    return sat ? ternary<single3<F, true, true>, float, float, float, float>
               : ternary<single3<F, true, false>, float, float, float, float>;
  return sat ? ternary<single3<F, false, true>, float, float, float, float>
             : ternary<single3<F, false, false>, float, float, float, float>;
}

// add, sub, mul, fma, mad, div, rcp and sqrt of f32 and f64. Without a rounding
// modifier they round to nearest, as with .rn; .full and .approx of div, sqrt
// and rcp are executed as the correctly rounded operation.
bool gan::sim::selectFloat(const Match &match, Inst &inst) {
  if (!match.oneOf(".rz .rm .rp").empty())
    return selectRounded(match, inst);
  std::string_view opcode = match.form->opcode;
  if (match.types[0] == Type::F64)
    inst.group = Class::Double;
  if (opcode == "add")
    inst.run = make2<plus>(match);
  else if (opcode == "sub")
    inst.run = make2<minus>(match);
  else if (opcode == "mul")
    inst.run = make2<times>(match);
  else if (opcode == "fma" || opcode == "mad")
    inst.run = make3<fused>(match);
  else if (opcode == "div")
    inst.run = make2<over>(match);
  else if (opcode == "sqrt")
    inst.run = make1<root>(match);
  else if (opcode == "rcp")
    inst.run = make1<inverse>(match);
  return inst.run != nullptr;
}

namespace {
// A NaN loses against a number, -0 is less than +0.
template <bool Max, bool NanWins, typename T> T extreme(T a, T b) {
  if (a != a || b != b) {
    if (NanWins || (a != a && b != b))
      return canonical(a != a ? a : b);
    return a != a ? b : a;
  }
  if (a == b)
    return (std::signbit(a) == Max) ? b : a;
  return (a < b) == Max ? b : a;
}
template <bool Max, bool NanWins, bool Ftz, bool Xor>
constexpr auto extreme32 = [](float a, float b) {
  a = flush<Ftz>(a);
  b = flush<Ftz>(b);
  if (!Xor)
    return extreme<Max, NanWins>(a, b);
  float result = extreme<Max, NanWins>(std::fabs(a), std::fabs(b));
  bool negative = std::signbit(a) != std::signbit(b);
  return negative && result == result ? -result : result;
};
template <bool Max>
constexpr auto extreme64 =
    [](double a, double b) { return extreme<Max, false>(a, b); };
} // namespace

template <bool Max, bool Nan> static Handler extremes(bool ftz, bool xorSign) {
  if (xorSign)
    return ftz ? binary<extreme32<Max, Nan, true, true>, float, float, float>
               : binary<extreme32<Max, Nan, false, true>, float, float, float>;
  return ftz ? binary<extreme32<Max, Nan, true, false>, float, float, float>
             : binary<extreme32<Max, Nan, false, false>, float, float, float>;
}

static Handler signOperation(const Match &match, bool negate) {
  if (match.types[0] == Type::F64)
    return negate ? unary<[](uint64_t a) { return a ^ uint64_t(1) << 63; },
                          uint64_t, uint64_t>
                  : unary<[](uint64_t a) { return a & ~(uint64_t(1) << 63); },
                          uint64_t, uint64_t>;
  if (match.has(".ftz"))
    return negate ? unary<[](float a) { return -flush<true>(a); }, float, float>
                  : unary<[](float a) { return std::fabs(flush<true>(a)); },
                          float, float>;
  return negate ? unary<[](uint32_t a) { return a ^ 0x80000000; }, uint32_t,
                        uint32_t>
                : unary<[](uint32_t a) { return a & 0x7fffffff; }, uint32_t,
                        uint32_t>;
}

// copysign takes the sign of a and the rest of b.
static Handler copySign(Type type) {
  if (type == Type::F64)
    return binary<[](double a, double b) { return std::copysign(b, a); },
                  double, double, double>;
  return binary<[](float a, float b) { return std::copysign(b, a); }, float,
                float, float>;
}

// min, max, abs, neg and copysign.
bool gan::sim::selectMinMax(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  bool isMax = opcode == "max";
  bool ftz = match.has(".ftz"), xorSign = match.has(".xorsign");
  if (xorSign != match.has(".abs"))
    return false;
  if (match.types[0] == Type::F64)
    inst.group = Class::Double;
  if (opcode == "abs" || opcode == "neg")
    inst.run = signOperation(match, opcode == "neg");
  else if (opcode == "copysign")
    inst.run = copySign(match.types[0]);
  else if (match.types[0] == Type::F64)
    inst.run = isMax ? binary<extreme64<true>, double, double, double>
                     : binary<extreme64<false>, double, double, double>;
  else if (match.has(".NaN"))
    inst.run = isMax ? extremes<true, true>(ftz, xorSign)
                     : extremes<false, true>(ftz, xorSign);
  else
    inst.run = isMax ? extremes<true, false>(ftz, xorSign)
                     : extremes<false, false>(ftz, xorSign);
  return true;
}
