// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one launch of a kernel costs, counted from its ops.
#ifndef GAN_PASSES_CODEGEN_EXECUTABLE_KERNELCOST_H
#define GAN_PASSES_CODEGEN_EXECUTABLE_KERNELCOST_H

#include "dialect/GanOps.h"

namespace gan {

struct KernelCost {
  uint64_t flops = 0; // a multiplication and an addition are two
  uint64_t bytes = 0; // read and written, each argument once
};

KernelCost costOf(KernelOp kernel);
/// Of an op outside of kernels, as if it were one.
KernelCost costOf(mlir::Operation &op);

/// Bytes of a tensor in memory.
uint64_t bytesOf(mlir::Type tensor);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_EXECUTABLE_KERNELCOST_H
