// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Proxy.h"

#include <array>
#include <cstring>

using namespace gan::sim;

uint32_t gan::sim::lanesWithoutValue(const Access &access) {
  const Validity *valid = access.view->valid;
  if (!valid || (access.contiguous &&
                 valid->hasRange(access.offset[0], access.bytes * kLanes)))
    return 0;
  // Mostly the lanes keep together, and all between them has a value.
  uint64_t extent = access.most - access.least + access.bytes;
  if (extent < 1024 && valid->hasRange(access.least, extent))
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
  if (stamp.lane != kSeveralLanes)
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

/// An access on its way into the race shadow, row by row.
struct Noting {
  Warp &warp;
  const Access &access;
  const std::byte *from; // of lane 0, or null
  unsigned stride;
  uint8_t kind;

  Stamp stamp(unsigned lane) const {
    Stamp stamp;
    stamp.clock = warp.clock;
    stamp.pc = warp.pc;
    stamp.block = warp.block->linear;
    stamp.warp = uint16_t(warp.index);
    stamp.lane = uint8_t(lane);
    stamp.kind = kind;
    return stamp;
  }
  Actor actor() const {
    Actor actor = warp.actor();
    // What all warps of a block know, other blocks may still not.
    if (access.view->space == Space::Shared)
      actor.everyoneKnows = &warp.block->everyoneKnows;
    return actor;
  }
  const std::byte *source(unsigned lane) const { return from + lane * stride; }
};
} // namespace

// Two unordered writes of the same bytes do no harm: `lanes` write what is
// there already.
static bool harmless(const Noting &noting, uint32_t lanes,
                     const Stamp &before) {
  if (!(before.kind & kWrite) || !noting.from)
    return false;
  for (; lanes; lanes &= lanes - 1) {
    unsigned lane = firstLane(lanes);
    if (std::memcmp(noting.access.at(lane), noting.source(lane),
                    noting.access.bytes) != 0)
      return false;
  }
  return true;
}

static void judge(const Noting &noting, uint32_t lanes,
                  const std::optional<Stamp> &before) {
  if (before && !harmless(noting, lanes, *before))
    reportRace(noting.warp, noting.access, firstLane(lanes), *before,
               noting.kind);
}

// Two lanes of one instruction write one place: whose value stays is open.
static void checkTwice(const Noting &noting, unsigned first, unsigned second) {
  if (!(noting.kind & kWrite) || (noting.kind & kStrong) || !noting.from)
    return;
  if (noting.access.offset[first] == noting.access.offset[second] &&
      std::memcmp(noting.source(first), noting.source(second),
                  noting.access.bytes) == 0)
    return;
  reportRace(noting.warp, noting.access, second, noting.stamp(first),
             noting.kind);
}

static void finishRow(const Noting &noting, uint64_t row, uint32_t lanes,
                      const RowTouch &touch) {
  std::optional<Stamp> before;
  {
    Guard guard(noting.access.view->guard);
    before = noting.access.view->races->touchRow(row, touch, noting.actor());
  }
  judge(noting, lanes, before);
}

static void addLane(const Noting &noting, unsigned lane, unsigned words,
                    RowTouch &touch) {
  unsigned first = unsigned(noting.access.offset[lane] / 4 % 32);
  for (unsigned word = first; word < first + words; ++word) {
    bool twice = touch.words >> word & 1;
    if (twice && touch.lanes[word] != kSeveralLanes)
      checkTwice(noting, touch.lanes[word], lane);
    touch.words |= 1u << word;
    touch.lanes[word] = twice ? kSeveralLanes : uint8_t(lane);
  }
}

// Reads of one word by each lane, all in one row: whoever comes last stands for
// a word at first, then words with several lanes are found.
static void addWords(const Access &access, RowTouch &touch) {
  uint8_t word[kLanes];
  uint32_t words = 0;
  for (unsigned lane = 0; lane < kLanes; ++lane)
    word[lane] = uint8_t(access.offset[lane] / 4 % 32);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    words |= 1u << word[lane];
    touch.lanes[word[lane]] = uint8_t(lane);
  }
  touch.words = words;
  if (std::popcount(words) == std::popcount(access.mask))
    return;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    if (touch.lanes[word[lane]] != lane)
      touch.lanes[word[lane]] = kSeveralLanes;
  }
}

// What most accesses are: each lane its own word of one row.
static bool noteWholeRow(const Noting &noting) {
  const Access &access = noting.access;
  if (!access.contiguous || access.bytes != 4 || access.least % 128)
    return false;
  static constexpr auto kOwn = [] {
    std::array<uint8_t, 32> lanes{};
    for (unsigned i = 0; i < 32; ++i)
      lanes[i] = uint8_t(i);
    return lanes;
  }();
  RowTouch touch;
  touch.stamp = noting.stamp(0);
  touch.words = kAllLanes;
  std::memcpy(touch.lanes, kOwn.data(), 32);
  finishRow(noting, access.least / 128, kAllLanes, touch);
  return true;
}

// Whole words: the lanes are gathered by row.
static void noteRows(const Noting &noting) {
  const Access &access = noting.access;
  if (noteWholeRow(noting))
    return;
  unsigned words = access.bytes / 4;
  bool oneRow = access.least / 128 == access.most / 128;
  bool onePlace = access.least == access.most && !(noting.kind & kWrite);
  uint32_t left = access.mask;
  while (left) {
    uint64_t row = access.offset[firstLane(left)] / 128;
    RowTouch touch;
    touch.stamp = noting.stamp(0);
    uint32_t lanes = 0;
    if (oneRow && words == 1 && !(noting.kind & kWrite)) {
      lanes = left;
      addWords(access, touch);
    } else if (onePlace) {
      // Two lanes stand for all that read the same.
      lanes = left;
      for (uint32_t rest = left, n = 0; rest && n < 2; rest &= rest - 1, ++n)
        addLane(noting, firstLane(rest), words, touch);
    } else {
      for (uint32_t rest = left; rest; rest &= rest - 1) {
        unsigned lane = firstLane(rest);
        if (!oneRow && access.offset[lane] / 128 != row)
          continue;
        lanes |= 1u << lane;
        addLane(noting, lane, words, touch);
      }
    }
    left &= ~lanes;
    finishRow(noting, row, lanes, touch);
  }
}

// Bytes and halves, lane by lane.
static void noteBytes(const Noting &noting) {
  const Access &access = noting.access;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    uint32_t same = 0;
    for (uint32_t rest = left; rest; rest &= rest - 1)
      if (access.offset[firstLane(rest)] == access.offset[lane])
        same |= 1u << firstLane(rest);
    for (uint32_t rest = same & (same - 1); rest; rest &= rest - 1)
      checkTwice(noting, lane, firstLane(rest));
    unsigned as = same & (same - 1) ? kSeveralLanes : lane;
    left &= ~same | 1u << lane;
    std::optional<Stamp> before;
    {
      Guard guard(access.view->guard);
      before = access.view->races->touchBytes(access.offset[lane], access.bytes,
                                              noting.stamp(as), noting.actor());
    }
    judge(noting, 1u << lane, before);
  }
}

static void note(const Noting &noting) {
  if (!noting.warp.block->pending.empty())
    for (uint32_t left = noting.access.mask; left; left &= left - 1)
      checkPending(noting.warp, noting.access, firstLane(left));
  if (!noting.access.view->races)
    return;
  // An access is aligned to its width, so that it lies in one row.
  if (noting.access.bytes % 4 == 0)
    noteRows(noting);
  else
    noteBytes(noting);
}

void gan::sim::noteReads(Warp &warp, const Access &access, uint8_t kind) {
  note({warp, access, nullptr, 0, kind});
}

void gan::sim::noteAsyncWrites(Warp &warp, const Access &access) {
  note({warp, access, nullptr, 0, kWrite});
}

void gan::sim::noteWrites(Warp &warp, const Access &access,
                          const std::byte *from, unsigned stride,
                          uint8_t kind) {
  note({warp, access, from, stride, kind});
  if (access.view->space == Space::Shared)
    for (uint32_t left = access.mask; left; left &= left - 1)
      noteGenericWrite(warp, access.offset[firstLane(left)] / 4,
                       (access.bytes + 3) / 4);
}
