// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The number formats of PTX and the roundings between them, bit for bit.
#ifndef GAN_RUNTIME_DEVICE_SIM_NUMBERS_H
#define GAN_RUNTIME_DEVICE_SIM_NUMBERS_H

#include <bit>
#include <cstdint>

namespace gan::sim {

enum class Rounding : uint8_t { Nearest, Zero, Down, Up, NearestAway };

/// A binary format by its fields.
struct Format {
  int exponentBits, mantissaBits;
};
constexpr Format kF16 = {5, 10}, kBF16 = {8, 7}, kTF32 = {8, 10},
                 kF32 = {8, 23}, kF64 = {11, 52};

/// What the hardware returns for every NaN that it makes.
constexpr uint32_t kNanF32 = 0x7fffffff;
constexpr uint64_t kNanF64 = 0xfff8000000000000;
constexpr uint16_t kNan16 = 0x7fff; // of f16 and bf16

/// The bits of (-1)^negative * significand * 2^exponent, rounded once.
uint64_t pack(bool negative, uint64_t significand, int exponent, Format format,
              Rounding rounding);
/// The bits of a double in another format; NaN becomes the format's own.
uint64_t pack(double value, Format format, Rounding rounding);

/// a + b rounded to odd: a later rounding to fewer bits is then as if from the
/// exact sum (Boldo and Melquiond 2008).
double addToOdd(double a, double b);

inline float floatOf(uint32_t bits) { return std::bit_cast<float>(bits); }
inline uint32_t bitsOf(float value) { return std::bit_cast<uint32_t>(value); }
inline double doubleOf(uint64_t bits) { return std::bit_cast<double>(bits); }
inline uint64_t bitsOf(double value) { return std::bit_cast<uint64_t>(value); }

inline float halfToFloat(uint16_t bits) {
  return float(std::bit_cast<_Float16>(bits));
}
inline uint16_t floatToHalf(float value) { // to nearest
  return value != value ? kNan16 : std::bit_cast<uint16_t>(_Float16(value));
}
inline float bfloatToFloat(uint16_t bits) {
  return floatOf(uint32_t(bits) << 16);
}
inline uint16_t floatToBfloat(float value) { // to nearest
  uint32_t bits = bitsOf(value);
  uint32_t rounded = bits + 0x7fff + (bits >> 16 & 1);
  return value != value ? kNan16 : uint16_t(rounded >> 16);
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_NUMBERS_H
