// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All kernels of a model, each once, for every CPU target.
#ifndef GAN_PASSES_CODEGEN_EMITKERNELS_H
#define GAN_PASSES_CODEGEN_EMITKERNELS_H

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/cpu/CompileImage.h"
#include "passes/codegen/nvptx/AssembleCubin.h"
#include "passes/codegen/nvptx/GpuLaunch.h"

#include "mlir/IR/DialectRegistry.h"

#include <optional>

namespace gan {

/// What a GPU runs: the PTX of every different launch.
struct GpuKernels {
  std::vector<EmittedGpuKernel> kernels;
  std::vector<GpuLaunch> launches;
  std::string architecture; // that the PTX is for: "sm_80"
  std::string ptx;
  /// The same kernels, launched alike, for one architecture only.
  struct OwnPtx {
    std::string architecture, ptx;
    std::vector<EmittedGpuKernel> kernels;
    std::vector<GpuLaunch> launches;
  };
  std::vector<OwnPtx> ownPtx;
  std::vector<Cubin> cubins; // made of the PTX that is its own, or else of all
  llvm::DenseMap<mlir::Operation *, unsigned>
      kernelOf; // gan.kernel -> index into `kernels`
  llvm::DenseMap<mlir::Operation *, unsigned>
      launchOf; // first gan.kernel of a launch -> index into `launches`
};

/// What the writer puts into the file.
struct CompiledKernels {
  std::vector<EmittedKernel> kernels;
  std::vector<Image> images; // one per target, in their order
  llvm::DenseMap<mlir::Operation *, unsigned>
      kernelOf;                  // gan.kernel -> index into `kernels`
  std::optional<GpuKernels> gpu; // of the same kernels; none: no GPU runs it
};

/// The CPU targets that make a difference to the kernels under `root`: what has
/// AMX where it multiplies with it.
llvm::SmallVector<TargetInfo> cpuTargetsOf(mlir::Operation *root);

/// Compiles every `gan.kernel` under `root` for each of `targets`; kernels with
/// equal bodies become one. Reports and fails at the kernel that cannot be
/// emitted. The same input gives the same bytes.
mlir::FailureOr<CompiledKernels>
compileKernels(mlir::Operation *root, llvm::ArrayRef<TargetInfo> targets);
/// The same for `cpuTargetsOf(root)`.
mlir::FailureOr<CompiledKernels> compileKernels(mlir::Operation *root);

/// The bytes of scratch that one thread needs for the kernels under `root`.
mlir::FailureOr<int64_t> scratchOfThread(mlir::Operation *root);

/// The functions of all kernels for one target: in scf, arith and vector
/// (`--emit=kernels`), ...
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
emitKernelModule(mlir::Operation *root, const TargetInfo &target);
/// ... and lowered in place to the LLVM dialect (`--emit=llvm`). Modules of one
/// context may be lowered at the same time once `loadLoweringDialects` was
/// called.
mlir::LogicalResult lowerToLlvm(mlir::ModuleOp module);
void loadLoweringDialects(mlir::MLIRContext *context);

/// The PTX of every different launch under `root`, for `target` and whatever is
/// newer. Reports and fails at the kernel that no GPU emitter takes.
mlir::FailureOr<GpuKernels> compileGpuKernels(mlir::Operation *root,
                                              const TargetInfo &target);

/// Registers the dialects, interfaces and translations that code generation
/// needs, and the elementwise emitters.
void registerCodegenDialects(mlir::DialectRegistry &registry);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_EMITKERNELS_H
