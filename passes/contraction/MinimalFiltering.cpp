// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/MinimalFiltering.h"

#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace gan;

// Where polynomials are evaluated besides infinity, as many of these as are
// needed: powers of two, so that most factors are exact, and 2 with -1/2, whose
// powers stay nearer to 1 than those of 2 and -2 (Barabasz et al., Error
// Analysis and Improving the Accuracy of Winograd Convolution, 2020).
static constexpr double points[] = {0, 1, -1, 2, -0.5};

// The coefficients of the product of all x - q but the one for `points[left]`,
// from that of 1 on.
static SmallVector<double> productOf(ArrayRef<double> roots, size_t left) {
  SmallVector<double> product = {1};
  for (auto [i, root] : enumerate(roots)) {
    if (i == left)
      continue;
    product.push_back(0);
    for (size_t power = product.size() - 1; power > 0; --power)
      product[power] = product[power - 1] - root * product[power];
    product[0] *= -root;
  }
  return product;
}

static double valueOf(ArrayRef<double> polynomial, double x) {
  double value = 0;
  for (double coefficient : reverse(polynomial))
    value = value * x + coefficient;
  return value;
}

namespace {
struct Matrix : SmallMatrix {
  Matrix(StringRef letter, int64_t outputs, int64_t taps, int64_t rows,
         int64_t columns)
      : SmallMatrix{formatv("{0}{1}{2}", letter, outputs, taps), rows, columns,
                    SmallVector<double>(rows * columns)} {}

  double &operator()(int64_t row, int64_t column) {
    return numbers[row * columns + column];
  }
};
} // namespace

// Of each point a row of B has the polynomial that is 0 at the others, one of G
// the powers of the point, and a column of A these divided by what the
// polynomial is there: A is applied least often.
MinimalFiltering gan::minimalFiltering(int64_t outputs, int64_t taps) {
  int64_t side = outputs + taps - 1, last = side - 1;
  ArrayRef<double> finite = ArrayRef(points).take_front(last);
  Matrix input("b", outputs, taps, side, side),
      filter("g", outputs, taps, side, taps),
      output("a", outputs, taps, outputs, side);
  for (auto [row, point] : enumerate(finite)) {
    SmallVector<double> polynomial = productOf(finite, row);
    for (auto [column, coefficient] : enumerate(polynomial))
      input(row, column) = coefficient;
    double power = 1;
    for (int64_t i = 0; i < std::max(outputs, taps); ++i, power *= point) {
      if (i < taps)
        filter(row, i) = power;
      if (i < outputs)
        output(i, row) = power / valueOf(polynomial, point);
    }
  }
  for (auto [column, coefficient] : enumerate(productOf(finite, last)))
    input(last, column) = coefficient;
  filter(last, taps - 1) = 1;
  output(outputs - 1, last) = 1;
  return {input, filter, output};
}
