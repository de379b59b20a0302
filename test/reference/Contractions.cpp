// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/ShapeRules.h"
#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// y[b, m, n] = sum_k A[b, m, k] * B[b, k, n]; two matrices are a batch of one.
static Tensor matmul(MatmulOp op, const Tensor &a, const Tensor &b) {
  Tensor y = Tensor::zeros(op.getY().getType().getShape());
  size_t rank = y.shape.size();
  int64_t matrices = rank == 3 ? y.shape[0] : 1;
  int64_t rows = y.shape[rank - 2], columns = y.shape[rank - 1];
  int64_t inner = a.shape[rank - (op.getTransposeA() ? 2 : 1)];
  for (int64_t i = 0; i < matrices; ++i) {
    const double *left = &a.values[i * rows * inner];
    const double *right = &b.values[i * inner * columns];
    for (int64_t m = 0; m < rows; ++m)
      for (int64_t k = 0; k < inner; ++k)
        for (int64_t n = 0; n < columns; ++n)
          y.values[(i * rows + m) * columns + n] +=
              left[op.getTransposeA() ? k * rows + m : m * inner + k] *
              right[op.getTransposeB() ? n * inner + k : k * columns + n];
  }
  return y;
}

namespace {
// What a group of a convolution sees: channels of x, all outputs of w, outputs
// of the group.
struct Channels {
  int64_t inputs, stride, outputs;
};
} // namespace

template <typename Op> static Channels channelsOf(Op op, ShapeRef w) {
  return {w[2], w[3], w[3] / static_cast<int64_t>(op.getGroups())};
}

// Calls `visit(x, w, y)` with the positions of the first channels of every
// triple that a group g of a convolution brings together:
//   x[n, p * sh + i * dh - top, q * sw + j * dw - left, group g],
//   w[i, j, :, group g],  y[n, p, q, group g].
template <typename Op>
static void
forEachTap(Op op, ShapeRef x, ShapeRef w, ShapeRef y,
           function_ref<void(int64_t x, int64_t w, int64_t y)> visit) {
  ShapeRef strides = op.getStrides(), padding = op.getPadding(),
           dilations = op.getDilations();
  Channels channels = channelsOf(op, w);
  auto visitGroups = [&](int64_t pixel, int64_t tap, int64_t position) {
    for (int64_t g = 0; g < static_cast<int64_t>(op.getGroups()); ++g)
      visit(pixel * x[3] + g * channels.inputs,
            tap * w[2] * w[3] + g * channels.outputs,
            position * y[3] + g * channels.outputs);
  };
  for (int64_t n = 0; n < y[0]; ++n)
    for (int64_t p = 0; p < y[1]; ++p)
      for (int64_t q = 0; q < y[2]; ++q)
        for (int64_t i = 0; i < w[0]; ++i)
          for (int64_t j = 0; j < w[1]; ++j) {
            int64_t row = p * strides[0] + i * dilations[0] - padding[0];
            int64_t column = q * strides[1] + j * dilations[1] - padding[2];
            if (row >= 0 && row < x[1] && column >= 0 && column < x[2])
              visitGroups((n * x[1] + row) * x[2] + column, i * w[1] + j,
                          (n * y[1] + p) * y[2] + q);
          }
}

// y[.., o] += x[.., c] * w[i, j, c, o]
static Tensor conv2d(Conv2dOp op, const Tensor &x, const Tensor &w) {
  Tensor y = Tensor::zeros(op.getY().getType().getShape());
  Channels channels = channelsOf(op, w.shape);
  forEachTap(op, x.shape, w.shape, y.shape,
             [&](int64_t atX, int64_t atW, int64_t atY) {
               for (int64_t c = 0; c < channels.inputs; ++c)
                 for (int64_t o = 0; o < channels.outputs; ++o)
                   y.values[atY + o] += x.values[atX + c] *
                                        w.values[atW + c * channels.stride + o];
             });
  return y;
}

// dx[.., c] += dy[.., o] * w[i, j, c, o]
static Tensor conv2dInputGrad(Conv2dInputGradOp op, const Tensor &dy,
                              const Tensor &w) {
  Tensor dx = Tensor::zeros(op.getDx().getType().getShape());
  Channels channels = channelsOf(op, w.shape);
  forEachTap(op, dx.shape, w.shape, dy.shape,
             [&](int64_t atX, int64_t atW, int64_t atY) {
               for (int64_t c = 0; c < channels.inputs; ++c)
                 for (int64_t o = 0; o < channels.outputs; ++o)
                   dx.values[atX + c] +=
                       dy.values[atY + o] *
                       w.values[atW + c * channels.stride + o];
             });
  return dx;
}

// dw[i, j, c, o] += x[.., c] * dy[.., o], of the part that has the sample
static Tensor conv2dWeightGrad(Conv2dWeightGradOp op, const Tensor &x,
                               const Tensor &dy) {
  Tensor dw = Tensor::zeros(op.getDw().getType().getShape());
  ShapeRef filter = op.getFilterShape();
  Channels channels = channelsOf(op, filter);
  int64_t parts = static_cast<int64_t>(op.getParts()),
          filterSize = elementCount(filter),
          partOfDy = elementCount(dy.shape) / parts;
  forEachTap(op, x.shape, filter, dy.shape,
             [&](int64_t atX, int64_t atW, int64_t atY) {
               int64_t from = atY / partOfDy * filterSize + atW;
               for (int64_t c = 0; c < channels.inputs; ++c)
                 for (int64_t o = 0; o < channels.outputs; ++o)
                   dw.values[from + c * channels.stride + o] +=
                       x.values[atX + c] * dy.values[atY + o];
             });
  return dw;
}

std::optional<Tensor> reference::evaluateContraction(Operation &op,
                                                     Operands operands) {
  return TypeSwitch<Operation &, std::optional<Tensor>>(op)
      .Case([&](MatmulOp op) { return matmul(op, *operands[0], *operands[1]); })
      .Case([&](Conv2dOp op) { return conv2d(op, *operands[0], *operands[1]); })
      .Case([&](Conv2dInputGradOp op) {
        return conv2dInputGrad(op, *operands[0], *operands[1]);
      })
      .Case([&](Conv2dWeightGradOp op) {
        return conv2dWeightGrad(op, *operands[0], *operands[1]);
      })
      .Default([](Operation &) { return std::nullopt; });
}
