// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Product.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace gan::sim;

namespace {
/// significand * 2^(exponent - fraction bits); `special` for infinities and
/// NaN.
struct Term {
  int32_t significand;
  int16_t exponent;
  bool special;
};

struct Fields {
  unsigned exponentBits, fraction;
};
} // namespace

static Fields fieldsOf(Type type) {
  switch (type) {
  case Type::F16:
    return {5, 10};
  case Type::BF16:
    return {8, 7};
  case Type::TF32:
    return {8, 10};
  default:
    return {8, 23};
  }
}

// tf32 operands are f32 registers whose last 13 bits are not looked at.
static Term decode(uint64_t bits, Type type) {
  if (type == Type::TF32)
    bits >>= 13;
  Fields fields = fieldsOf(type);
  uint32_t mantissa = uint32_t(bits) & ((1u << fields.fraction) - 1);
  uint32_t most = (1u << fields.exponentBits) - 1;
  uint32_t field = uint32_t(bits >> fields.fraction) & most;
  bool negative = bits >> (fields.fraction + fields.exponentBits) & 1;
  int bias = int(most >> 1);
  int32_t significand =
      int32_t(field ? mantissa | 1u << fields.fraction : mantissa);
  // A zero counts as small, whatever the format's smallest exponent is.
  int exponent = field ? int(field) - bias : significand ? 1 - bias : -126;
  return {negative ? -significand : significand, int16_t(exponent),
          field == most};
}

static double realOf(uint64_t bits, Type type) {
  switch (type) {
  case Type::F16:
    return halfToFloat(uint16_t(bits));
  case Type::BF16:
    return bfloatToFloat(uint16_t(bits));
  case Type::TF32:
    return floatOf(uint32_t(bits) & 0xffffe000);
  default:
    return floatOf(uint32_t(bits));
  }
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
    return pack(negative, size, exponent, false, kF16, Rounding::Nearest);
  int top = size ? 63 - std::countl_zero(size) + exponent : -1000;
  if (top >= 128)
    return negative ? 0xff800000 : 0x7f800000;
  return pack(negative, size, exponent, false, kF32, Rounding::Zero);
}

static unsigned fractionBits(unsigned architecture) {
  return architecture >= 90 ? 25 : architecture >= 75 ? 24 : 23;
}

// The sum of one element over `count` products.
static uint64_t fusedSum(const Product &p, const Term *a, const Term *b,
                         unsigned count, uint64_t c) {
  int bits = int(fractionBits(p.architecture));
  int fraction = 2 * int(fieldsOf(p.element).fraction);
  Term start = decode(c, p.accumulator);
  int most = start.exponent;
  for (unsigned i = 0; i < count; ++i)
    most = std::max(most, a[i].exponent + b[i].exponent);
  int64_t sum =
      align(start.significand, bits - int(fieldsOf(p.accumulator).fraction) +
                                   start.exponent - most);
  for (unsigned i = 0; i < count; ++i)
    sum += align(int64_t(a[i].significand) * b[i].significand,
                 bits - fraction + a[i].exponent + b[i].exponent - most);
  return roundSum(sum, most - bits, p.accumulator);
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
  std::vector<Term> termsA(p.m * p.k), termsB(p.n * p.k);
  for (size_t i = 0; i < termsA.size(); ++i)
    termsA[i] = decode(a[i], p.element);
  for (size_t i = 0; i < termsB.size(); ++i)
    termsB[i] = decode(b[i], p.element);
  auto special = [&](const Term *terms) {
    return std::any_of(terms, terms + p.k, [](Term t) { return t.special; });
  };
  std::vector<bool> specialB(p.n);
  for (unsigned j = 0; j < p.n; ++j)
    specialB[j] = special(&termsB[j * p.k]);
  unsigned longest = p.element == Type::TF32 ? 8 : 16;
  bool halves = p.architecture >= 80 && p.architecture < 90 && p.k == longest;
  unsigned step = halves ? p.k / 2 : p.k;
  for (unsigned i = 0; i < p.m; ++i) {
    bool specialA = special(&termsA[i * p.k]);
    for (unsigned j = 0; j < p.n; ++j) {
      uint64_t &sum = c[i * p.n + j];
      if (specialA || specialB[j] || decode(sum, p.accumulator).special) {
        sum = specialSum(p, a + i * p.k, b + j * p.k, sum);
        continue;
      }
      for (unsigned k = 0; k < p.k; k += step) {
        if (decode(sum, p.accumulator).special)
          break; // the first half overflowed
        sum =
            fusedSum(p, &termsA[i * p.k + k], &termsB[j * p.k + k], step, sum);
      }
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
        sum = __builtin_fma(doubleOf(a[i * p.k + k]), doubleOf(b[j * p.k + k]),
                            sum);
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
