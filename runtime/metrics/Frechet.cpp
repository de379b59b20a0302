// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Frechet.h"
#include "runtime/metrics/Linear.h"

using namespace gan::runtime;

Moments gan::runtime::momentsOf(const Matrix &features, unsigned threads) {
  Moments moments;
  moments.mean.assign(features.columns, 0);
  for (size_t i = 0; i < features.rows; ++i)
    for (size_t j = 0; j < features.columns; ++j)
      moments.mean[j] += features.at(i, j);
  for (double &sum : moments.mean)
    sum /= static_cast<double>(features.rows);
  Matrix centred = features;
  for (size_t i = 0; i < features.rows; ++i)
    for (size_t j = 0; j < features.columns; ++j)
      centred.at(i, j) -= moments.mean[j];
  moments.covariance = gram(centred, threads);
  for (double &sum : moments.covariance.values)
    sum /= static_cast<double>(features.rows - 1);
  return moments;
}

double gan::runtime::frechetDistance(const Moments &a, const Moments &b) {
  double distance = squaredDistance(a.mean, b.mean);
  for (size_t j = 0; j < a.mean.size(); ++j)
    distance += a.covariance.at(j, j) + b.covariance.at(j, j);
  return distance - 2 * traceOfRoot(a.covariance, b.covariance);
}
