// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A kernel as a grid of threads: who a thread is, what a block shares, and the
// emitters of the heroes.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUKERNEL_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUKERNEL_H

#include "passes/codegen/KernelBuilder.h"
#include "passes/codegen/nvptx/TensorBox.h"

namespace gan {

/// Threads of every block, so that blocks of any kernels can be in one launch.
inline constexpr int64_t blockThreads = 256;

/// How a kernel is launched: one-dimensional, with shared memory of a fixed
/// size that the code names itself, up to `mostShared` bytes.
struct EmittedGpuKernel {
  std::string name;
  int64_t blocks = 1;
  int64_t sharedBytes = 0;
  int64_t minBlocks = 2;            // that a processor must have registers for
  std::vector<TensorMap> maps = {}; // that it takes behind its arguments
};

/// The function of the kernel `name`, which launches call (GpuLaunch.h).
inline std::string bodyName(llvm::StringRef name) {
  return (name + "_body").str();
}

/// Bytes of shared memory that a block has on every target without asking.
inline constexpr int64_t mostShared = 48 * 1024;

/// All threads of the block stand here before any goes on, and see what the
/// others wrote.
void emitBarrier(KernelBuilder &k);

class GpuKernel {
public:
  GpuKernel(KernelOp kernel, const TargetInfo &target, mlir::ModuleOp module,
            llvm::StringRef name)
      : k(kernel, target, module, bodyName(name)) {
    launch.name = name.str();
  }

  KernelBuilder k;
  EmittedGpuKernel launch; // result; the emitter sets the blocks

  /// The number of this thread in its block; i64.
  mlir::Value thread();
  void barrier() { emitBarrier(k); }
  /// A pointer to `bytes` more of the block's memory, aligned to 16.
  mlir::Value share(int64_t bytes);
  /// The block's memory has `bytes` or more, from `k.shared` on.
  void shareAtLeast(int64_t bytes) {
    launch.sharedBytes = std::max(launch.sharedBytes, bytes);
  }
  /// A pointer to `count` elements of the thread's own memory.
  mlir::Value own(mlir::Type element, int64_t count);
  /// A pointer to the map of a tensor, which the function takes from now on.
  mlir::Value takeMap(const TensorMap &map);
  /// Where the body of a loop begins: ptxas does not unroll it.
  void keepRolled();
  /// Such a loop: an epilogue, unrolled, would take all registers.
  void rolledLoop(mlir::Value from, mlir::Value to, int64_t step,
                  llvm::function_ref<void(mlir::Value)> body);
  /// x < count, for an x that counts up to the next multiple of `block`; null
  /// where that is always so.
  mlir::Value isBelow(mlir::Value x, int64_t count, int64_t block);
  void whenBelow(mlir::Value x, int64_t count, int64_t block,
                 llvm::function_ref<void()> then);

  /// Ends the function. Fails at the kernel where what is shared does not fit
  /// into a block.
  mlir::FailureOr<EmittedGpuKernel> finish();

private:
  mlir::Value threadNumber;
};

/// A special register of PTX ("tid.x") as an i64, read where the function
/// begins.
mlir::Value readSpecial(KernelBuilder &k, llvm::StringRef name);

/// Adds the function of kernel `name`, which launches call (GpuLaunch.h), to
/// `module`; the bits are those of the CPU. Fails with a diagnostic at the
/// kernel where no emitter can do it.
mlir::FailureOr<EmittedGpuKernel> emitGpuKernel(KernelOp kernel,
                                                const TargetInfo &target,
                                                mlir::ModuleOp module,
                                                llvm::StringRef name);

// One per hero, each in the file of its name.
mlir::LogicalResult emitGpuLoop(GpuKernel &g);
mlir::LogicalResult emitGpuMatrix(GpuKernel &g);
mlir::LogicalResult emitGpuReduction(GpuKernel &g);
mlir::LogicalResult emitGpuContraction(GpuKernel &g);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUKERNEL_H
