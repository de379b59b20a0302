// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where elements stand.
#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static ShapeRef resultShape(Operation *op) {
  return cast<RankedTensorType>(op->getResult(0).getType()).getShape();
}

// The row-major number of index[dims[0]], index[dims[1]], ..
static int64_t positionOf(ShapeRef index, ShapeRef shape, ShapeRef dims) {
  return offsetOf(permute(index, dims), rowMajorStrides(permute(shape, dims)));
}

static Tensor iota(IotaOp op) {
  Tensor y = Tensor::zeros(resultShape(op));
  forEachIndex(y.shape, [&](ShapeRef index, int64_t place) {
    y.values[place] = positionOf(index, y.shape, op.getDims());
  });
  return y;
}

// Whether (x, i) goes before (y, j): NaN is the largest, the first of equals
// wins.
static bool isBefore(double x, int64_t i, double y, int64_t j) {
  if (std::isnan(x) || std::isnan(y))
    return std::isnan(x) && (!std::isnan(y) || i < j);
  return x > y || (x == y && i < j);
}

static Tensor argmax(ArgmaxOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(resultShape(op));
  std::vector<double> best(y.values.size(), -INFINITY);
  Shape strides = rowMajorStrides(y.shape);
  Shape kept = otherAxes(op.getDims(), x.shape.size());
  forEachIndex(x.shape, [&](ShapeRef index, int64_t place) {
    int64_t output = offsetOf(permute(index, kept), strides);
    int64_t position = positionOf(index, x.shape, op.getDims());
    if (!isBefore(x.values[place], position, best[output], y.values[output]))
      return;
    best[output] = x.values[place];
    y.values[output] = position;
  });
  return y;
}

static Tensor flip(FlipOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(x.shape);
  Shape strides = rowMajorStrides(x.shape);
  forEachIndex(y.shape, [&](ShapeRef index, int64_t place) {
    Shape source(index);
    for (int64_t axis : op.getDims())
      source[axis] = x.shape[axis] - 1 - index[axis];
    y.values[place] = x.values[offsetOf(source, strides)];
  });
  return y;
}

std::optional<Tensor> reference::evaluatePositions(Operation &op,
                                                   Operands operands) {
  return TypeSwitch<Operation &, std::optional<Tensor>>(op)
      .Case([&](IotaOp op) { return iota(op); })
      .Case([&](ArgmaxOp op) { return argmax(op, *operands[0]); })
      .Case([&](FlipOp op) { return flip(op, *operands[0]); })
      .Default([](Operation &) { return std::nullopt; });
}
