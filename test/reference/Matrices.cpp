// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra on whole matrices, as MatrixOps.td says.
#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

namespace {
// A view of rows * columns elements.
struct Matrix {
  double *elements;
  int64_t columns;
  double *operator[](int64_t row) const { return elements + row * columns; }
};
} // namespace

static int64_t pivotOf(const Matrix &a, int64_t column) {
  int64_t pivot = column;
  for (int64_t row = column + 1; row < a.columns; ++row)
    if (std::abs(a[row][column]) > std::abs(a[pivot][column]))
      pivot = row;
  return pivot;
}

static void swapRows(const Matrix &a, int64_t i, int64_t j) {
  if (i != j)
    std::swap_ranges(a[i], a[i] + a.columns, a[j]);
}

static void invert(const Matrix &a, const Matrix &y) {
  int64_t n = a.columns;
  for (int64_t i = 0; i < n; ++i)
    y[i][i] = 1;
  for (int64_t c = 0; c < n; ++c) {
    int64_t pivot = pivotOf(a, c);
    swapRows(a, c, pivot);
    swapRows(y, c, pivot);
    double divisor = a[c][c];
    for (int64_t j = 0; j < n; ++j) {
      a[c][j] /= divisor;
      y[c][j] /= divisor;
    }
    for (int64_t row = 0; row < n; ++row) {
      if (row == c)
        continue;
      double factor = a[row][c];
      for (int64_t j = 0; j < n; ++j) {
        a[row][j] -= factor * a[c][j];
        y[row][j] -= factor * y[c][j];
      }
    }
  }
}

static double logDeterminant(const Matrix &a) {
  double sum = 0;
  for (int64_t c = 0; c < a.columns; ++c) {
    swapRows(a, c, pivotOf(a, c));
    for (int64_t row = c + 1; row < a.columns; ++row) {
      double factor = a[row][c] / a[c][c];
      for (int64_t j = c + 1; j < a.columns; ++j)
        a[row][j] -= factor * a[c][j];
    }
    sum += std::log(std::abs(a[c][c]));
  }
  return sum;
}

static Tensor inverse(Tensor x) {
  Tensor y = Tensor::zeros(x.shape);
  int64_t n = x.shape.back();
  for (size_t at = 0; at < x.values.size(); at += n * n)
    invert({&x.values[at], n}, {&y.values[at], n});
  return y;
}

static Tensor logdet(Tensor x) {
  Tensor y = Tensor::zeros(ShapeRef(x.shape).drop_back(2));
  int64_t n = x.shape.back();
  for (size_t i = 0; i < y.values.size(); ++i)
    y.values[i] = logDeterminant({&x.values[i * n * n], n});
  return y;
}

static Tensor orthonormal(Tensor y) {
  int64_t rows = y.shape[0], columns = y.shape[1];
  Matrix frame{y.values.data(), columns};
  auto dot = [&](int64_t a, int64_t b) {
    double sum = 0;
    for (int64_t j = 0; j < columns; ++j)
      sum += frame[a][j] * frame[b][j];
    return sum;
  };
  for (int64_t row = 0; row < rows; ++row) {
    for (int pass = 0; pass < 2; ++pass)
      for (int64_t before = 0; before < row; ++before) {
        double share = dot(row, before);
        for (int64_t j = 0; j < columns; ++j)
          frame[row][j] -= share * frame[before][j];
      }
    double length = std::sqrt(dot(row, row));
    for (int64_t j = 0; j < columns; ++j)
      frame[row][j] /= length;
  }
  return y;
}

std::optional<Tensor> reference::evaluateMatrix(Operation &op,
                                                Operands operands) {
  return TypeSwitch<Operation &, std::optional<Tensor>>(op)
      .Case([&](InverseOp) { return inverse(*operands[0]); })
      .Case([&](LogdetOp) { return logdet(*operands[0]); })
      .Case([&](OrthonormalOp) { return orthonormal(*operands[0]); })
      .Default([](Operation &) { return std::nullopt; });
}
