// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/NodeOrder.h"

#include "runtime/base/Rng.h"

#include <numeric>
#include <queue>

using namespace gan;
using namespace gan::runtime;

// By number of the node: the lower rank goes first.
static std::vector<uint32_t> ranksOf(uint32_t count, sim::Schedule schedule,
                                     uint64_t seed) {
  std::vector<uint32_t> ranks(count);
  std::iota(ranks.begin(), ranks.end(), 0);
  if (schedule == sim::Schedule::Reverse)
    for (uint32_t &rank : ranks)
      rank = count - 1 - rank;
  if (schedule == sim::Schedule::Random && count)
    for (uint32_t &rank : ranks)
      rank = KeyedPermutation("nodes", seed, 0, count)(rank);
  return ranks;
}

std::vector<uint32_t> gan::runtime::orderNodes(std::span<const GpuNode> nodes,
                                               sim::Schedule schedule,
                                               uint64_t seed) {
  uint32_t count = nodes.size();
  std::vector<uint32_t> ranks = ranksOf(count, schedule, seed);
  std::vector<std::vector<uint32_t>> waiting(count); // by what they wait for
  std::vector<size_t> left(count);
  for (uint32_t i = 0; i < count; ++i) {
    left[i] = nodes[i].dependencies.size();
    for (uint32_t earlier : nodes[i].dependencies)
      waiting[earlier].push_back(i);
  }
  using Ready = std::pair<uint32_t, uint32_t>; // rank, node
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (uint32_t i = 0; i < count; ++i)
    if (left[i] == 0)
      ready.push({ranks[i], i});
  std::vector<uint32_t> order;
  while (!ready.empty()) {
    uint32_t node = ready.top().second;
    ready.pop();
    order.push_back(node);
    for (uint32_t later : waiting[node])
      if (--left[later] == 0)
        ready.push({ranks[later], later});
  }
  return order;
}
