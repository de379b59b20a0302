// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Product.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <algorithm>
#include <cmath>

using namespace gan::sim;

namespace {
/// significand * 2^(exponent - fraction bits); `special` for infinities and
/// NaN.
struct Term {
  int32_t significand;
  int32_t exponent;
  bool special;
};
} // namespace

// tf32 operands are f32 registers whose last 13 bits are not looked at.
static Term decode(uint64_t bits, Type type) {
  if (type == Type::TF32)
    bits >>= 13;
  Format format = formatOf(type);
  uint32_t mantissa = uint32_t(bits) & ((1u << format.mantissaBits) - 1);
  uint32_t most = (1u << format.exponentBits) - 1;
  uint32_t field = uint32_t(bits >> format.mantissaBits) & most;
  bool negative = bits >> (format.mantissaBits + format.exponentBits) & 1;
  int bias = int(most >> 1);
  int32_t significand =
      int32_t(field ? mantissa | 1u << format.mantissaBits : mantissa);
  // A zero counts as small, whatever the format's smallest exponent is.
  int exponent = field ? int(field) - bias : significand ? 1 - bias : -126;
  return {negative ? -significand : significand, exponent, field == most};
}

// Moves the point of `significand` so that it has `fraction` bits behind it,
// cutting off toward zero.
static int64_t align(int64_t significand, int shift) {
  if (shift >= 0)
    return significand << std::min(shift, 40);
  if (shift <= -63)
    return 0;
  return significand < 0 ? -(-significand >> -shift) : significand >> -shift;
}

static uint64_t roundSum(int64_t sum, int exponent, Type type) {
  bool negative = sum < 0;
  uint64_t size = negative ? 0 - uint64_t(sum) : uint64_t(sum);
  if (type == Type::F16)
    return pack(negative, size, exponent, kF16, Rounding::Nearest);
  int top = size ? 63 - std::countl_zero(size) + exponent : -1000;
  if (top >= 128)
    return negative ? 0xff800000 : 0x7f800000;
  return pack(negative, size, exponent, kF32, Rounding::Zero);
}

static unsigned fractionBits(unsigned architecture) {
  return architecture >= 90 ? 25 : architecture >= 75 ? 24 : 23;
}

namespace {
/// The operands of one matrix, decoded; side by side for the loop over k.
struct Terms {
  int32_t significands[32 * 16]; // the largest are 32 x 16
  int32_t exponents[32 * 16];
  bool special[32]; // rows with an infinity or NaN

  void decodeAll(const uint64_t *bits, unsigned rows, unsigned k, Type type) {
    for (unsigned row = 0; row < rows; ++row) {
      special[row] = false;
      for (unsigned i = row * k; i < (row + 1) * k; ++i) {
        Term term = decode(bits[i], type);
        significands[i] = term.significand;
        exponents[i] = term.exponent;
        special[row] |= term.special;
      }
    }
  }
};
} // namespace

// The sum of one element over `Count` products from places `i` and `j`.
template <unsigned Count>
static uint64_t fusedSum(const Product &p, const Terms &a, unsigned i,
                         const Terms &b, unsigned j, uint64_t c) {
  int bits = int(fractionBits(p.architecture));
  int fraction = 2 * int(formatOf(p.element).mantissaBits);
  Term start = decode(c, p.accumulator);
  int32_t exponents[Count], most = start.exponent;
  for (unsigned k = 0; k < Count; ++k) {
    exponents[k] = a.exponents[i + k] + b.exponents[j + k];
    most = std::max(most, exponents[k]);
  }
  int64_t sum = align(start.significand,
                      bits - int(formatOf(p.accumulator).mantissaBits) +
                          start.exponent - most);
  // Products have at most 28 bits once lifted: what is shifted by 31 is gone.
  unsigned lift = unsigned(bits - fraction);
  int32_t kept[Count];
  for (unsigned k = 0; k < Count; ++k) {
    int32_t product = a.significands[i + k] * b.significands[j + k];
    uint32_t size = uint32_t(product < 0 ? -product : product) << lift;
    uint32_t below = uint32_t(std::min(most - exponents[k], 31));
    kept[k] = product < 0 ? -int32_t(size >> below) : int32_t(size >> below);
  }
  for (unsigned k = 0; k < Count; ++k)
    sum += kept[k];
  return roundSum(sum, most - bits, p.accumulator);
}

static uint64_t fusedSum(const Product &p, unsigned count, const Terms &a,
                         unsigned i, const Terms &b, unsigned j, uint64_t c) {
  if (count == 16)
    return fusedSum<16>(p, a, i, b, j, c);
  return count == 8 ? fusedSum<8>(p, a, i, b, j, c)
                    : fusedSum<4>(p, a, i, b, j, c);
}

// Where an infinity or NaN takes part, the sum says which comes out.
static uint64_t specialSum(const Product &p, const uint64_t *a,
                           const uint64_t *b, uint64_t c) {
  double sum = realOf(c, p.accumulator);
  for (unsigned i = 0; i < p.k; ++i)
    sum += realOf(a[i], p.element) * realOf(b[i], p.element);
  bool half = p.accumulator == Type::F16;
  if (std::isnan(sum))
    return half ? kNan16 : kNanF32;
  return pack(sum, half ? kF16 : kF32, Rounding::Nearest);
}

static void multiplyFloats(const Product &p, const uint64_t *a,
                           const uint64_t *b, uint64_t *c) {
  Terms termsA, termsB;
  termsA.decodeAll(a, p.m, p.k, p.element);
  termsB.decodeAll(b, p.n, p.k, p.element);
  unsigned longest = p.element == Type::TF32 ? 8 : 16;
  bool halves = p.architecture >= 80 && p.architecture < 90 && p.k == longest;
  unsigned step = halves ? p.k / 2 : p.k;
  for (unsigned i = 0; i < p.m; ++i)
    for (unsigned j = 0; j < p.n; ++j) {
      uint64_t &sum = c[i * p.n + j];
      if (termsA.special[i] || termsB.special[j] ||
          decode(sum, p.accumulator).special) {
        sum = specialSum(p, a + i * p.k, b + j * p.k, sum);
        continue;
      }
      for (unsigned k = 0; k < p.k; k += step) {
        if (decode(sum, p.accumulator).special)
          break; // the first half overflowed
        sum = fusedSum(p, step, termsA, i * p.k + k, termsB, j * p.k + k, sum);
      }
    }
}

// One after the other, each fused.
static void multiplyDoubles(const Product &p, const uint64_t *a,
                            const uint64_t *b, uint64_t *c) {
  for (unsigned i = 0; i < p.m; ++i)
    for (unsigned j = 0; j < p.n; ++j) {
      double sum = doubleOf(c[i * p.n + j]);
      for (unsigned k = 0; k < p.k; ++k)
        sum = fuse(doubleOf(a[i * p.k + k]), doubleOf(b[j * p.k + k]), sum);
      c[i * p.n + j] = bitsOf(canonical(sum));
    }
}

static int64_t integerOf(uint64_t bits, Type type) {
  return type == Type::S8 ? int64_t(int8_t(bits)) : int64_t(uint8_t(bits));
}

static void multiplyIntegers(const Product &p, const uint64_t *a,
                             const uint64_t *b, uint64_t *c) {
  for (unsigned i = 0; i < p.m; ++i)
    for (unsigned j = 0; j < p.n; ++j) {
      int64_t sum = int32_t(c[i * p.n + j]);
      for (unsigned k = 0; k < p.k; ++k)
        sum += integerOf(a[i * p.k + k], p.element) *
               integerOf(b[j * p.k + k], p.elementB);
      if (p.saturate)
        sum = std::clamp<int64_t>(sum, INT32_MIN, INT32_MAX);
      c[i * p.n + j] = uint32_t(sum);
    }
}

void gan::sim::multiply(const Product &product, const uint64_t *a,
                        const uint64_t *b, uint64_t *c) {
  if (product.element == Type::F64)
    multiplyDoubles(product, a, b, c);
  else if (product.accumulator == Type::S32)
    multiplyIntegers(product, a, b, c);
  else
    multiplyFloats(product, a, b, c);
}
