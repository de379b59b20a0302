// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Metrics of who lies near whom among the features.
#ifndef GAN_RUNTIME_METRICS_NEIGHBOURS_H
#define GAN_RUNTIME_METRICS_NEIGHBOURS_H

#include "runtime/metrics/Matrix.h"

namespace gan::runtime {

/// The manifold of a set: balls around its rows that reach to the k-th
/// neighbour in the set. More than `k` rows are needed.
struct Coverings {
  double precision = 0; // part of the fakes in a ball of the reals
  double recall = 0;    // part of the reals in a ball of the fakes
  double density = 0;   // balls of reals that hold a fake, on average, over k
  double coverage = 0;  // part of the reals whose ball holds a fake
};

/// Precision and recall (Kynkaanniemi et al. 2019; published with k = 3),
/// density and coverage (Naeem et al. 2020; published with k = 5), of open
/// balls.
Coverings compareManifolds(const Matrix &reals, const Matrix &fakes, size_t k,
                           unsigned threads);

/// How often the nearest of all others is of one's own kind, as a part of all:
/// about one half for two sets that nobody can tell apart, 1 for sets that lie
/// apart, 0 where each fake is a copy of a real (Xu et al. 2018). A real and a
/// fake at the same distance count half each.
struct TwoSample {
  double accuracy = 0;
  double ofReals = 0;
  double ofFakes = 0;
};
/// As many of both; two or more.
TwoSample nearestNeighbourTest(const Matrix &reals, const Matrix &fakes,
                               unsigned threads);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_NEIGHBOURS_H
