// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared memory has two stages: while one is multiplied, the next is on its way
// into registers, and from there into the other.
#ifndef GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H
#define GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H

#include "passes/codegen/nvptx/GpuTile.h"

namespace gan {

struct StageLoop {
  using Values = llvm::SmallVector<mlir::Value>;
  /// What a thread holds of both operands.
  using Fetched = std::pair<Values, Values>;

  int64_t depth; // steps of k of a stage
  int64_t size;  // how far behind the first stage the second lies
  /// Reads the stage that begins at `step`.
  llvm::function_ref<Fetched(mlir::Value step)> fetch;
  /// Puts it into shared memory, at `stage`.
  llvm::function_ref<void(const Fetched &fetched, mlir::Value stage)> put;
  /// Adds the products of a stage to the sums.
  llvm::function_ref<Values(mlir::Value stage, Values sums)> multiply;

  struct Result {
    Values sums;
    mlir::Value stage; // which is full, with what is behind `to`
  };
  /// The sums, each from 0, of the stages that begin in [from, to).
  Result emit(GpuTile &t, mlir::Value from, mlir::Value to, int64_t sums) const;
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_STAGELOOP_H
