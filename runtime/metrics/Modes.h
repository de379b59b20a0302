// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How many of the modes of the data a generator reaches, and how evenly.
#ifndef GAN_RUNTIME_METRICS_MODES_H
#define GAN_RUNTIME_METRICS_MODES_H

#include "runtime/metrics/Matrix.h"

namespace gan::runtime {

struct Modes {
  size_t possible = 0;
  size_t covered = 0;
  double quality = 1;           // part of the samples that count
  double reverseDivergence = 0; // KL(histogram of those || uniform); infinite
                                // where none counts
};

/// Samples of a mixture of equal Gaussians with these centres, one a row: each
/// goes to the nearest centre, and counts within 3 standard deviations of it
/// (Lin et al. 2018).
Modes modesOfMixture(const Matrix &samples, const Matrix &centres,
                     double deviation);

/// Samples by what a classifier takes them for: groups of `classes` logits are
/// the digits of a number, as those of the channels of Stacked MNIST (Metz et
/// al. 2017). At most 2^32 modes.
Modes modesOfClasses(const Matrix &logits, size_t classes);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_MODES_H
