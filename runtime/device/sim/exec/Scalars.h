// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What every floating-point result passes on the device.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H

#include "runtime/device/sim/Numbers.h"

namespace gan::sim {

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

template <bool Ftz, bool Sat> inline float finish(float value) {
  return saturate<Sat>(flush<Ftz>(canonical(value)));
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_SCALARS_H
