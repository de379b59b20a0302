// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/simplify/LayoutRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace gan;
using namespace gan::simplify;

Layout simplify::identityLayout(int64_t rank) {
  return llvm::to_vector(llvm::seq<int64_t>(0, rank));
}

ShapeRef simplify::shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// The axes in `layout` whose extent is not 1, or those whose is.
static Shape axesOf(ShapeRef shape, ShapeRef layout, bool unit) {
  Shape axes(layout);
  llvm::erase_if(axes,
                 [&](int64_t axis) { return (shape[axis] == 1) != unit; });
  return axes;
}

bool simplify::movesElements(ShapeRef shape, ShapeRef a, ShapeRef b) {
  return axesOf(shape, a, /*unit=*/false) != axesOf(shape, b, /*unit=*/false);
}

bool simplify::keepsAxes(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>() ||
         isa<SliceOp, PadOp, ConcatOp, FlipOp>(op);
}

// reshape [8, 14, 14, 1] -> [8, 1, 14, 14] is transpose by [0, 3, 1, 2].
static std::optional<Layout> unitTransposition(ReshapeOp op) {
  ShapeRef x = shapeOf(op.getX()), y = shapeOf(op.getY());
  Layout all = identityLayout(x.size());
  if (x.size() != y.size())
    return std::nullopt;
  Layout result(x.size());
  for (bool unit : {false, true}) {
    Shape from = axesOf(x, all, unit), to = axesOf(y, all, unit);
    if (permute(x, from) != permute(y, to))
      return std::nullopt;
    for (auto [source, target] : llvm::zip_equal(from, to))
      result[target] = source;
  }
  return result;
}

std::optional<Layout> simplify::transposition(Operation *op) {
  if (auto transpose = dyn_cast<TransposeOp>(op))
    return Layout(transpose.getPermutation());
  if (auto reshape = dyn_cast<ReshapeOp>(op))
    return unitTransposition(reshape);
  return std::nullopt;
}

Layout simplify::broadcastOperand(BroadcastOp op, ShapeRef y) {
  Layout place = inversePermutation(y);
  Layout x = identityLayout(op.getDims().size());
  llvm::sort(x, [&](int64_t a, int64_t b) {
    return place[op.getDims()[a]] < place[op.getDims()[b]];
  });
  return x;
}

Layout simplify::reducedLayout(ShapeRef dims, ShapeRef x) {
  Shape kept = otherAxes(dims, x.size());
  Layout y;
  for (int64_t axis : x)
    if (auto *found = llvm::find(kept, axis); found != kept.end())
      y.push_back(found - kept.begin());
  return y;
}

SmallVector<AxisGroup> simplify::groupAxes(ShapeRef from, ShapeRef to) {
  Shape a = axesOf(from, identityLayout(from.size()), /*unit=*/false);
  Shape b = axesOf(to, identityLayout(to.size()), /*unit=*/false);
  SmallVector<AxisGroup> groups;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    AxisGroup group{{a[i]}, {b[j]}};
    int64_t left = from[a[i++]], right = to[b[j++]];
    while (left != right) {
      bool takeLeft = left < right;
      int64_t axis = takeLeft ? a[i++] : b[j++];
      (takeLeft ? group.from : group.to).push_back(axis);
      (takeLeft ? left : right) *= takeLeft ? from[axis] : to[axis];
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

// Axes of extent 1 follow the axis that they follow in the shape.
static Layout insertUnitAxes(ShapeRef shape, ShapeRef layout) {
  Layout result;
  auto addFrom = [&](int64_t axis) {
    for (; axis < static_cast<int64_t>(shape.size()) && shape[axis] == 1;
         ++axis)
      result.push_back(axis);
  };
  addFrom(0);
  for (int64_t axis : layout) {
    result.push_back(axis);
    addFrom(axis + 1);
  }
  return result;
}

std::optional<Layout> simplify::reshapeLayout(ShapeRef from, ShapeRef to,
                                              ShapeRef p) {
  SmallVector<AxisGroup> groups = groupAxes(from, to);
  Shape order = axesOf(from, p, /*unit=*/false);
  Layout result;
  for (ShapeRef rest = order; !rest.empty();) {
    AxisGroup *group = llvm::find_if(groups, [&](const AxisGroup &one) {
      return rest.take_front(one.from.size()) == ShapeRef(one.from);
    });
    if (group == groups.end())
      return std::nullopt;
    llvm::append_range(result, group->to);
    rest = rest.drop_front(group->from.size());
  }
  return insertUnitAxes(to, result);
}
