// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How a layout of one tensor of an op leads to a layout of another. A layout
// `p` of a tensor says how it lies in memory: stored axis `k` is axis `p[k]` of
// the tensor, as in `gan.storage`.
#ifndef GAN_PASSES_SIMPLIFY_LAYOUTRULES_H
#define GAN_PASSES_SIMPLIFY_LAYOUTRULES_H

#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"

#include <optional>

namespace gan::simplify {

using Layout = Shape;

/// Every axis where the program has it.
Layout identityLayout(int64_t rank);

ShapeRef shapeOf(mlir::Value value);

/// Whether two layouts of a tensor of this shape differ in where elements lie,
/// and not only in where they write axes of extent 1.
bool movesElements(ShapeRef shape, ShapeRef a, ShapeRef b);

/// Whether all tensors of the op have the same axes and it works in any layout
/// that they share: elementwise ops, slice, pad, concat and flip.
bool keepsAxes(mlir::Operation *op);

/// The permutation by which `y` is a transposition of `x`; nothing for ops that
/// are none. A reshape that only moves axes of extent 1 is one.
std::optional<Layout> transposition(mlir::Operation *op);

/// The layout of `x` with which `gan.broadcast` gives `y` in this layout.
Layout broadcastOperand(BroadcastOp op, ShapeRef y);

/// The layout of what is left when the axes `dims` of `x`, which has this
/// layout, disappear: the result of `gan.sum` and `gan.argmax`.
Layout reducedLayout(ShapeRef dims, ShapeRef x);

/// Axes, none of extent 1, that hold the same elements under two shapes.
struct AxisGroup {
  Shape from, to;
};

/// All axes of both shapes of a reshape, in the smallest groups.
mlir::SmallVector<AxisGroup> groupAxes(ShapeRef from, ShapeRef to);

/// The layout that a reshape gives to `to` if `from` has layout `p`, both
/// shapes being those of the program: axes that are split or joined have to lie
/// side by side, in order; nothing where they do not. Reshapes may be read
/// backwards.
std::optional<Layout> reshapeLayout(ShapeRef from, ShapeRef to, ShapeRef p);

} // namespace gan::simplify

#endif // GAN_PASSES_SIMPLIFY_LAYOUTRULES_H
