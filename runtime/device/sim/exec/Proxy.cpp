// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Proxy.h"
#include "runtime/device/sim/exec/Families.h"

#include <algorithm>

using namespace gan::sim;

void gan::sim::noteGenericWrite(Warp &warp, uint64_t word, unsigned words) {
  std::vector<GenericWrite> &writes = warp.block->genericWrites;
  if (writes.empty())
    return;
  GenericWrite now = {warp.clock, warp.proxyFences, warp.pc,
                      uint16_t(warp.index)};
  std::fill_n(writes.begin() + long(word), words, now);
}

static bool isFenced(const Block &block, const GenericWrite &write) {
  return write.clock == 0 ||
         block.warps[write.warp].proxyFences > write.fences ||
         block.fencedWrites[write.warp] >= write.clock;
}

void gan::sim::checkProxy(Warp &warp, const Access &access) {
  const Block &block = *warp.block;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    for (unsigned i = 0; i < access.bytes / 4; ++i) {
      const GenericWrite &write =
          block.genericWrites[access.offset[lane] / 4 + i];
      if (isFenced(block, write))
        continue;
      if (!warp.reported(Fault::MissingFence))
        warp.report(
            Fault::MissingFence, lane,
            "shared memory at offset " +
                std::to_string(access.offset[lane] + 4 * i - access.view->low) +
                " was written at line " +
                std::to_string(warp.program->origins[write.pc].line) +
                " by warp " + std::to_string(write.warp) +
                ", which the asynchronous proxy need not see",
            "put fence.proxy.async between the write and the barrier");
      return;
    }
  }
}

// What this warp wrote, and what it knows that others wrote.
static void fenceProxy(Warp &warp, const Inst &, uint32_t) {
  ++warp.proxyFences;
  std::vector<uint32_t> &fenced = warp.block->fencedWrites;
  for (size_t i = 0; i < fenced.size(); ++i)
    if (i != warp.index)
      fenced[i] = std::max(fenced[i], warp.knows.block[i]);
}

// Of what this warp wrote, its mbarriers alone.
static void fenceMbarriers(Warp &warp, const Inst &, uint32_t) {
  std::vector<GenericWrite> &writes = warp.block->genericWrites;
  for (const auto &[offset, barrier] : warp.block->mbarriers)
    for (uint32_t word = offset / 4; !writes.empty() && word < offset / 4 + 2;
         ++word)
      if (writes[word].warp == warp.index)
        writes[word] = {};
}

// Writes to global memory are not followed.
bool gan::sim::selectProxyFence(const Match &match, Inst &inst) {
  inst.run = match.has(".mbarrier_init") ? fenceMbarriers : fenceProxy;
  return !match.has(".global") || selectNothing(match, inst);
}
