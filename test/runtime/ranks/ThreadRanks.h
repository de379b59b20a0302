// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ranks that are threads of one process.
#ifndef GAN_TEST_RUNTIME_RANKS_THREADRANKS_H
#define GAN_TEST_RUNTIME_RANKS_THREADRANKS_H

#include "runtime/ranks/Communicator.h"

#include <barrier>
#include <functional>
#include <vector>

namespace gan::test {

/// Where they meet.
struct MeetingPoint {
  explicit MeetingPoint(uint32_t size) : barrier(size), given(size) {}
  std::barrier<> barrier;
  std::vector<const std::span<std::byte> *> given; // tensors, by rank
};

class ThreadRank : public runtime::Communicator {
public:
  ThreadRank(MeetingPoint &point, uint32_t rank) : point(point), own(rank) {}
  uint32_t rank() const override { return own; }
  uint32_t size() const override { return point.given.size(); }
  runtime::Status
  allGather(std::span<const std::span<std::byte>> tensors) override;
  runtime::Status broadcast(std::span<std::byte> bytes) override;

private:
  MeetingPoint &point;
  uint32_t own;
};

/// Runs `work` as each of `size` ranks at the same time.
void asRanks(uint32_t size,
             const std::function<void(runtime::Communicator &)> &work);

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_RANKS_THREADRANKS_H
