// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The score of generated samples by a classifier: the Inception score where it
// is Inception (Salimans et al. 2016).
#ifndef GAN_RUNTIME_METRICS_SCORE_H
#define GAN_RUNTIME_METRICS_SCORE_H

#include "runtime/metrics/Matrix.h"
#include "runtime/metrics/Spread.h"

namespace gan::runtime {

/// Rows of logits to rows of probabilities; groups of `classes` columns, each
/// for itself.
Matrix softmax(const Matrix &logits, size_t classes);

/// exp(mean KL(p(y|x) || p(y))), p(y) the mean of all rows.
double classifierScore(const Matrix &probabilities);

/// Over `splits` parts of the rows, one behind the other, 10 as published; rows
/// that fill no split are left out.
Spread classifierScoreOfSplits(const Matrix &probabilities, size_t splits);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_SCORE_H
