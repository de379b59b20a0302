// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;
using namespace gan::reference;

static ShapeRef resultShape(Operation *op) {
  return cast<RankedTensorType>(op->getResult(0).getType()).getShape();
}

static Tensor constant(ConstantOp op) {
  Tensor y = Tensor::zeros(resultShape(op));
  auto elements = cast<ElementsAttr>(op.getValue());
  Type element = elements.getElementType();
  if (isa<FloatType>(element)) {
    for (auto [i, value] : llvm::enumerate(elements.getValues<FloatAttr>()))
      y.values[i] = value.getValueAsDouble();
    return y;
  }
  bool isBool = element.isInteger(1);
  for (auto [i, value] : llvm::enumerate(elements.getValues<APInt>()))
    y.values[i] = isBool ? value.getZExtValue() : value.getSExtValue();
  return y;
}

// y[i_0 .. i_r] = x[i_dims[0], i_dims[1], ..]
static Tensor broadcast(BroadcastOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(resultShape(op));
  Shape strides = rowMajorStrides(x.shape);
  forEachIndex(y.shape, [&](ShapeRef index, int64_t position) {
    Shape source = permute(index, op.getDims());
    y.values[position] = x.values[offsetOf(source, strides)];
  });
  return y;
}

static Tensor reshape(ReshapeOp op, const Tensor &x) {
  return {Shape(resultShape(op)), x.values};
}

// y[i] = x[offsets + i]
static Tensor slice(SliceOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(resultShape(op));
  Shape strides = rowMajorStrides(x.shape);
  int64_t start = offsetOf(op.getOffsets(), strides);
  forEachIndex(y.shape, [&](ShapeRef index, int64_t position) {
    y.values[position] = x.values[start + offsetOf(index, strides)];
  });
  return y;
}

// Copies `x` into `y` so that its first element comes to `offsets`.
static void place(const Tensor &x, ShapeRef offsets, Tensor &y) {
  Shape strides = rowMajorStrides(y.shape);
  int64_t start = offsetOf(offsets, strides);
  forEachIndex(x.shape, [&](ShapeRef index, int64_t position) {
    y.values[start + offsetOf(index, strides)] = x.values[position];
  });
}

// y[i] = x[i - low] inside, 0 outside
static Tensor pad(PadOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(resultShape(op));
  place(x, op.getLow(), y);
  return y;
}

static Tensor concat(ConcatOp op, Operands xs) {
  Tensor y = Tensor::zeros(resultShape(op));
  Shape offsets(y.shape.size(), 0);
  for (const Tensor *x : xs) {
    place(*x, offsets, y);
    offsets[op.getDim()] += x->shape[op.getDim()];
  }
  return y;
}

// y[kept] = sum over dims of x, in row-major order: the `order` of the op says
// how others may add.
static Tensor sum(SumOp op, const Tensor &x) {
  Tensor y = Tensor::zeros(resultShape(op));
  Shape strides = rowMajorStrides(y.shape);
  Shape kept = otherAxes(op.getDims(), x.shape.size());
  forEachIndex(x.shape, [&](ShapeRef index, int64_t position) {
    y.values[offsetOf(permute(index, kept), strides)] += x.values[position];
  });
  return y;
}

std::optional<Tensor> reference::evaluateShape(Operation &op,
                                               Operands operands) {
  return TypeSwitch<Operation &, std::optional<Tensor>>(op)
      .Case([&](ConstantOp op) { return constant(op); })
      .Case([&](BroadcastOp op) { return broadcast(op, *operands[0]); })
      .Case([&](ReshapeOp op) { return reshape(op, *operands[0]); })
      .Case([&](TransposeOp op) {
        return transpose(*operands[0], op.getPermutation());
      })
      .Case([&](SliceOp op) { return slice(op, *operands[0]); })
      .Case([&](PadOp op) { return pad(op, *operands[0]); })
      .Case([&](ConcatOp op) { return concat(op, operands); })
      .Case([&](SumOp op) { return sum(op, *operands[0]); })
      .Default([](Operation &) { return std::nullopt; });
}
