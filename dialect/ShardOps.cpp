// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

LogicalResult ShardOp::verify() {
  ShapeRef x = shapeOf(getX()), y = shapeOf(getY());
  if (!shapeOf(getNumber()).empty()) // (C1)
    return emitOpError() << "needs the number of a shard, of shape [], found "
                         << shapeText(shapeOf(getNumber()));
  uint64_t dim = getDim();
  if (dim >= x.size()) // (C2)
    return emitOpError() << "'dim' must be an axis of " << shapeText(x)
                         << ", found " << getDim();
  bool isPart = y.size() == x.size() && y[dim] > 0 && x[dim] % y[dim] == 0;
  for (size_t axis = 0; isPart && axis < x.size(); ++axis)
    isPart = axis == dim || x[axis] == y[axis];
  if (isPart) // (C3)
    return success();
  return emitOpError() << "cannot cut " << shapeText(x) << " along axis " << dim
                       << " into parts of " << shapeText(y);
}

LogicalResult AllGatherOp::verify() {
  if (getXs().empty() || getXs().size() != getYs().size()) // (C1)
    return emitOpError() << "needs one result for each operand, found "
                         << getYs().size() << " for " << getXs().size();
  for (auto [x, y] : llvm::zip_equal(getXs(), getYs())) {
    auto from = cast<RankedTensorType>(x.getType());
    auto to = cast<RankedTensorType>(y.getType());
    bool isAll = to.getRank() == from.getRank() + 1 &&
                 to.getElementType() == from.getElementType() &&
                 to.getShape().drop_front() == from.getShape() &&
                 to.getDimSize(0) == shapeOf(getYs().front())[0];
    if (!isAll) // (C2)
      return emitOpError() << "needs " << from << " behind an axis of shards "
                           << "that all results share, found " << to;
  }
  return success();
}
