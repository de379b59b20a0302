// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra: the one wrapper of Eigen. Matrices that are square and named
// symmetric are read in their lower triangle.
#ifndef GAN_RUNTIME_METRICS_LINEAR_H
#define GAN_RUNTIME_METRICS_LINEAR_H

#include "runtime/metrics/Matrix.h"

namespace gan::runtime {

/// a b^T: the inner products of rows of `a` with rows of `b`.
Matrix innerProducts(const Matrix &a, const Matrix &b);

/// The squared distance of two rows of the same length, as a sum of squares of
/// differences: 0 only for equal ones.
double squaredDistance(std::span<const double> a, std::span<const double> b);

/// a^T a, for any number of threads to the same bits.
Matrix gram(const Matrix &a, unsigned threads);

/// tr((A B)^(1/2)) of two symmetric matrices without negative eigenvalues: the
/// sum of the roots of the eigenvalues of R B R, where R R = A. Eigenvalues
/// that rounding made negative count as 0.
double traceOfRoot(const Matrix &a, const Matrix &b);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_LINEAR_H
