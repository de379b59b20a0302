// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one core can do at most.
#ifndef GAN_TEST_BENCH_FMAPEAK_H
#define GAN_TEST_BENCH_FMAPEAK_H

namespace gan::bench {

/// Processor time of this thread: others do not disturb it much.
double threadSeconds();
/// f32 GFLOP/s of independent fused multiply-adds on 256-bit registers, the
/// best of some rounds.
double fmaPeak256();
/// The same on 512-bit registers.
double fmaPeak512();
/// GB/s, read and written together, of copying arrays larger than any cache.
double copyBandwidth();

} // namespace gan::bench

#endif // GAN_TEST_BENCH_FMAPEAK_H
