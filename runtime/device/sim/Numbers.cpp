// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Numbers.h"

#include <cmath>

using namespace gan::sim;

// Whether to go one unit up in magnitude: `rest` is what is cut off, `half` its
// middle.
static bool roundsUp(bool negative, bool odd, uint64_t rest, uint64_t half,
                     Rounding rounding) {
  bool inexact = rest != 0;
  switch (rounding) {
  case Rounding::Zero:
    return false;
  case Rounding::Down:
    return inexact && negative;
  case Rounding::Up:
    return inexact && !negative;
  case Rounding::NearestAway:
    return rest >= half;
  case Rounding::Nearest:
    return rest > half || (rest == half && odd);
  }
  return false;
}

static uint64_t overflow(bool negative, Format format, Rounding rounding) {
  uint64_t infinity = ((uint64_t(1) << format.exponentBits) - 1)
                      << format.mantissaBits;
  bool finite = rounding == Rounding::Zero ||
                (rounding == Rounding::Down && !negative) ||
                (rounding == Rounding::Up && negative);
  return finite ? infinity - 1 : infinity;
}

uint64_t gan::sim::pack(bool negative, uint64_t significand, int exponent,
                        Format format, Rounding rounding) {
  uint64_t sign = uint64_t(negative)
                  << (format.exponentBits + format.mantissaBits);
  if (significand == 0)
    return sign;
  int zeros = std::countl_zero(significand);
  significand <<= zeros;
  exponent -= zeros;
  // Now the value is 1.xxx * 2^(exponent + 63).
  int bias = (1 << (format.exponentBits - 1)) - 1;
  int field = exponent + 63 + bias;
  int shift = 63 - format.mantissaBits + (field < 1 ? 1 - field : 0);
  uint64_t kept = 0, rest = significand, half = ~uint64_t(0);
  if (shift < 64) {
    kept = significand >> shift;
    rest = significand & ((uint64_t(1) << shift) - 1);
    half = uint64_t(1) << (shift - 1);
  } else if (shift == 64) {
    half = uint64_t(1) << 63;
  } else {
    rest = 1; // less than half of the smallest number
  }
  kept += roundsUp(negative, kept & 1, rest, half, rounding);
  // A carry out of the mantissa makes the exponent one more by itself.
  uint64_t bits = kept;
  if (field >= 1)
    bits += uint64_t(field - 1) << format.mantissaBits;
  uint64_t most = overflow(negative, format, rounding);
  if (bits > most || field >= (1 << format.exponentBits) - 1)
    bits = most;
  return sign | bits;
}

static uint64_t nanOf(Format format) {
  if (format.exponentBits == 11)
    return kNanF64;
  return (uint64_t(1) << (format.exponentBits + format.mantissaBits)) - 1;
}

uint64_t gan::sim::pack(double value, Format format, Rounding rounding) {
  if (std::isnan(value))
    return nanOf(format);
  bool negative = std::signbit(value);
  if (std::isinf(value))
    return uint64_t(negative) << (format.exponentBits + format.mantissaBits) |
           ((uint64_t(1) << format.exponentBits) - 1) << format.mantissaBits;
  uint64_t bits = std::bit_cast<uint64_t>(value);
  int field = int(bits >> 52 & 0x7ff);
  uint64_t significand = bits & ((uint64_t(1) << 52) - 1);
  if (field)
    significand |= uint64_t(1) << 52;
  return pack(negative, significand, (field ? field : 1) - 1075, format,
              rounding);
}

double gan::sim::addToOdd(double a, double b) {
  double sum = a + b;
  if (!std::isfinite(sum))
    return sum;
  // Knuth's two-sum: the exact error of the rounded sum.
  double part = sum - a;
  double error = (a - (sum - part)) + (b - part);
  uint64_t bits = std::bit_cast<uint64_t>(sum);
  if (error == 0 || (bits & 1))
    return sum;
  // Odd is the neighbour on the side of the exact sum.
  bool away = (error > 0) == (sum > 0);
  return std::bit_cast<double>(away ? bits + 1 : bits - 1);
}
