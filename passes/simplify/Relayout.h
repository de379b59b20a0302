// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Rewrites a function so that its tensors lie as a plan says.
#ifndef GAN_PASSES_SIMPLIFY_RELAYOUT_H
#define GAN_PASSES_SIMPLIFY_RELAYOUT_H

#include "passes/simplify/LayoutPlan.h"

namespace gan::simplify {

/// Changes the ops of `function`, and the types of its storages, in place;
/// transposes where an op demands another layout than the plan gives its
/// operand. Transpositions that became needless are gone.
void relayout(mlir::func::FuncOp function, LayoutPlan &plan);

/// `type` with its axes in this layout.
mlir::RankedTensorType layoutType(mlir::Type type, ShapeRef layout);

/// `value`, which lies in layout `from`, in layout `to`: itself, a view, or a
/// transposition.
mlir::Value changeLayout(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value value, ShapeRef from, ShapeRef to);

} // namespace gan::simplify

#endif // GAN_PASSES_SIMPLIFY_RELAYOUT_H
