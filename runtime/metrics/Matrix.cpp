// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Matrix.h"

#include <algorithm>

using namespace gan::runtime;

Matrix gan::runtime::rowsOf(const Matrix &matrix, size_t first, size_t count) {
  Matrix part(count, matrix.columns);
  std::copy_n(matrix.values.begin() + first * matrix.columns,
              count * matrix.columns, part.values.begin());
  return part;
}
