// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What this processor reaches at most, measured.
#ifndef GAN_RUNTIME_DEVICE_CPU_PEAK_H
#define GAN_RUNTIME_DEVICE_CPU_PEAK_H

#include "runtime/device/Profile.h"
#include "runtime/device/cpu/ThreadPool.h"

namespace gan::runtime {

/// Independent f32 fused multiply-adds in registers of 256 or, `wide`, 512
/// bits, some milliseconds of them; returns their number, each counted as two.
uint64_t runFmas(bool wide);

/// What each of the pool's `threads` threads reaches when all are at work: the
/// best of some rounds, a twentieth of a second in all. `wide`: with code for
/// registers of 512 bits. Bytes are unknown where there is no memory to copy.
Peak measurePeak(ThreadPool &pool, unsigned threads, bool wide);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_PEAK_H
