// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The Frechet distance of two sets of features, FID where the features are
// Inception's (Heusel et al. 2017).
#ifndef GAN_RUNTIME_METRICS_FRECHET_H
#define GAN_RUNTIME_METRICS_FRECHET_H

#include "runtime/metrics/Matrix.h"

namespace gan::runtime {

/// Mean and covariance of the rows, divided by their number less one.
struct Moments {
  std::vector<double> mean;
  Matrix covariance;
};

/// Of at least two rows.
Moments momentsOf(const Matrix &features, unsigned threads);

/// |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)).
double frechetDistance(const Moments &a, const Moments &b);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_FRECHET_H
