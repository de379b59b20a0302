// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What every floating-point result passes on the device.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H

#include "runtime/device/sim/Numbers.h"
#include "runtime/device/sim/Types.h"

namespace gan::sim {

/// Of a floating-point type other than the pairs.
inline Format formatOf(Type type) {
  switch (type) {
  case Type::F16:
    return kF16;
  case Type::BF16:
    return kBF16;
  case Type::TF32:
    return kTF32;
  case Type::F32:
    return kF32;
  default:
    return kF64;
  }
}
/// Of a tf32 operand, which is a register of f32, the last 13 bits are not
/// looked at.
inline double realOf(uint64_t bits, Type type) {
  switch (type) {
  case Type::F16:
    return halfToFloat(uint16_t(bits));
  case Type::BF16:
    return bfloatToFloat(uint16_t(bits));
  case Type::TF32:
    return floatOf(uint32_t(bits) & 0xffffe000);
  case Type::F32:
    return floatOf(uint32_t(bits));
  default:
    return doubleOf(bits);
  }
}

/// a * b + c, rounded once.
inline float fuse(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double fuse(double a, double b, double c) {
  return __builtin_fma(a, b, c);
}

/// The one NaN that the device makes.
inline float canonical(float value) {
  return value != value ? floatOf(kNanF32) : value;
}
inline double canonical(double value) {
  return value != value ? doubleOf(kNanF64) : value;
}

/// .ftz: a subnormal number becomes a zero of its sign.
template <bool Ftz> inline float flush(float value) {
  if (!Ftz)
    return value;
  uint32_t bits = bitsOf(value);
  return floatOf(bits & 0x7f800000 ? bits : bits & 0x80000000);
}

inline double flush(double value) {
  uint64_t bits = bitsOf(value);
  return bits << 1 >> 53 ? value : doubleOf(bits & uint64_t(1) << 63);
}
/// The same of f16 and bf16.
template <Format F, bool Ftz> inline uint16_t flush16(uint16_t bits) {
  constexpr unsigned exponent = ((1u << F.exponentBits) - 1) << F.mantissaBits;
  return !Ftz || (bits & exponent) ? bits : uint16_t(bits & 0x8000);
}

/// .sat: into [0, 1], NaN to +0.
template <bool Sat> inline float saturate(float value) {
  if (!Sat)
    return value;
  return value > 0 ? (value < 1 ? value : 1.0f) : 0.0f;
}

/// A function of halves on both halves of a word.
template <auto F> constexpr uint32_t pair(uint32_t a) {
  return uint32_t(F(uint16_t(a))) | uint32_t(F(uint16_t(a >> 16))) << 16;
}

template <bool Ftz, bool Sat> inline float finish(float value) {
  return saturate<Sat>(flush<Ftz>(canonical(value)));
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H
