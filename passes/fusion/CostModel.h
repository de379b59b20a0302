// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What fusion weighs, in bytes of memory traffic. The figures are of one core
// with its share of the memory: some 10 GB/s and some 40 G simple vector
// operations a second, so that a byte is worth 4 of them.
#ifndef GAN_PASSES_FUSION_COSTMODEL_H
#define GAN_PASSES_FUSION_COSTMODEL_H

#include "dialect/GanOps.h"

namespace gan::fusion {

/// What one launch costs besides its work: the threads are woken and meet
/// again.
inline constexpr double kLaunchBytes = 16384;

/// Arithmetic of one element of the op's result, in bytes. Index maps count one
/// operation.
double elementCost(mlir::Operation *op);

/// Bytes that reading `value` brings in when what is cheap to compute again is:
/// a broadcast reads its operand, a splat nothing.
int64_t loadBytes(mlir::Value value);

/// How often a contraction reads each element of operand `index` while it packs
/// it.
double rereads(mlir::Operation *contraction, unsigned index);

/// By how much arithmetic is dearer while a contraction packs an operand than
/// in a plain loop.
inline constexpr double kPackingFactor = 2;

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_COSTMODEL_H
