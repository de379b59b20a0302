// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The loop nest of a reduction: which element of the operand meets which
// output, whatever is done with it.
#ifndef GAN_PASSES_CODEGEN_REDUCTIONNEST_H
#define GAN_PASSES_CODEGEN_REDUCTIONNEST_H

#include "passes/codegen/KernelBuilder.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace gan {

/// Elements are counted row-major: outputs along the kept axes, positions along
/// the reduced ones.
struct ReductionNest {
  /// `type` is that of the operand, `dims` the axes that disappear, in any
  /// order.
  ReductionNest(KernelBuilder &k, mlir::RankedTensorType type,
                llvm::ArrayRef<int64_t> dims);

  KernelBuilder &k;
  // Of the operand, neighbouring axes joined when both are reduced or both
  // kept; and which of them disappear.
  llvm::SmallVector<int64_t> extents;
  llvm::SmallVector<bool> reduced;
  int64_t length = 1; // elements per output
  int64_t count = 1;  // outputs

  /// Whether all that the kernel yields has one element per output; reports.
  mlir::LogicalResult checkOutputs() const;

  bool lastIsKept() const { return extents.empty() || !reduced.back(); }

  /// The index in the operand of element `position` of output `output`; lanes
  /// run along the kept or along the reduced axes.
  Index join(mlir::Value output, mlir::Value position, int64_t width,
             bool alongKept) const;

  /// The value of `x` there. Lanes that run along the reduced axes start at a
  /// multiple of `width` if `isAligned`; where a register would run over the
  /// end of the last axis, one element is read at a time.
  mlir::Value at(mlir::Value x, mlir::Value output, mlir::Value position,
                 int64_t width, bool alongKept, bool isAligned) const;

  /// Calls `emit` for all outputs of the tiles [begin, end), `width` of them at
  /// a time and the rest one by one; sets `tiles`.
  void forOutputs(
      int64_t width,
      llvm::function_ref<void(mlir::Value output, int64_t width)> emit) const;
};

/// Outputs of one tile come in multiples of this, which every vector length
/// divides.
inline constexpr int64_t outputBlock = 16;

/// One register, or one element where `width` is 1, of neighbouring outputs of
/// a hero.
Index outputIndex(int64_t count, mlir::Value output, int64_t width);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_REDUCTIONNEST_H
