// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernel distances: KID where the features are Inception's (Binkowski et al.
// 2018).
#ifndef GAN_RUNTIME_METRICS_KERNEL_H
#define GAN_RUNTIME_METRICS_KERNEL_H

#include "runtime/metrics/Matrix.h"
#include "runtime/metrics/Spread.h"

#include <cstdint>

namespace gan::runtime {

/// The unbiased estimate of the squared maximum mean discrepancy under the
/// kernel (<x, y> / features + 1)^3; at least two rows each.
double kernelDistance(const Matrix &a, const Matrix &b);

struct KernelBlocks {
  size_t count = 100; // as published
  size_t rows = 1000; // of each set, drawn without repetition; cut to the sets
  uint64_t seed = 0;  // of the draws
};

/// Mean and standard deviation of `kernelDistance` over blocks of both.
Spread kernelDistanceOfBlocks(const Matrix &a, const Matrix &b,
                              const KernelBlocks &blocks, unsigned threads);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_KERNEL_H
