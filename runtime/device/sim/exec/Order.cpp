// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Order.h"
#include "runtime/device/sim/exec/Families.h"

using namespace gan::sim;

void gan::sim::release(Warp &warp, bool blockOnly) {
  auto released = std::make_shared<Release>();
  released->known = warp.knows;
  released->known.block[warp.index] = warp.clock;
  released->block = warp.block->linear;
  released->blockOnly = blockOnly;
  warp.released = std::move(released);
  ++warp.clock;
}

void gan::sim::fence(Warp &warp, bool blockOnly) {
  if (warp.acquired)
    warp.knows.join(*warp.acquired);
  warp.acquired = nullptr;
  release(warp, blockOnly);
}

// As another block sees it: all that it knows is remote there.
static Knowledge seenFrom(const Release &release, const Warp &warp) {
  if (release.block == warp.block->linear)
    return release.known;
  Knowledge known;
  known.block.resize(warp.knows.block.size());
  for (const auto &[who, clock] : release.known.remote) {
    if (who >> 16 == warp.block->linear)
      known.block[who & 0xffff] = clock;
    else
      known.remote[who] = clock;
  }
  for (size_t i = 0; i < release.known.block.size(); ++i)
    if (release.known.block[i])
      known.remote[Knowledge::key(release.block, uint32_t(i))] =
          release.known.block[i];
  return known;
}

// Puts what the warp released where `there` is, before what was there.
static void leave(Release &there, const Warp &warp, bool continues) {
  Release before = std::move(there);
  there = warp.released ? *warp.released : Release{};
  if (!continues || before.known.block.empty())
    return;
  if (!warp.released) {
    there = std::move(before);
    return;
  }
  there.known.join(seenFrom(before, warp));
}

void gan::sim::publish(Warp &warp, const Access &access, bool releases,
                       bool continues) {
  if (releases)
    release(warp, /*blockOnly=*/false);
  Block &block = *warp.block;
  bool shared = access.view->space == Space::Shared;
  if (!warp.released &&
      (shared ? block.published.empty() : block.grid->published.empty()))
    return;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    uint64_t offset = access.offset[firstLane(left)];
    leave(shared ? block.published[uint32_t(offset)]
                 : block.grid->published[access.view->start + offset],
          warp, continues);
  }
}

void gan::sim::observe(Warp &warp, const Access &access, bool acquires) {
  Block &block = *warp.block;
  bool shared = access.view->space == Space::Shared;
  if (shared ? block.published.empty() : block.grid->published.empty())
    return;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    uint64_t offset = access.offset[firstLane(left)];
    const Release *found = nullptr;
    if (shared) {
      auto at = block.published.find(uint32_t(offset));
      found = at == block.published.end() ? nullptr : &at->second;
    } else {
      auto at = block.grid->published.find(access.view->start + offset);
      found = at == block.grid->published.end() ? nullptr : &at->second;
    }
    if (!found || found->known.block.empty() ||
        (found->blockOnly && found->block != block.linear))
      continue;
    if (!warp.acquired) {
      warp.acquired = std::make_shared<Knowledge>();
      warp.acquired->block.resize(warp.knows.block.size());
    }
    warp.acquired->join(seenFrom(*found, warp));
  }
  if (acquires && warp.acquired) {
    warp.knows.join(*warp.acquired);
    warp.acquired = nullptr;
  }
}

static void fenceBlock(Warp &warp, const Inst &, uint32_t) {
  fence(warp, /*blockOnly=*/true);
}

static void fenceDevice(Warp &warp, const Inst &, uint32_t) {
  fence(warp, /*blockOnly=*/false);
}

bool gan::sim::selectFence(const Match &match, Inst &inst) {
  inst.run = match.has(".cta") ? fenceBlock : fenceDevice;
  return true;
}

static void nothing(Warp &, const Inst &, uint32_t) {}

// Hints: prefetches, sleeping, registers to be set aside.
bool gan::sim::selectNothing(const Match &match, Inst &inst) {
  inst.run = nothing;
  return true;
}
