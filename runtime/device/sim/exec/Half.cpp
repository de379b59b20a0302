// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// f16, bf16 and their pairs. Sums and products are exact enough in float that
// rounding them once more gives the right result (float has more than twice
// the bits and two); a fused product and sum goes through a double rounded to
// odd.
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cmath>

using namespace gan::sim;

namespace {
struct Half {
  static constexpr Format format = kF16;
  static constexpr uint16_t one = 0x3c00;
  static float widen(uint16_t a) { return halfToFloat(a); }
  static uint16_t narrow(float a) { return floatToHalf(a); }
};
struct Bfloat {
  static constexpr Format format = kBF16;
  static constexpr uint16_t one = 0x3f80;
  static float widen(uint16_t a) { return bfloatToFloat(a); }
  static uint16_t narrow(float a) { return floatToBfloat(a); }
};

/// Modifiers, as bits of a template argument.
enum : unsigned { kFtz = 1, kSat = 2, kRelu = 4, kNan = 8, kXor = 16 };

template <typename H> bool isNan(uint16_t a) {
  return (a & 0x7fff) >
         (((1u << H::format.exponentBits) - 1) << H::format.mantissaBits);
}
template <typename H, unsigned M> uint16_t arrange(uint16_t a) {
  return flush16<H::format, (M & kFtz) != 0>(a);
}
template <typename H, unsigned M> uint16_t finish16(uint16_t a) {
  a = arrange<H, M>(isNan<H>(a) ? kNan16 : a);
  if (M & kSat)
    return isNan<H>(a) || (a & 0x8000) ? 0 : a > H::one ? H::one : a;
  if (M & kRelu)
    return !isNan<H>(a) && (a & 0x8000) ? 0 : a;
  return a;
}

template <typename H, char Op, unsigned M>
uint16_t arithmetic(uint16_t a, uint16_t b) {
  float x = H::widen(arrange<H, M>(a)), y = H::widen(arrange<H, M>(b));
  return finish16<H, M>(H::narrow(Op == '+'   ? x + y
                                  : Op == '-' ? x - y
                                              : x * y));
}

template <typename H, unsigned M>
uint16_t multiplyAdd(uint16_t a, uint16_t b, uint16_t c) {
  double product =
      double(H::widen(arrange<H, M>(a))) * double(H::widen(arrange<H, M>(b)));
  double sum = addToOdd(product, double(H::widen(arrange<H, M>(c))));
  return finish16<H, M>(uint16_t(pack(sum, H::format, Rounding::Nearest)));
}

template <typename H, bool Max, unsigned M>
uint16_t extreme16(uint16_t a, uint16_t b) {
  a = arrange<H, M>(a);
  b = arrange<H, M>(b);
  uint16_t sign = M & kXor ? uint16_t((a ^ b) & 0x8000) : 0;
  if (M & kXor) {
    a &= 0x7fff;
    b &= 0x7fff;
  }
  bool nanA = isNan<H>(a), nanB = isNan<H>(b);
  if (nanA || nanB) {
    if ((M & kNan) || (nanA && nanB))
      return kNan16;
    return uint16_t((nanA ? b : a) | sign);
  }
  // In this order of integers -0 is below +0.
  int32_t x = a & 0x8000 ? -int32_t(a & 0x7fff) - 1 : int32_t(a);
  int32_t y = b & 0x8000 ? -int32_t(b & 0x7fff) - 1 : int32_t(b);
  return uint16_t(((x < y) == Max ? b : a) | sign);
}

template <auto F> uint32_t pair2(uint32_t a, uint32_t b) {
  return uint32_t(F(uint16_t(a), uint16_t(b))) |
         uint32_t(F(uint16_t(a >> 16), uint16_t(b >> 16))) << 16;
}
template <auto F> uint32_t pair3(uint32_t a, uint32_t b, uint32_t c) {
  return uint32_t(F(uint16_t(a), uint16_t(b), uint16_t(c))) |
         uint32_t(F(uint16_t(a >> 16), uint16_t(b >> 16), uint16_t(c >> 16)))
             << 16;
}
} // namespace

static bool isPair(const Match &match) { return bitsOf(match.types[0]) == 32; }

template <auto F> static Handler make1(const Match &match) {
  if (isPair(match))
    return unary<pair<F>, uint32_t, uint32_t>;
  return unary<F, uint16_t, uint16_t>;
}
template <auto F> static Handler make2(const Match &match) {
  if (isPair(match))
    return binary<pair2<F>, uint32_t, uint32_t, uint32_t>;
  return binary<F, uint16_t, uint16_t, uint16_t>;
}
template <auto F> static Handler make3(const Match &match) {
  if (isPair(match))
    return ternary<pair3<F>, uint32_t, uint32_t, uint32_t, uint32_t>;
  return ternary<F, uint16_t, uint16_t, uint16_t, uint16_t>;
}

template <typename H, char Op>
static Handler arithmeticHandler(const Match &match) {
  bool ftz = match.has(".ftz"), sat = match.has(".sat");
  if (ftz)
    return sat ? make2<arithmetic<H, Op, kFtz | kSat>>(match)
               : make2<arithmetic<H, Op, kFtz>>(match);
  return sat ? make2<arithmetic<H, Op, kSat>>(match)
             : make2<arithmetic<H, Op, 0>>(match);
}

template <typename H> static Handler fusedHandler(const Match &match) {
  bool ftz = match.has(".ftz");
  if (match.has(".relu"))
    return ftz ? make3<multiplyAdd<H, kFtz | kRelu>>(match)
               : make3<multiplyAdd<H, kRelu>>(match);
  if (match.has(".sat"))
    return ftz ? make3<multiplyAdd<H, kFtz | kSat>>(match)
               : make3<multiplyAdd<H, kSat>>(match);
  return ftz ? make3<multiplyAdd<H, kFtz>>(match)
             : make3<multiplyAdd<H, 0>>(match);
}

template <typename H, bool Max, unsigned M>
static Handler extremeWith(const Match &match) {
  return match.has(".ftz") ? make2<extreme16<H, Max, M | kFtz>>(match)
                           : make2<extreme16<H, Max, M>>(match);
}

template <typename H, bool Max>
static Handler extremeHandler(const Match &match) {
  bool nan = match.has(".NaN");
  if (match.has(".xorsign"))
    return nan ? extremeWith<H, Max, kNan | kXor>(match)
               : extremeWith<H, Max, kXor>(match);
  return nan ? extremeWith<H, Max, kNan>(match) : extremeWith<H, Max, 0>(match);
}

template <typename H> static Handler signHandler(const Match &match) {
  bool negate = match.form->opcode == "neg";
  if (match.has(".ftz"))
    return negate ? make1<[](uint16_t a) {
      return uint16_t(arrange<H, kFtz>(a) ^ 0x8000);
    }>(match)
                  : make1<[](uint16_t a) {
                      return uint16_t(arrange<H, kFtz>(a) & 0x7fff);
                    }>(match);
  return negate ? make1<[](uint16_t a) { return uint16_t(a ^ 0x8000); }>(match)
                : make1<[](uint16_t a) { return uint16_t(a & 0x7fff); }>(match);
}

template <typename H> static Handler make(const Match &match) {
  std::string_view opcode = match.form->opcode;
  if (opcode == "add")
    return arithmeticHandler<H, '+'>(match);
  if (opcode == "sub")
    return arithmeticHandler<H, '-'>(match);
  if (opcode == "mul")
    return arithmeticHandler<H, '*'>(match);
  if (opcode == "fma")
    return fusedHandler<H>(match);
  if (opcode == "min")
    return extremeHandler<H, false>(match);
  if (opcode == "max")
    return extremeHandler<H, true>(match);
  return signHandler<H>(match);
}

bool gan::sim::selectHalf(const Match &match, Inst &inst) {
  Type type = match.types[0];
  bool isHalf = type == Type::F16 || type == Type::F16x2;
  if (match.has(".xorsign") != match.has(".abs"))
    return false;
  inst.run = isHalf ? make<Half>(match) : make<Bfloat>(match);
  return inst.run != nullptr;
}
