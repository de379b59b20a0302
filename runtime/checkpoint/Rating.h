// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How good the weights of a checkpoint are.
#ifndef GAN_RUNTIME_CHECKPOINT_RATING_H
#define GAN_RUNTIME_CHECKPOINT_RATING_H

#include "runtime/base/Status.h"

#include <string>
#include <vector>

namespace gan::runtime {

/// The file of a checkpoint that has one.
inline constexpr const char *kRatingFile = "rating.json";

/// A value that a metric gave. Ratings of one metric can be compared.
struct Rating {
  std::string metric; // "fid"
  double value = 0;   // finite
  bool isHigherBetter = false;
};

std::string textOf(const Rating &rating);

/// That of the checkpoint at `path`; without a metric where it has none.
Result<Rating> readRating(const std::string &path);

/// For each of the checkpoints at `paths`, the latest first, whether none of
/// the same metric has a better rating, nor an earlier one as good a one. What
/// has none, or one that cannot be read, is not the best.
std::vector<bool> findBest(const std::vector<std::string> &paths);

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_RATING_H
