// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Profiler.h"

#include <algorithm>
#include <chrono>
#include <utility>

using namespace gan::runtime;

// A trace has some 240 bytes for each.
static constexpr size_t kMostSpans = 50000;

uint64_t gan::runtime::now() {
  return std::chrono::nanoseconds(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void Profiler::addCalls(const NodeTime &more) {
  auto isBefore = [](const NodeTime &a, const NodeTime &b) {
    return std::pair(a.entry, a.node) < std::pair(b.entry, b.node);
  };
  std::vector<NodeTime> &known = gathered.nodes;
  auto at = std::lower_bound(known.begin(), known.end(), more, isBefore);
  if (at == known.end() || isBefore(more, *at)) {
    known.insert(at, more);
    return;
  }
  at->calls += more.calls;
  at->nanoseconds += more.nanoseconds;
  at->instructions += more.instructions;
}

// The older half goes at once, so that a span costs no move on average.
void Profiler::addSpans(std::span<const Span> spans) {
  std::vector<Span> &kept = gathered.spans;
  kept.insert(kept.end(), spans.begin(), spans.end());
  if (kept.size() > 2 * kMostSpans)
    kept.erase(kept.begin(), kept.end() - kMostSpans);
}

void Profiler::addSubmission(uint64_t begin, uint64_t end) {
  if (gathered.submitted == 0)
    first = begin;
  gathered.submitted += end - begin;
  gathered.elapsed = end - first;
}
