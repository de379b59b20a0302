// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared memory has a ring of stages: while one is multiplied, those behind it
// are on their way, by cp.async or by way of registers.
#ifndef GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H
#define GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H

#include "passes/codegen/nvptx/GpuTile.h"

namespace gan {

struct StageLoop {
  using Values = llvm::SmallVector<mlir::Value>;
  /// What a thread holds of both operands.
  using Fetched = std::pair<Values, Values>;

  int64_t depth;  // steps of k of a stage
  int64_t size;   // how far behind a stage the next one lies
  int64_t stages; // at least 2
  /// Reads the stage that begins at `step`.
  llvm::function_ref<Fetched(mlir::Value step)> fetch;
  /// Puts it into shared memory, at `stage`.
  llvm::function_ref<void(const Fetched &fetched, mlir::Value stage)> put;
  /// Adds the products of a stage to the sums.
  llvm::function_ref<Values(mlir::Value stage, Values sums)> multiply;
  /// Waits for the products that `multiply` only asked for; null where it
  /// multiplied.
  llvm::function_ref<Values(Values sums)> settle = nullptr;
  /// What this thread put or copied is there for whoever multiplies, once a
  /// barrier is passed; null where that is so without.
  llvm::function_ref<void()> publish = nullptr;
  /// Asks for copies of what is not fetched; null where all is.
  llvm::function_ref<void(mlir::Value step, mlir::Value stage)> copy = nullptr;
  /// The same of copies that are counted by stage, not by groups of a thread,
  /// for stages that begin before `to` only; `await` waits for a stage of them.
  llvm::function_ref<void(mlir::Value step, mlir::Value to, mlir::Value stage)>
      copyCounted = nullptr;
  llvm::function_ref<void(mlir::Value stage)> await = nullptr;

  struct Result {
    Values sums;
    mlir::Value stage; // which is full, with what is behind `to`
  };
  /// The sums, each from 0, of the stages that begin in [from, to).
  Result emit(GpuTile &t, mlir::Value from, mlir::Value to, int64_t sums) const;

private:
  void wait(GpuTile &t, int64_t pending) const;
  void fill(GpuTile &t, mlir::Value step, mlir::Value to, mlir::Value stage,
            llvm::function_ref<void()> meanwhile) const;
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H
