// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Features as the metrics take them.
#ifndef GAN_RUNTIME_METRICS_MATRIX_H
#define GAN_RUNTIME_METRICS_MATRIX_H

#include <cstddef>
#include <span>
#include <vector>

namespace gan::runtime {

/// Numbers in rows: one sample a row, one feature a column.
struct Matrix {
  size_t rows = 0;
  size_t columns = 0;
  std::vector<double> values; // row after row

  Matrix() = default;
  Matrix(size_t rows, size_t columns)
      : rows(rows), columns(columns), values(rows * columns) {}

  std::span<const double> row(size_t index) const {
    return std::span(values).subspan(index * columns, columns);
  }
  double &at(size_t row, size_t column) {
    return values[row * columns + column];
  }
  double at(size_t row, size_t column) const {
    return values[row * columns + column];
  }
};

/// The rows `first`, `first` + 1, .. of another.
Matrix rowsOf(const Matrix &matrix, size_t first, size_t count);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_MATRIX_H
