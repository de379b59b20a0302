// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Access.h"

#include <algorithm>

using namespace gan::sim;

// Sectors of 32 bytes that the lanes touch, and those that their bytes would
// fill.
static void countSectors(const Access &access, Count &count) {
  uint64_t start = access.view->start;
  if (access.contiguous) {
    uint64_t first = start + access.offset[0];
    uint64_t last = first + access.bytes * kLanes - 1;
    count.sectors += last / 32 - first / 32 + 1;
    count.idealSectors += access.bytes; // 32 lanes of them
    return;
  }
  uint64_t addresses[kLanes];
  size_t n = 0;
  bool sorted = true;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    addresses[n] = start + access.offset[firstLane(left)];
    sorted &= n == 0 || addresses[n] >= addresses[n - 1];
    ++n;
  }
  if (!sorted)
    std::sort(addresses, addresses + n);
  n = size_t(std::unique(addresses, addresses + n) - addresses);
  uint64_t sectors = 0, next = 0; // first sector not counted yet
  for (size_t i = 0; i < n; ++i) {
    uint64_t first = std::max(addresses[i] / 32, next);
    uint64_t end = (addresses[i] + access.bytes - 1) / 32 + 1;
    sectors += end > first ? end - first : 0;
    next = std::max(next, end);
  }
  count.sectors += sectors;
  count.idealSectors += (n * access.bytes + 31) / 32;
}

// Distinct words of one bank are served one after the other; the same word
// serves all. Accesses of 8 bytes go in halves of the warp, of 16 in quarters.
static void countWavefronts(const Access &access, Count &count) {
  unsigned passes = access.bytes <= 4 ? 1 : access.bytes <= 8 ? 2 : 4;
  unsigned lanesEach = kLanes / passes, words = (access.bytes + 3) / 4;
  // Words that lie within 32 of each other are in different banks.
  bool easy = access.contiguous && access.offset[0] % 128 == 0;
  if (easy || (passes == 1 && access.most / 4 - access.least / 4 < 32)) {
    count.wavefronts += passes;
    count.idealWavefronts += passes;
    return;
  }
  for (unsigned pass = 0; pass < passes; ++pass) {
    uint64_t held[32][32]; // words met so far, by bank
    unsigned filled[32] = {};
    unsigned most = 0;
    for (unsigned i = 0; i < lanesEach; ++i) {
      unsigned lane = pass * lanesEach + i;
      if (!(access.mask >> lane & 1))
        continue;
      for (unsigned w = 0; w < words; ++w) {
        uint64_t word = access.offset[lane] / 4 + w;
        unsigned bank = word % 32;
        uint64_t *end = held[bank] + filled[bank];
        if (std::find(held[bank], end, word) == end)
          held[bank][filled[bank]++ % 32] = word;
        most = std::max(most, filled[bank]);
      }
    }
    count.wavefronts += most;
    count.idealWavefronts += most > 0;
  }
}

void gan::sim::countAccess(Warp &warp, const Inst &inst, const Access &access) {
  Count &count = warp.block->counters.byInst[warp.pc];
  if (access.view->space == Space::Global)
    countSectors(access, count);
  else if (access.view->space == Space::Shared)
    countWavefronts(access, count);
}
