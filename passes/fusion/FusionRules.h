// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which ops may stand where in a kernel: what the emitters rely on.
#ifndef GAN_PASSES_FUSION_FUSIONRULES_H
#define GAN_PASSES_FUSION_FUSIONRULES_H

#include "dialect/Arithmetic.h"
#include "passes/contraction/RowParts.h"

namespace gan::fusion {

/// Linear algebra on whole matrices, which has a kernel of its own.
bool isMatrixOp(mlir::Operation *op);
/// Contraction, sum or argmax: an op whose loop nest a kernel has at most one
/// of.
bool isHero(mlir::Operation *op);
/// Computed from the operand elements at the same index.
bool isElementwise(mlir::Operation *op);
/// Elementwise, of single numbers: as good as an input to what it is broadcast
/// to.
bool isOfNumbers(mlir::Operation *op);
/// A transposition large enough to deserve a kernel that moves tiles.
bool isTiledTranspose(mlir::Operation *op);

/// Shape of the first result.
llvm::ArrayRef<int64_t> resultShape(mlir::Operation *op);
int64_t elementsOf(mlir::Value value);
int64_t bytesOf(mlir::Value value);

/// A broadcast that a contraction may apply while it loads `value`: of one
/// number, or along the last axis.
bool isLoadBroadcast(mlir::Operation *op);

/// What can be computed behind a contraction: at the index of its result, or,
/// as sums over parts of its rows, of its tiles (RowParts).
class ContractionEpilogue {
public:
  explicit ContractionEpilogue(mlir::Operation *contraction);
  /// Whether `op` can. `isLeaf`: what is not computed in the kernel.
  bool allows(mlir::Operation *op,
              llvm::function_ref<bool(mlir::Value)> isLeaf) const;
  /// Whether the shape is that of the results of its parts.
  bool isOfParts(llvm::ArrayRef<int64_t> shape) const {
    return parts && shape == llvm::ArrayRef(parts->kept);
  }

private:
  bool isShapeOfRows(llvm::ArrayRef<int64_t> shape) const;
  bool isSpread(BroadcastOp broadcast) const;

  llvm::ArrayRef<int64_t> shape; // of the result
  std::optional<RowParts> parts;
};

/// Whether two sums can share one loop nest: same operand shape, axes and
/// order.
bool sameNest(SumOp a, SumOp b);

/// Checks one kernel; reports at the op that breaks a rule.
mlir::LogicalResult verifyKernel(KernelOp kernel);

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_FUSIONRULES_H
