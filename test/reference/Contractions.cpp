// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// y[m, n] = sum_k A[m, k] * B[k, n]
static Tensor matmul(MatmulOp op, const Tensor &a, const Tensor &b) {
  Tensor y = Tensor::zeros(op.getY().getType().getShape());
  int64_t rows = y.shape[0], columns = y.shape[1];
  int64_t inner = a.shape[op.getTransposeA() ? 0 : 1];
  for (int64_t m = 0; m < rows; ++m)
    for (int64_t k = 0; k < inner; ++k) {
      double left = a.values[op.getTransposeA() ? k * rows + m : m * inner + k];
      for (int64_t n = 0; n < columns; ++n)
        y.values[m * columns + n] +=
            left *
            b.values[op.getTransposeB() ? n * inner + k : k * columns + n];
    }
  return y;
}

// Calls `visit(x, w, y)` with the positions of the first channels of every
// triple that a convolution brings together:
//   x[n, p * sh + i - top, q * sw + j - left, :],  w[i, j, :, :],  y[n, p, q,
//   :].
static void
forEachTap(ShapeRef x, ShapeRef w, ShapeRef y, ShapeRef strides,
           ShapeRef padding,
           function_ref<void(int64_t x, int64_t w, int64_t y)> visit) {
  for (int64_t n = 0; n < y[0]; ++n)
    for (int64_t p = 0; p < y[1]; ++p)
      for (int64_t q = 0; q < y[2]; ++q)
        for (int64_t i = 0; i < w[0]; ++i)
          for (int64_t j = 0; j < w[1]; ++j) {
            int64_t row = p * strides[0] + i - padding[0];
            int64_t column = q * strides[1] + j - padding[2];
            if (row < 0 || row >= x[1] || column < 0 || column >= x[2])
              continue;
            visit(((n * x[1] + row) * x[2] + column) * x[3],
                  (i * w[1] + j) * w[2] * w[3],
                  ((n * y[1] + p) * y[2] + q) * y[3]);
          }
}

// y[n, p, q, o] += x[.., c] * w[i, j, c, o]
static Tensor conv2d(Conv2dOp op, const Tensor &x, const Tensor &w) {
  Tensor y = Tensor::zeros(op.getY().getType().getShape());
  int64_t channels = w.shape[2], outputs = w.shape[3];
  forEachTap(x.shape, w.shape, y.shape, op.getStrides(), op.getPadding(),
             [&](int64_t atX, int64_t atW, int64_t atY) {
               for (int64_t c = 0; c < channels; ++c)
                 for (int64_t o = 0; o < outputs; ++o)
                   y.values[atY + o] +=
                       x.values[atX + c] * w.values[atW + c * outputs + o];
             });
  return y;
}

// dx[.., c] += dy[n, p, q, o] * w[i, j, c, o]
static Tensor conv2dInputGrad(Conv2dInputGradOp op, const Tensor &dy,
                              const Tensor &w) {
  Tensor dx = Tensor::zeros(op.getDx().getType().getShape());
  int64_t channels = w.shape[2], outputs = w.shape[3];
  forEachTap(dx.shape, w.shape, dy.shape, op.getStrides(), op.getPadding(),
             [&](int64_t atX, int64_t atW, int64_t atY) {
               for (int64_t c = 0; c < channels; ++c)
                 for (int64_t o = 0; o < outputs; ++o)
                   dx.values[atX + c] +=
                       dy.values[atY + o] * w.values[atW + c * outputs + o];
             });
  return dx;
}

// dw[i, j, c, o] += x[.., c] * dy[n, p, q, o]
static Tensor conv2dWeightGrad(Conv2dWeightGradOp op, const Tensor &x,
                               const Tensor &dy) {
  Tensor dw = Tensor::zeros(op.getDw().getType().getShape());
  int64_t channels = dw.shape[2], outputs = dw.shape[3];
  forEachTap(x.shape, dw.shape, dy.shape, op.getStrides(), op.getPadding(),
             [&](int64_t atX, int64_t atW, int64_t atY) {
               for (int64_t c = 0; c < channels; ++c)
                 for (int64_t o = 0; o < outputs; ++o)
                   dw.values[atW + c * outputs + o] +=
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
