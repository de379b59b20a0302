// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one kind of value that the reference interpreter knows.
#ifndef GAN_TEST_REFERENCE_TENSOR_H
#define GAN_TEST_REFERENCE_TENSOR_H

#include "dialect/ShapeRules.h"

#include "mlir/IR/BuiltinTypes.h"

#include <vector>

namespace gan::reference {

// Row-major; every element type is held in doubles (bools as 0 and 1; seeds and
// moves must stay below 2^53).
struct Tensor {
  Shape shape;
  std::vector<double> values;

  // A tensor of `shape`, all zeros.
  static Tensor zeros(ShapeRef shape);
  // A tensor of shape [].
  static Tensor scalar(double value);
};

// Elements from one index to the next along each axis.
Shape rowMajorStrides(ShapeRef shape);

// Sum of index[k] * strides[k].
int64_t offsetOf(ShapeRef index, ShapeRef strides);

// Calls `visit` with every index of `shape`, row-major, and its position in
// that order.
void forEachIndex(
    ShapeRef shape,
    llvm::function_ref<void(ShapeRef index, int64_t position)> visit);

// Axis k of the result is axis permutation[k] of `x`.
Tensor transpose(const Tensor &x, ShapeRef permutation);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_TENSOR_H
