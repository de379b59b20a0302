// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whether kernels compute what they say, on every target.
#ifndef GAN_TEST_PASSES_CODEGEN_CHECKKERNEL_H
#define GAN_TEST_PASSES_CODEGEN_CHECKKERNEL_H

#include "passes/codegen/TargetInfo.h"

#include "mlir/IR/BuiltinOps.h"

namespace gan::test {

struct CheckOptions {
  // A simulated GPU that runs code for this target must give the CPU's bits.
  const TargetInfo *onSim = nullptr;
  bool byReference = true; // values must be near the interpreter's
  double tolerance = 0;    // above 0: of every kernel
};

/// Compiles every kernel of `module` for every CPU target, runs it on random
/// data with all tiles at once and one by one, and asks for the same bits each
/// time. `test.tolerance` on a kernel bounds the error relative to 1 + |value|,
/// else 1e-5. A line is printed per kernel; fails where one is wrong.
mlir::LogicalResult checkKernels(mlir::ModuleOp module,
                                 const CheckOptions &options);

} // namespace gan::test

#endif // GAN_TEST_PASSES_CODEGEN_CHECKKERNEL_H
