// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Linear.h"
#include "runtime/metrics/Parallel.h"

#include <Eigen/Eigenvalues>

using namespace gan::runtime;

using Rows =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Rows>;

static View view(const Matrix &matrix) {
  return View(matrix.values.data(), matrix.rows, matrix.columns);
}

// Eigen cuts products by the caches that it finds, and so decides the order of
// sums. With these sizes it is the same on every machine.
static void fixBlocking() {
  Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
}

Matrix gan::runtime::innerProducts(const Matrix &a, const Matrix &b) {
  fixBlocking();
  Matrix products(a.rows, b.rows);
  Eigen::Map<Rows>(products.values.data(), a.rows, b.rows).noalias() =
      view(a) * view(b).transpose();
  return products;
}

double gan::runtime::squaredDistance(std::span<const double> a,
                                     std::span<const double> b) {
  using Row = Eigen::Map<const Eigen::ArrayXd>;
  return (Row(a.data(), a.size()) - Row(b.data(), b.size())).square().sum();
}

Matrix gan::runtime::gram(const Matrix &a, unsigned threads) {
  fixBlocking();
  Matrix sums(a.columns, a.columns);
  Eigen::Map<Rows> out(sums.values.data(), a.columns, a.columns);
  View rows = view(a);
  forEachBlock(a.columns, /*block=*/64, threads, [&](size_t begin, size_t end) {
    out.middleRows(begin, end - begin).noalias() =
        rows.middleCols(begin, end - begin).transpose() * rows;
  });
  return sums;
}

double gan::runtime::traceOfRoot(const Matrix &a, const Matrix &b) {
  fixBlocking();
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> first(view(a));
  // V sqrt(L): turned by V^T this is R, which leaves eigenvalues as they are.
  Eigen::MatrixXd half =
      first.eigenvectors() *
      first.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
  Eigen::MatrixXd product = half.transpose() * view(b) * half;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> second(product,
                                                        Eigen::EigenvaluesOnly);
  return second.eigenvalues().cwiseMax(0).cwiseSqrt().sum();
}
