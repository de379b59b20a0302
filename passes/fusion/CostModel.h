// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What fusion weighs, in bytes of memory traffic.
#ifndef GAN_PASSES_FUSION_COSTMODEL_H
#define GAN_PASSES_FUSION_COSTMODEL_H

#include "dialect/GanOps.h"

namespace gan::fusion {

/// What the machine costs, for which kernels are formed.
struct Machine {
  double operationsPerByte; // simple operations in the time of a byte
  double launchBytes;       // what one launch costs besides its work
  double packingFactor;     // by how much arithmetic is dearer while a
                            // contraction reads an operand than in a plain loop
  int64_t tile; // products that share an operand's element on its way in; 0:
                // all of a filter's tap
  bool groupsLaunches; // small kernels cost no launches of their own
};

/// One core with its share of the memory: some 10 GB/s and some 40 G simple
/// vector operations a second. For a launch the threads are woken and meet
/// again.
inline constexpr Machine cpu = {.operationsPerByte = 4,
                                .launchBytes = 16384,
                                .packingFactor = 2,
                                .tile = 0,
                                .groupsLaunches = false};

/// A GPU: from 10 (A100, B200) to 60 (RTX 5090) operations a byte, see
/// ExplainGpu.cpp. Small kernels share launches with others; contractions have
/// tiles of 64 x 64.
inline constexpr Machine gpu = {.operationsPerByte = 40,
                                .launchBytes = 16384,
                                .packingFactor = 1,
                                .tile = 64,
                                .groupsLaunches = true};

/// Arithmetic of one element of the op's result, in bytes. Index maps count one
/// operation.
double elementCost(mlir::Operation *op, const Machine &machine);

/// Bytes that reading `value` brings in when what is cheap to compute again is:
/// a broadcast reads its operand, a splat nothing.
int64_t loadBytes(mlir::Value value);

/// How many elements of operand `index`, counted with repetition, a
/// contraction reads.
double elementsRead(mlir::Operation *contraction, unsigned index,
                    const Machine &machine);

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_COSTMODEL_H
