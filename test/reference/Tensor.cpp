// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Tensor.h"

using namespace gan;
using namespace gan::reference;

Tensor Tensor::zeros(ShapeRef shape) {
  return {Shape(shape), std::vector<double>(elementCount(shape), 0.0)};
}

Tensor Tensor::scalar(double value) { return {{}, {value}}; }

Shape reference::rowMajorStrides(ShapeRef shape) {
  Shape strides(shape.size());
  int64_t stride = 1;
  for (size_t axis = shape.size(); axis-- > 0; stride *= shape[axis])
    strides[axis] = stride;
  return strides;
}

int64_t reference::offsetOf(ShapeRef index, ShapeRef strides) {
  int64_t offset = 0;
  for (size_t axis = 0; axis < index.size(); ++axis)
    offset += index[axis] * strides[axis];
  return offset;
}

void reference::forEachIndex(
    ShapeRef shape,
    llvm::function_ref<void(ShapeRef index, int64_t position)> visit) {
  Shape index(shape.size(), 0);
  int64_t count = elementCount(shape);
  for (int64_t position = 0; position < count; ++position) {
    visit(index, position);
    // Counts up like an odometer.
    for (size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis])
        break;
      index[axis] = 0;
    }
  }
}

Tensor reference::transpose(const Tensor &x, ShapeRef permutation) {
  Tensor y = Tensor::zeros(permute(x.shape, permutation));
  Shape strides = permute(rowMajorStrides(x.shape), permutation);
  forEachIndex(y.shape, [&](ShapeRef index, int64_t position) {
    y.values[position] = x.values[offsetOf(index, strides)];
  });
  return y;
}
