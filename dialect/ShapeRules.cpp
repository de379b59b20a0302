// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/ShapeRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/raw_ostream.h"

#include <numeric>

using namespace mlir;
using namespace gan;

std::string gan::shapeText(ShapeRef shape) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << '[';
  llvm::interleaveComma(shape, stream);
  stream << ']';
  return text;
}

int64_t gan::elementCount(ShapeRef shape) {
  return std::accumulate(shape.begin(), shape.end(), int64_t{1},
                         std::multiplies<>());
}

bool gan::isPermutation(ShapeRef axes, int64_t rank) {
  if (static_cast<int64_t>(axes.size()) != rank)
    return false;
  llvm::SmallBitVector seen(rank);
  for (int64_t axis : axes) {
    if (axis < 0 || axis >= rank || seen.test(axis))
      return false;
    seen.set(axis);
  }
  return true;
}

bool gan::areAxes(ShapeRef axes, int64_t rank) {
  int64_t previous = -1;
  for (int64_t axis : axes) {
    if (axis <= previous || axis >= rank)
      return false;
    previous = axis;
  }
  return true;
}

Shape gan::permute(ShapeRef shape, ShapeRef permutation) {
  return llvm::map_to_vector(permutation,
                             [&](int64_t axis) { return shape[axis]; });
}

Shape gan::inversePermutation(ShapeRef permutation) {
  Shape inverse(permutation.size());
  for (auto [k, axis] : llvm::enumerate(permutation))
    inverse[axis] = k;
  return inverse;
}

Shape gan::dropAxes(ShapeRef shape, ShapeRef axes) {
  return permute(shape, otherAxes(axes, shape.size()));
}

Shape gan::otherAxes(ShapeRef axes, int64_t rank) {
  Shape others;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(axes, axis))
      others.push_back(axis);
  return others;
}

int64_t gan::windowCount(int64_t extent, int64_t kernel, int64_t stride,
                         int64_t before, int64_t after) {
  int64_t room = extent + before + after - kernel;
  return room < 0 ? 0 : room / stride + 1;
}

int64_t gan::windowPairs(int64_t positions, int64_t kernel, int64_t stride,
                         int64_t dilation, int64_t before, int64_t extent) {
  int64_t inside = 0;
  for (int64_t position = 0; position < positions; ++position)
    for (int64_t tap = 0; tap < kernel; ++tap) {
      int64_t at = position * stride + tap * dilation - before;
      inside += at >= 0 && at < extent;
    }
  return inside;
}

int64_t gan::dilatedExtent(int64_t kernel, int64_t dilation) {
  return (kernel - 1) * dilation + 1;
}

FailureOr<Shape> gan::inferTranspose(ErrorFn emitError, ShapeRef x,
                                     ShapeRef permutation) {
  if (!isPermutation(permutation, x.size())) // (C1)
    return emitError() << "'permutation' must hold each axis of "
                       << shapeText(x) << " once, found "
                       << shapeText(permutation);
  return permute(x, permutation);
}

FailureOr<Shape> gan::inferSum(ErrorFn emitError, ShapeRef x, ShapeRef dims) {
  if (!areAxes(dims, x.size())) // (C1)
    return emitError() << "'dims' must rise strictly within the axes of "
                       << shapeText(x) << ", found " << shapeText(dims);
  return dropAxes(x, dims);
}

FailureOr<Shape> gan::inferConcat(ErrorFn emitError, ArrayRef<ShapeRef> xs,
                                  int64_t dim) {
  Shape y(xs.front());
  int64_t rank = y.size();
  if (dim < 0 || dim >= rank) // (C1)
    return emitError() << "'dim' must be an axis of " << shapeText(y)
                       << ", found " << dim;
  for (ShapeRef x : xs.drop_front()) {
    if (static_cast<int64_t>(x.size()) != rank) // (C1)
      return emitError() << "operands must have one rank, found "
                         << shapeText(xs.front()) << " and " << shapeText(x);
    for (int64_t axis = 0; axis < rank; ++axis)
      if (axis != dim && x[axis] != y[axis]) // (C2)
        return emitError() << "operands must agree on every axis but " << dim
                           << ", found " << shapeText(xs.front()) << " and "
                           << shapeText(x);
    y[dim] += x[dim];
  }
  return y;
}

FailureOr<Shape> gan::inferMatmul(ErrorFn emitError, ShapeRef a, ShapeRef b,
                                  bool transposeA, bool transposeB) {
  size_t batch = a.size() == 3 ? 1 : 0; // leading axes
  if (a.size() != 2 + batch || b.size() != a.size() ||
      a.take_front(batch) != b.take_front(batch)) // (C1)
    return emitError() << "operands must be two matrices, or two batches of "
                          "one size of them, found "
                       << shapeText(a) << " and " << shapeText(b);
  int64_t innerA = a[batch + (transposeA ? 0 : 1)];
  int64_t innerB = b[batch + (transposeB ? 1 : 0)];
  if (innerA != innerB) // (C2)
    return emitError() << "inner extents must agree, found " << innerA
                       << " in 'a' and " << innerB << " in 'b'";
  Shape y(a.take_front(batch));
  y.push_back(a[batch + (transposeA ? 1 : 0)]);
  y.push_back(b[batch + (transposeB ? 0 : 1)]);
  return y;
}

// (C3)
static LogicalResult checkWindow(ErrorFn emitError,
                                 const ConvolutionWindow &window) {
  auto isBelow = [](ShapeRef numbers, int64_t least) {
    return llvm::any_of(numbers, [&](int64_t n) { return n < least; });
  };
  if (window.strides.size() != 2 || isBelow(window.strides, 1))
    return emitError() << "'strides' must be two numbers >= 1, found "
                       << shapeText(window.strides);
  if (window.padding.size() != 4 || isBelow(window.padding, 0))
    return emitError() << "'padding' must be four numbers >= 0, found "
                       << shapeText(window.padding);
  if (window.dilations.size() != 2 || isBelow(window.dilations, 1))
    return emitError() << "'dilations' must be two numbers >= 1, found "
                       << shapeText(window.dilations);
  return success();
}

// (C2), (C6)
static LogicalResult checkChannels(ErrorFn emitError, ShapeRef x, ShapeRef w,
                                   int64_t groups) {
  if (groups < 1 || w[3] % groups != 0) // (C6)
    return emitError() << "'groups' must be a number >= 1 that divides the "
                       << w[3] << " outputs of 'w', found " << groups;
  if (x[3] == w[2] * groups)
    return success();
  if (groups == 1) // (C2)
    return emitError() << "'x' and 'w' must agree on the channels, found "
                       << x[3] << " and " << w[2];
  return emitError() << "'x' must have " << groups << " groups of the " // (C2)
                     << w[2] << " channels of 'w', found " << x[3]
                     << " channels";
}

FailureOr<Shape> gan::inferConv2d(ErrorFn emitError, ShapeRef x, ShapeRef w,
                                  const ConvolutionWindow &window) {
  if (x.size() != 4 || w.size() != 4) // (C1)
    return emitError() << "a convolution needs rank 4, found 'x' "
                       << shapeText(x) << " and 'w' " << shapeText(w);
  if (failed(checkChannels(emitError, x, w, window.groups)) ||
      failed(checkWindow(emitError, window)))
    return failure();
  Shape y{x[0], 0, 0, w[3]};
  for (int axis : {0, 1}) {
    int64_t before = window.padding[2 * axis],
            after = window.padding[2 * axis + 1];
    int64_t extent = dilatedExtent(w[axis], window.dilations[axis]);
    y[axis + 1] =
        windowCount(x[axis + 1], extent, window.strides[axis], before, after);
    if (y[axis + 1] < 1) // (C4)
      return emitError() << "a filter of extent " << extent
                         << " does not fit into " << x[axis + 1]
                         << " elements padded by " << before << " and "
                         << after;
  }
  return y;
}

LogicalResult gan::checkBroadcast(ErrorFn emitError, ShapeRef x, ShapeRef y,
                                  ShapeRef dims) {
  if (dims.size() != x.size() || !areAxes(dims, y.size())) // (C1)
    return emitError() << "'dims' must give an axis of " << shapeText(y)
                       << " to each axis of " << shapeText(x)
                       << ", strictly rising, found " << shapeText(dims);
  for (auto [k, dim] : llvm::enumerate(dims))
    if (x[k] != y[dim]) // (C2)
      return emitError() << "axis " << k << " of 'x' has extent " << x[k]
                         << ", but axis " << dim << " of the result has "
                         << y[dim];
  return success();
}

LogicalResult gan::checkReshape(ErrorFn emitError, ShapeRef x, ShapeRef y) {
  if (elementCount(x) != elementCount(y)) // (C1)
    return emitError() << shapeText(x) << " has " << elementCount(x)
                       << " elements, but " << shapeText(y) << " has "
                       << elementCount(y);
  return success();
}

// Whether the box of shape `inner` at `offsets` lies inside `outer`; all of one
// rank.
static bool fits(ShapeRef inner, ShapeRef outer, ShapeRef offsets) {
  for (auto [extent, room, offset] : llvm::zip_equal(inner, outer, offsets))
    if (offset < 0 || offset + extent > room)
      return false;
  return true;
}

LogicalResult gan::checkSlice(ErrorFn emitError, ShapeRef x, ShapeRef y,
                              ShapeRef offsets) {
  if (offsets.size() != x.size() || y.size() != x.size()) // (C1)
    return emitError() << "'offsets' and the result must have the rank of "
                       << shapeText(x) << ", found " << shapeText(offsets)
                       << " and " << shapeText(y);
  if (!fits(y, x, offsets)) // (C2)
    return emitError() << "a box " << shapeText(y) << " at "
                       << shapeText(offsets) << " does not lie inside "
                       << shapeText(x);
  return success();
}

LogicalResult gan::checkPad(ErrorFn emitError, ShapeRef x, ShapeRef y,
                            ShapeRef low) {
  if (low.size() != x.size() || y.size() != x.size() ||
      llvm::any_of(low, [](int64_t zeros) { return zeros < 0; })) // (C1)
    return emitError() << "'low' must have a number >= 0 for each axis of "
                       << shapeText(x) << " and of the result, found "
                       << shapeText(low);
  if (!fits(x, y, low)) // (C2)
    return emitError() << shapeText(x) << " at " << shapeText(low)
                       << " does not fit into " << shapeText(y);
  return success();
}

LogicalResult gan::checkPositionAxes(ErrorFn emitError, ShapeRef x,
                                     ShapeRef dims) {
  Shape sorted(dims);
  llvm::sort(sorted);
  if (!dims.empty() && areAxes(sorted, x.size())) // (C1)
    return success();
  return emitError() << "'dims' must name axes of " << shapeText(x)
                     << ", at least one and each once, found "
                     << shapeText(dims);
}

LogicalResult gan::checkShape(ErrorFn emitError, StringRef name,
                              ShapeRef expected, ShapeRef found) {
  if (expected == found)
    return success();
  return emitError() << "expected '" << name << "' of shape "
                     << shapeText(expected) << ", found " << shapeText(found);
}
