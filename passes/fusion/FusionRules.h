// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which ops may stand where in a kernel: what the emitters rely on.
#ifndef GAN_PASSES_FUSION_FUSIONRULES_H
#define GAN_PASSES_FUSION_FUSIONRULES_H

#include "dialect/Arithmetic.h"

namespace gan::fusion {

/// Linear algebra on whole matrices, which has a kernel of its own.
bool isMatrixOp(mlir::Operation *op);
/// Contraction, sum or argmax: an op whose loop nest a kernel has at most one
/// of.
bool isHero(mlir::Operation *op);
/// Computed from the operand elements at the same index.
bool isElementwise(mlir::Operation *op);
/// A transposition large enough to deserve a kernel that moves tiles.
bool isTiledTranspose(mlir::Operation *op);

/// Shape of the first result.
llvm::ArrayRef<int64_t> resultShape(mlir::Operation *op);
int64_t elementsOf(mlir::Value value);
int64_t bytesOf(mlir::Value value);

/// A broadcast that a contraction may apply while it loads `value`: of one
/// number, or along the last axis.
bool isLoadBroadcast(mlir::Operation *op);

/// Whether two sums can share one loop nest: same operand shape, axes and
/// order.
bool sameNest(SumOp a, SumOp b);

/// Checks one kernel; reports at the op that breaks a rule.
mlir::LogicalResult verifyKernel(KernelOp kernel);

} // namespace gan::fusion

#endif // GAN_PASSES_FUSION_FUSIONRULES_H
