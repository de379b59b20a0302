// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An operand on its way from global memory to what a block shares by TMA: one
// thread asks for boxes of a tensor, an mbarrier counts the bytes that come.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUBULK_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUBULK_H

#include "passes/codegen/nvptx/GpuTile.h"

namespace gan {

/// Rows of `depth` steps of k for each member of a tile, as in every other
/// stage, where the operand lies along k. Where it lies across, rows of
/// `membersOfRow` members for each step, and one such block of rows behind the
/// other.
class BulkOperand {
public:
  static constexpr int64_t membersOfRow = 64;

  /// Nothing where an operand of bf16 in memory, `tensor`, is not copied in
  /// boxes.
  static std::optional<BulkOperand> find(GpuTile &t, const Operand &operand,
                                         mlir::BlockArgument tensor,
                                         const Space &space, mlir::Value first,
                                         int64_t depth);

  bool isAlongK() const { return alongK; }
  /// Of a stage.
  int64_t bytes() const;
  /// Asks for the stage that begins at `step`, into `memory`; in one thread.
  void copy(GpuTile &t, mlir::Value step, mlir::Value memory,
            mlir::Value barrier) const;
  /// The kernel takes the map of its tensor.
  void takeMap(GpuTile &t);

private:
  Operand operand;
  Space space; // of its members
  mlir::Value first;
  TensorBox box;
  int64_t depth = 0, members = 0; // of a copy
  bool alongK = true;
  mlir::Value map;
};

/// An mbarrier for each stage of a ring, on which a block waits for what is
/// copied into the stage.
class StageBarriers {
public:
  /// Ready for use by all threads of the block.
  StageBarriers(GpuKernel &g, int64_t stages);
  /// In one thread: `bytes` are to come into stage number `stage`.
  void expect(mlir::Value stage, int64_t bytes);
  mlir::Value at(mlir::Value stage);
  /// What was to come into stage `stage` is there. All threads wait for all
  /// that is to come, stage by stage.
  void wait(mlir::Value stage);
  /// Their memory may be used for something else.
  void end();

private:
  GpuKernel &g;
  int64_t stages;
  mlir::Value memory, state; // the barriers; the phases, of this thread
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUBULK_H
