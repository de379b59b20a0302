// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The metrics by name: what each needs, and the values that it gives.
#ifndef GAN_RUNTIME_EVALUATION_MEASURES_H
#define GAN_RUNTIME_EVALUATION_MEASURES_H

#include "runtime/evaluation/Collect.h"
#include "runtime/metrics/Frechet.h"
#include "runtime/report/Metrics.h"

namespace gan::runtime {

/// All that a metric may look at.
struct Comparison {
  const Subject &subject;
  const FeatureNetwork *network; // may be null
  const Collected &reals, &fakes;
  const Moments *realMoments; // null unless `fid` is asked for
  uint64_t seed;              // of what metrics draw
  unsigned threads;
};

struct Measure {
  const char *name;     // "fid", for --metric
  const char *protocol; // how it is computed, in a few words
  bool isHigherBetter;  // of its first value
  /// Why it cannot be had of this subject with this network, or null.
  const char *(*refuses)(const Subject &subject, const FeatureNetwork *network);
  void (*measure)(const Comparison &comparison, Metrics &into);
};

/// Those that a list "fid,kid" names, or, where it is empty, all that can be
/// had. `Usage` for a name that there is not, twice the same, and what cannot
/// be had.
Result<std::vector<const Measure *>>
chooseMeasures(const std::string &list, const Subject &subject,
               const FeatureNetwork *network);

/// The samples of a set that metrics want to see themselves.
uint64_t heldSamples(const std::vector<const Measure *> &measures,
                     uint64_t count);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_MEASURES_H
