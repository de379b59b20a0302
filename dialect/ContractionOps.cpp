// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Col2im.h"
#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"
#include "dialect/Winograd.h"

using namespace mlir;
using namespace gan;

LogicalResult MatmulOp::verify() {
  auto error = [&] { return emitOpError(); };
  FailureOr<Shape> y = inferMatmul(
      error, getA().getType().getShape(), // (C1), (C2)
      getB().getType().getShape(), getTransposeA(), getTransposeB());
  if (failed(y))
    return failure();
  return checkShape(error, "y", *y, getY().getType().getShape()); // (C3)
}

// The three convolutions state one relation between x, w and y; `name` is what
// the op calls y.
template <typename Op>
static LogicalResult verifyConvolution(Op op, RankedTensorType x,
                                       RankedTensorType w, RankedTensorType y,
                                       StringRef name) {
  auto error = [&] { return op.emitOpError(); };
  ConvolutionWindow window = op.getWindow();
  FailureOr<Shape> expected = inferConv2d(error, x.getShape(), w.getShape(),
                                          window); // (C1) to (C4), (C6)
  if (failed(expected))
    return failure();
  std::optional<int64_t> tile = op.getWinograd();
  if (tile && !winogradForm(w.getShape(), window, *tile)) // (C7)
    return error() << "with 'winograd', which is 2 or 4, a filter is square "
                      "and has 2 or 3 taps per stride, without groups and "
                      "dilations; found 'w' "
                   << shapeText(w.getShape()) << ", strides "
                   << shapeText(op.getStrides()) << " and tiles of " << *tile;
  return checkShape(error, name, *expected, y.getShape()); // (C4), (C5)
}

LogicalResult Conv2dOp::verify() {
  return verifyConvolution(*this, getX().getType(), getW().getType(),
                           getY().getType(), "y");
}
LogicalResult Conv2dInputGradOp::verify() {
  ArrayRef<int64_t> w = getW().getType().getShape();
  if (getCol2im() && w.size() == 4 &&
      (getWinograd() || !hasCol2imForm(w, getWindow()))) // (C8)
    return emitOpError() << "with 'col2im' a filter has at most "
                         << mostOfCol2im
                         << " taps of all channels, without groups, dilations "
                            "and 'winograd'; found 'w' "
                         << shapeText(w);
  return verifyConvolution(*this, getDx().getType(), getW().getType(),
                           getDy().getType(), "dy");
}

static LogicalResult verifyParts(Conv2dWeightGradOp op) {
  int64_t parts = static_cast<int64_t>(op.getParts());
  ArrayRef<int64_t> x = op.getX().getType().getShape(),
                    dw = op.getDw().getType().getShape();
  if (parts < 1 || x.empty() || x[0] % parts != 0)
    return op.emitOpError() // (C8)
           << "'parts' must be at least 1 and divide the batch of 'x' "
           << shapeText(x) << ", found " << parts;
  if (parts > 1 && (op.getGroups() != 1 || op.getWinograd()))
    return op.emitOpError() // (C8)
           << "with " << parts
           << " parts there are neither groups nor 'winograd'";
  if (parts > 1 && (dw.size() != 5 || dw[0] != parts))
    return op.emitOpError() // (C9)
           << "'dw' of " << parts
           << " parts has 5 axes, the first as long, found " << shapeText(dw);
  return success();
}

LogicalResult Conv2dWeightGradOp::verify() {
  if (failed(verifyParts(*this)))
    return failure();
  RankedTensorType filter = getDw().getType();
  if (getParts() > 1)
    filter = filter.clone(getFilterShape());
  return verifyConvolution(*this, getX().getType(), filter, getDy().getType(),
                           "dy");
}
