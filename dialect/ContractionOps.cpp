// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

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
  ConvolutionWindow window{op.getStrides(), op.getPadding(), op.getDilations(),
                           static_cast<int64_t>(op.getGroups())};
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
  return verifyConvolution(*this, getDx().getType(), getW().getType(),
                           getDy().getType(), "dy");
}
LogicalResult Conv2dWeightGradOp::verify() {
  return verifyConvolution(*this, getX().getType(), getDw().getType(),
                           getDy().getType(), "dy");
}
