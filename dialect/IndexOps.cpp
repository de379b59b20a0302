// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"

using namespace mlir;
using namespace gan;

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// Whether there is one position only along `dims`.
static bool isOnePlace(ShapeRef shape, ShapeRef dims) {
  return elementCount(permute(shape, dims)) == 1;
}

static OpFoldResult zerosOf(Type type) {
  auto shaped = cast<ShapedType>(type);
  Attribute zero = IntegerAttr::get(shaped.getElementType(), 0);
  return DenseElementsAttr::get(shaped, zero);
}

LogicalResult IotaOp::verify() {
  return checkPositionAxes([&] { return emitOpError(); },
                           shapeOf(getY()), // (C1)
                           getDims());
}

// iota along axes of extent 1 -> 0
OpFoldResult IotaOp::fold(FoldAdaptor) {
  if (!isOnePlace(shapeOf(getY()), getDims()))
    return {};
  return zerosOf(getType());
}

LogicalResult ArgmaxOp::verify() {
  auto error = [&] { return emitOpError(); };
  if (failed(checkPositionAxes(error, shapeOf(getX()), getDims()))) // (C1)
    return failure();
  return checkShape(error, "y", dropAxes(shapeOf(getX()), getDims()), // (C2)
                    shapeOf(getY()));
}

// argmax along axes of extent 1 -> 0
OpFoldResult ArgmaxOp::fold(FoldAdaptor) {
  if (!isOnePlace(shapeOf(getX()), getDims()))
    return {};
  return zerosOf(getType());
}

LogicalResult FlipOp::verify() {
  if (areAxes(getDims(), getX().getType().getRank())) // (C1)
    return success();
  return emitOpError() << "'dims' must rise strictly within the axes of "
                       << shapeText(shapeOf(getX())) << ", found "
                       << shapeText(getDims());
}

// flip along axes of extent 1 -> x; flip(flip(x)) along the same -> x; of a
// splat -> splat
OpFoldResult FlipOp::fold(FoldAdaptor adaptor) {
  if (isOnePlace(shapeOf(getX()), getDims()))
    return getX();
  if (auto inner = getX().getDefiningOp<FlipOp>())
    if (inner.getDims() == getDims())
      return inner.getX();
  auto elements = dyn_cast_if_present<DenseElementsAttr>(adaptor.getX());
  return elements && elements.isSplat() ? elements : OpFoldResult();
}
