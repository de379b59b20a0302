// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which records lie near samples: whether a network has learned its data by
// heart.
#ifndef GAN_RUNTIME_EVALUATION_NEARESTRECORDS_H
#define GAN_RUNTIME_EVALUATION_NEARESTRECORDS_H

#include "runtime/evaluation/Collect.h"

namespace gan::runtime {

/// A record at a distance: the root of the sum of squared differences of
/// features, or without a network of visible values.
struct Neighbour {
  uint64_t record;
  double distance;
  std::vector<double> values; // visible ones, as they were compared
};

struct NearestRecords {
  /// Of each sample, the nearest first, of equal ones the earlier record.
  std::vector<std::vector<Neighbour>> ofSamples;
  /// Of as many records, the first ones: how far the nearest other lies. What
  /// is new is not nearer to the data than these are to each other.
  std::vector<double> ofRecords;
};

/// `Usage` unless the subject's data have more than `count` records.
Status checkHasRecords(const Subject &subject, const Dataset &dataset,
                       uint64_t count, const std::string &option);

/// The `count` nearest records of each sample among all of the subject's, which
/// has been checked to have more; memory holds a part of them at a time. The
/// same for any number of threads.
Result<NearestRecords> findNearest(const Collected &samples,
                                   const Subject &subject,
                                   const Dataset &dataset,
                                   FeatureNetwork *network, uint64_t count,
                                   uint64_t seed, unsigned threads);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_NEARESTRECORDS_H
