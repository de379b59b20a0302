// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All arithmetic on shapes, written once: verifiers compare with it, the
// frontend infers with it. Each `infer` returns the shape of the result, each
// `check` whether the given shapes go together; both report what is wrong
// through `emitError`, once. The labels (C1).. are those of the op that the
// function belongs to.
#ifndef GAN_DIALECT_SHAPERULES_H
#define GAN_DIALECT_SHAPERULES_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/Support/LLVM.h"

#include <string>

namespace gan {

using Shape = mlir::SmallVector<int64_t>;
using ShapeRef = mlir::ArrayRef<int64_t>;
using ErrorFn = llvm::function_ref<mlir::InFlightDiagnostic()>;

// "[8, 64]": a shape, or any other list of numbers, in a message.
std::string shapeText(ShapeRef shape);

// Number of elements; 1 for [].
int64_t elementCount(ShapeRef shape);

// Whether `axes` holds each of 0 .. rank-1 exactly once.
bool isPermutation(ShapeRef axes, int64_t rank);

// Whether `axes` rise strictly and lie in 0 .. rank-1.
bool areAxes(ShapeRef axes, int64_t rank);

// result[k] = shape[permutation[k]]; `permutation` is one.
Shape permute(ShapeRef shape, ShapeRef permutation);

// The permutation that undoes `permutation`.
Shape inversePermutation(ShapeRef permutation);

// `shape` without `axes` (see `areAxes`).
Shape dropAxes(ShapeRef shape, ShapeRef axes);

// The axes of a tensor of `rank` that are not in `axes`.
Shape otherAxes(ShapeRef axes, int64_t rank);

// Positions of a window of `kernel` that moves by `stride` >= 1 over `extent`
// elements with `before` and `after` zeros around: (extent + before + after -
// kernel) / stride + 1, rounded down; 0 where the window does not fit.
int64_t windowCount(int64_t extent, int64_t kernel, int64_t stride,
                    int64_t before, int64_t after);

// How many pairs of a position in [0, positions) and a tap in [0, kernel) meet
// inside: 0 <= position * stride + tap * dilation - before < extent.
int64_t windowPairs(int64_t positions, int64_t kernel, int64_t stride,
                    int64_t dilation, int64_t before, int64_t extent);

// Elements from the first tap of a filter to its last, both included, where
// taps are `dilation` >= 1 apart.
int64_t dilatedExtent(int64_t kernel, int64_t dilation);

// What a convolution does beside its filter; the arrays belong to the op or to
// the caller.
struct ConvolutionWindow {
  ShapeRef strides;   // [sh, sw]
  ShapeRef padding;   // [top, bottom, left, right]
  ShapeRef dilations; // [dh, dw]
  int64_t groups = 1;
};

// gan.transpose.
mlir::FailureOr<Shape> inferTranspose(ErrorFn emitError, ShapeRef x,
                                      ShapeRef permutation);
// gan.sum.
mlir::FailureOr<Shape> inferSum(ErrorFn emitError, ShapeRef x, ShapeRef dims);
// gan.concat; `xs` is not empty.
mlir::FailureOr<Shape> inferConcat(ErrorFn emitError,
                                   mlir::ArrayRef<ShapeRef> xs, int64_t dim);
// gan.matmul, of two matrices or of two batches of them.
mlir::FailureOr<Shape> inferMatmul(ErrorFn emitError, ShapeRef a, ShapeRef b,
                                   bool transposeA, bool transposeB);
// gan.conv2d: x [N, H, W, C], w [KH, KW, C / groups, O].
mlir::FailureOr<Shape> inferConv2d(ErrorFn emitError, ShapeRef x, ShapeRef w,
                                   const ConvolutionWindow &window);
// gan.broadcast.
mlir::LogicalResult checkBroadcast(ErrorFn emitError, ShapeRef x, ShapeRef y,
                                   ShapeRef dims);
// gan.reshape.
mlir::LogicalResult checkReshape(ErrorFn emitError, ShapeRef x, ShapeRef y);
// gan.slice.
mlir::LogicalResult checkSlice(ErrorFn emitError, ShapeRef x, ShapeRef y,
                               ShapeRef offsets);
// gan.pad.
mlir::LogicalResult checkPad(ErrorFn emitError, ShapeRef x, ShapeRef y,
                             ShapeRef low);
// gan.iota and gan.argmax: axes along which elements are numbered.
mlir::LogicalResult checkPositionAxes(ErrorFn emitError, ShapeRef x,
                                      ShapeRef dims);
// Whether the tensor called `name` has the shape that was worked out for it.
mlir::LogicalResult checkShape(ErrorFn emitError, llvm::StringRef name,
                               ShapeRef expected, ShapeRef found);

} // namespace gan

#endif // GAN_DIALECT_SHAPERULES_H
