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
