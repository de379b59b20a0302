// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Access.h"

#include <algorithm>
#include <cstring>

using namespace gan::sim;

uint32_t gan::sim::lanesWithoutValue(const Access &access) {
  const Validity *valid = access.view->valid;
  if (!valid || (access.contiguous &&
                 valid->hasRange(access.offset[0], access.bytes * kLanes)))
    return 0;
  // Mostly the lanes keep together, and all between them has a value.
  uint64_t least = ~uint64_t(0), most = 0;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    least = std::min(least, access.offset[firstLane(left)]);
    most = std::max(most, access.offset[firstLane(left)]);
  }
  if (most - least < 1024 &&
      valid->hasRange(least, most - least + access.bytes))
    return 0;
  uint32_t missing = 0;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    if (!valid->has(access.offset[lane], access.bytes))
      missing |= 1u << lane;
  }
  return missing;
}

static std::string whoDid(const Warp &warp, const Stamp &stamp) {
  const char *verb = stamp.kind & kWrite ? "write" : "read";
  std::string text = std::string(verb) + " at line " +
                     std::to_string(warp.program->origins[stamp.pc].line) +
                     " by ";
  if (stamp.lane != kSeveralLanes && !stamp.row)
    text += "lane " + std::to_string(stamp.lane) + " of ";
  text += "warp " + std::to_string(stamp.warp);
  if (stamp.block != warp.block->linear)
    text += " of block " + std::to_string(stamp.block);
  return text;
}

static void reportRace(Warp &warp, const Access &access, unsigned lane,
                       const Stamp &before, uint8_t kind) {
  bool shared = access.view->space == Space::Shared;
  Fault fault = shared ? Fault::SharedRace : Fault::GlobalRace;
  if (warp.reported(fault))
    return;
  std::string where =
      shared ? "shared memory at offset " +
                   std::to_string(access.offset[lane] - access.view->low)
             : "'" + access.view->allocation->name + "' at byte " +
                   std::to_string(access.offset[lane]);
  bool sameWarp =
      before.warp == warp.index && before.block == warp.block->linear;
  warp.report(fault, lane,
              std::string(kind & kWrite ? "write" : "read") + " of " + where +
                  " is not ordered after the " + whoDid(warp, before),
              before.block != warp.block->linear
                  ? "order blocks by a release and an acquire, or use atomics"
              : sameWarp ? "put bar.warp.sync between them"
                         : "put a barrier between them");
}

// A cp.async to one of these words is still under way.
static void checkPending(Warp &warp, const Access &access, unsigned lane) {
  std::vector<uint32_t> &pending = warp.block->pending;
  if (access.view->space != Space::Shared || pending.empty())
    return;
  uint64_t first = access.offset[lane] / 4;
  uint64_t last = (access.offset[lane] + access.bytes - 1) / 4;
  for (uint64_t word = first; word <= last; ++word) {
    if (!pending[word])
      continue;
    if (!warp.reported(Fault::MissingWait))
      warp.report(
          Fault::MissingWait, lane,
          "shared memory at offset " +
              std::to_string(access.offset[lane] - access.view->low) +
              " is the destination of the cp.async at line " +
              std::to_string(warp.program->origins[pending[word] - 1].line) +
              ", which nobody has waited for",
          "wait for its group, then pass a barrier");
    return;
  }
}

static Stamp stampOf(const Warp &warp, unsigned lane, uint8_t kind) {
  Stamp stamp;
  stamp.clock = warp.clock;
  stamp.pc = warp.pc;
  stamp.block = warp.block->linear;
  stamp.warp = uint16_t(warp.index);
  stamp.lane = uint8_t(lane);
  stamp.kind = kind;
  return stamp;
}

namespace {
/// Holds the lock of a view's shadow where there is one.
class Guard {
public:
  explicit Guard(std::mutex *mutex) : mutex(mutex) {
    if (mutex)
      mutex->lock();
  }
  ~Guard() {
    if (mutex)
      mutex->unlock();
  }
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;

private:
  std::mutex *mutex;
};
} // namespace

// Whole rows of 128 bytes, each word of one lane.
static bool isRows(const Access &access) {
  return access.contiguous && access.offset[0] % 128 == 0 &&
         access.bytes >= 4 && std::has_single_bit(access.bytes);
}

static std::optional<Stamp> touchRows(Warp &warp, const Access &access,
                                      uint8_t kind) {
  Stamp stamp = stampOf(warp, 0, kind);
  stamp.row = true;
  stamp.shift = uint8_t(std::countr_zero(access.bytes) - 2);
  Guard guard(access.view->guard);
  return access.view->races->touchRows(access.offset[0], access.bytes * kLanes,
                                       stamp, warp.actor());
}

static std::optional<Stamp> touchLane(Warp &warp, const Access &access,
                                      unsigned lane, unsigned as,
                                      uint8_t kind) {
  Guard guard(access.view->guard);
  return access.view->races->touch(access.offset[lane], access.bytes,
                                   stampOf(warp, as, kind), warp.actor());
}

// Lanes that read the same place are noted once: neighbours and those 16 apart
// are how tiles are read.
static void noteByPlace(Warp &warp, const Access &access, uint8_t kind) {
  uint32_t left = access.mask;
  while (left) {
    unsigned lane = firstLane(left);
    uint64_t place = access.offset[lane];
    uint32_t same = 0;
    for (unsigned i = 0; i < kLanes; ++i)
      same |= uint32_t(access.offset[i] == place) << i;
    same &= left;
    left &= ~same;
    unsigned as = same & (same - 1) ? kSeveralLanes : lane;
    if (auto before = touchLane(warp, access, lane, as, kind))
      reportRace(warp, access, lane, *before, kind);
  }
}

void gan::sim::noteReads(Warp &warp, const Inst &inst, const Access &access,
                         uint8_t kind) {
  if (!warp.block->pending.empty())
    for (uint32_t left = access.mask; left; left &= left - 1)
      checkPending(warp, access, firstLane(left));
  if (!access.view->races)
    return;
  if (isRows(access)) {
    if (std::optional<Stamp> before = touchRows(warp, access, kind))
      reportRace(warp, access, 0, *before, kind);
    return;
  }
  noteByPlace(warp, access, kind);
}

// Two unordered writes of the same bytes do no harm.
static bool harmless(const Access &access, unsigned lane, const Stamp &before,
                     const std::byte *from, unsigned bytes) {
  return (before.kind & kWrite) && from &&
         std::memcmp(access.at(lane), from, bytes) == 0;
}

void gan::sim::noteWrite(Warp &warp, const Inst &inst, const Access &access,
                         unsigned lane, const std::byte *from, uint8_t kind) {
  checkPending(warp, access, lane);
  if (!access.view->races)
    return;
  std::optional<Stamp> before = touchLane(warp, access, lane, lane, kind);
  if (before && !harmless(access, lane, *before, from, access.bytes))
    reportRace(warp, access, lane, *before, kind);
}

bool gan::sim::noteWholeWrite(Warp &warp, const Inst &inst,
                              const Access &access, const std::byte *from,
                              uint8_t kind) {
  if (!access.contiguous || !warp.block->pending.empty())
    return false;
  if (!access.view->races)
    return true;
  if (!isRows(access))
    return false;
  std::optional<Stamp> before = touchRows(warp, access, kind);
  if (before && !harmless(access, 0, *before, from, access.bytes * kLanes))
    reportRace(warp, access, 0, *before, kind);
  return true;
}
