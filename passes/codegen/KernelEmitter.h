// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a fused group to a function: dispatch by hero.
#ifndef GAN_PASSES_CODEGEN_KERNELEMITTER_H
#define GAN_PASSES_CODEGEN_KERNELEMITTER_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// What the writer must know of an emitted kernel. Equal for all CPU targets.
struct EmittedKernel {
  std::string name;
  int64_t tiles = 0;
  int64_t scratchBytes = 0;
};

/// Adds function `name` for `kernel` to `module`, in scf, arith, vector and
/// llvm memory ops. Fails with a diagnostic at the kernel where no emitter can
/// do it.
mlir::FailureOr<EmittedKernel> emitKernel(KernelOp kernel,
                                          const TargetInfo &target,
                                          mlir::ModuleOp module,
                                          llvm::StringRef name);

// One per hero, each in the file of its name. They fill the body, set `tiles`
// and `scratchBytes`.
mlir::LogicalResult emitLoop(KernelBuilder &builder);
mlir::LogicalResult emitReduction(KernelBuilder &builder);
mlir::LogicalResult emitArgmax(KernelBuilder &builder,
                               ArgmaxOp argmax); // a reduction, too
/// One output of it.
mlir::LogicalResult emitArgmaxOf(KernelBuilder &builder, ArgmaxOp argmax,
                                 mlir::Value output);
mlir::LogicalResult emitMatrix(KernelBuilder &builder);
mlir::LogicalResult emitTranspose(KernelBuilder &builder);
mlir::LogicalResult emitContraction(KernelBuilder &builder); // contraction/

// What kernels must be like, whoever runs them; these report.

/// All outputs have equally many elements.
mlir::LogicalResult checkEqualCounts(KernelBuilder &builder);
/// The contraction of a kernel, whose order has one lane.
mlir::FailureOr<mlir::Operation *> findContraction(KernelBuilder &builder);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_KERNELEMITTER_H
