// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How devices gather what they tell of their time.
#ifndef GAN_RUNTIME_DEVICE_PROFILER_H
#define GAN_RUNTIME_DEVICE_PROFILER_H

#include "runtime/device/Profile.h"

#include <span>

namespace gan::runtime {

/// Nanoseconds of the clock that spans are measured with.
uint64_t now();

class Profiler {
public:
  /// More calls of a node: `calls` and what is summed over them are added to
  /// those known.
  void addCalls(const NodeTime &more);
  /// What one thread did of a submission, in order. Of all that were ever added
  /// the latest 50,000 are kept, at most twice as many.
  void addSpans(std::span<const Span> spans);
  /// A submission that is done.
  void addSubmission(uint64_t begin, uint64_t end);
  void setPeak(Peak peak) { gathered.peak = peak; }

  const Profile &profile() const { return gathered; }

private:
  Profile gathered;
  uint64_t first = 0; // begin of the first submission
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_PROFILER_H
