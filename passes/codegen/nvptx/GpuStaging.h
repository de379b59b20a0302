// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An operand on its way from global memory to what a block shares: which
// thread reads what, as vectors where neighbours lie side by side.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUSTAGING_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUSTAGING_H

#include "passes/codegen/nvptx/GpuTile.h"

namespace gan {

/// `wide` neighbours along the rows or columns of a tile, `deep` steps of k
/// each, that one thread reads.
struct StagedUnit {
  llvm::SmallVector<mlir::Value> members; // in the tile, one per row or column
  mlir::Value ahead;                      // the first step, in the stage
};

class GpuStaging {
public:
  /// `depth` steps of `operand` along `space`, `first` being the tile's first
  /// row or column. A thread reads at least `pack` steps that follow each
  /// other.
  GpuStaging(GpuTile &t, const Operand &operand, const Space &space,
             mlir::Value first, int64_t depth, int64_t pack);

  /// Whether a unit's members follow each other and are read as vectors.
  bool isVectorOfMembers() const { return !isAlongK && lanes > 1; }
  /// Whether what is read as vectors lies side by side in steps, not members.
  bool isVectorOfSteps() const { return isAlongK && lanes > 1; }
  int64_t wide, deep;
  llvm::SmallVector<StagedUnit> units; // of this thread

  /// Whether what is read can go to shared memory as it lies in global memory,
  /// f32 or f64, so that `copy` does it.
  bool canCopy() const;
  /// The same of bf16, where `copy` keeps steps together.
  bool canCopyHalves() const;
  /// The argument that holds the operand in bf16; null where there is none.
  mlir::BlockArgument heldInHalves() const;
  /// Copies what this thread reads, for steps [step, step + depth) below `to`,
  /// by cp.async: `place` says where the elements of `ahead` belong, from
  /// `member` on; neighbours in memory stay together if they are members, or
  /// steps of which `keepsSteps` says so. 0 where nothing is.
  void
  copy(mlir::Value step, mlir::Value to, bool keepsSteps,
       llvm::function_ref<mlir::Value(mlir::Value member, mlir::Value ahead)>
           place);
  /// What this thread reads, for steps [step, step + depth) below `to`: by
  /// unit, then member, then step. 0 where nothing is, prologue applied.
  llvm::SmallVector<mlir::Value> fetch(mlir::Value step, mlir::Value to);
  /// The same, and whether each element is there (i1), where the problem
  /// skips what is not.
  llvm::SmallVector<mlir::Value> insides;

private:
  int64_t lanesAlong(const Space &space) const;
  void placeUnits(mlir::Value first);
  // A row or column, and a step of k: of the first slice and of its own.
  struct Place {
    mlir::Value position, first, step;
  };
  Place placeOf(mlir::Value member, mlir::Value at);
  mlir::Value isNeeded(const Place &place, mlir::Value to);
  Index placeInMemory(mlir::Value needed, mlir::Value &isThere);
  mlir::Value element(mlir::Value needed, mlir::Value &isThere);
  mlir::Value held() const;
  void
  copyUnit(const StagedUnit &unit, mlir::Value step, mlir::Value to,
           bool keepsSteps,
           llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)> place);
  void fetchUnit(const StagedUnit &unit, mlir::Value step, mlir::Value to,
                 llvm::MutableArrayRef<mlir::Value> values,
                 llvm::MutableArrayRef<mlir::Value> there);

  GpuTile &t;
  const Operand &operand;
  const Space &space;
  int64_t depth;
  bool isAlongK;     // neighbours in memory are steps of k
  int64_t lanes = 1; // neighbours in memory that are read at a time
  mlir::Value first;
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUSTAGING_H
