// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

#include <algorithm>
#include <bit>

using namespace gan::sim;

// Takes the last source as the member mask (Inst::members).
static void takeMemberMask(Inst &inst) {
  for (Slot *slot : {&inst.f, &inst.c, &inst.b, &inst.a})
    if (*slot != kNoSlot) {
      inst.members = *slot;
      *slot = kNoSlot;
      return;
    }
}

namespace {
enum class Direction : uint8_t { Up, Down, Butterfly, Index };
} // namespace

// The lane to read from; false in `inRange` where it is outside of the segment,
// and then the lane reads itself.
static unsigned sourceLane(Direction direction, unsigned lane, uint32_t b,
                           uint32_t c, bool &inRange) {
  unsigned by = b & 0x1f, clamp = c & 0x1f, segment = c >> 8 & 0x1f;
  int most = int((lane & segment) | (clamp & ~segment));
  int least = int(lane & segment);
  int from = 0;
  switch (direction) {
  case Direction::Up:
    from = int(lane) - int(by);
    inRange = from >= most;
    break;
  case Direction::Down:
    from = int(lane + by);
    inRange = from <= most;
    break;
  case Direction::Butterfly:
    from = int(lane ^ by);
    inRange = from <= most;
    break;
  case Direction::Index:
    from = least | int(by & ~segment);
    inRange = from <= most;
    break;
  }
  return inRange ? unsigned(from) : lane;
}

// A lane that does not take part has nothing to give.
static void shuffle(Warp &warp, const Inst &inst, uint32_t mask) {
  uint32_t from[kLanes];
  const uint32_t *a = warp.lanes<uint32_t>(inst.a);
  const uint32_t *b = warp.lanes<uint32_t>(inst.b);
  const uint32_t *c = warp.lanes<uint32_t>(inst.c);
  std::copy_n(a, kLanes, from);
  uint32_t given = warp.poison[inst.a] | ~mask;
  uint32_t control = warp.poison[inst.b] | warp.poison[inst.c];
  uint32_t predicate = 0, poisoned = 0;
  uint32_t *d = warp.lanes<uint32_t>(inst.d);
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    bool inRange = false;
    unsigned source =
        sourceLane(Direction(inst.aux), lane, b[lane], c[lane], inRange);
    d[lane] = from[source];
    predicate |= uint32_t(inRange) << lane;
    poisoned |= (given >> source & 1) << lane;
  }
  warp.carry(inst.d, mask, poisoned | control);
  if (inst.e != kNoSlot)
    warp.setPredicate(inst.e, mask, predicate, control);
}

bool gan::sim::selectShuffle(const Match &match, Inst &inst) {
  inst.aux = uint32_t(match.has(".up")     ? Direction::Up
                      : match.has(".down") ? Direction::Down
                      : match.has(".bfly") ? Direction::Butterfly
                                           : Direction::Index);
  takeMemberMask(inst);
  inst.run = shuffle;
  return true;
}

static void storeWord(Warp &warp, Slot slot, uint32_t mask, uint32_t value,
                      uint32_t poisoned) {
  forLanes(warp.lanes<uint32_t>(slot), mask, [=](unsigned) { return value; });
  warp.carry(slot, mask, poisoned);
}

// All lanes get the same answer: one without a value spoils it for all.
static uint32_t anyPoison(const Warp &warp, Slot slot, uint32_t mask) {
  return warp.poison[slot] & mask ? mask : 0;
}

static void vote(Warp &warp, const Inst &inst, uint32_t mask) {
  uint32_t holds = warp.predicate(inst.a) & mask;
  uint32_t poisoned = anyPoison(warp, inst.a, mask);
  bool result = inst.aux == 'a'   ? holds == mask
                : inst.aux == 'o' ? holds != 0
                                  : holds == mask || holds == 0;
  if (inst.aux == 'b')
    storeWord(warp, inst.d, mask, holds, poisoned);
  else
    warp.setPredicate(inst.d, mask, result ? mask : 0, poisoned);
}

template <typename T>
static void matchLanes(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a);
  uint32_t poisoned = anyPoison(warp, inst.a, mask);
  bool all = true;
  for (uint32_t left = mask; left; left &= left - 1)
    all &= a[firstLane(left)] == a[firstLane(mask)];
  if (inst.aux == 'a') { // match.all
    storeWord(warp, inst.d, mask, all ? mask : 0, poisoned);
    if (inst.e != kNoSlot)
      warp.setPredicate(inst.e, mask, all ? mask : 0, poisoned);
    return;
  }
  uint32_t same[kLanes];
  for (unsigned lane = 0; lane < kLanes; ++lane)
    same[lane] = mask & lanesWhere([&](unsigned i) { return a[i] == a[lane]; });
  forLanes(warp.lanes<uint32_t>(inst.d), mask,
           [&](unsigned lane) { return same[lane]; });
  warp.carry(inst.d, mask, poisoned);
}

// The lowest member, and whether it is this lane.
static void elect(Warp &warp, const Inst &inst, uint32_t mask) {
  unsigned leader = firstLane(mask);
  if (inst.d != kNoSlot && inst.d != kSink)
    storeWord(warp, inst.d, mask, leader, 0);
  if (inst.e != kNoSlot)
    warp.setPredicate(inst.e, mask, 1u << leader, 0);
}

static void activeMask(Warp &warp, const Inst &inst, uint32_t mask) {
  storeWord(warp, inst.d, mask, mask, 0);
}

// vote, match, elect and activemask.
bool gan::sim::selectVote(const Match &match, Inst &inst) {
  std::string_view opcode = match.form->opcode;
  if (opcode == "activemask") {
    inst.run = activeMask;
    return true;
  }
  takeMemberMask(inst);
  if (opcode == "elect") {
    inst.run = elect;
  } else if (opcode == "match") {
    inst.aux = match.has(".all") ? 'a' : 'y';
    inst.run = bitsOf(match.types[0]) == 64 ? matchLanes<uint64_t>
                                            : matchLanes<uint32_t>;
  } else {
    inst.aux = match.has(".ballot") ? 'b'
               : match.has(".all")  ? 'a'
               : match.has(".any")  ? 'o'
                                    : 'u';
    inst.run = vote;
  }
  return true;
}

template <typename T, auto F>
static void reduce(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a);
  T sum = a[firstLane(mask)];
  for (uint32_t left = mask & (mask - 1); left; left &= left - 1)
    sum = F(sum, a[firstLane(left)]);
  storeWord(warp, inst.d, mask, uint32_t(sum), anyPoison(warp, inst.a, mask));
}

template <typename T> static Handler extremeOf(const Match &match) {
  if (match.has(".min"))
    return reduce<T, [](T a, T b) { return std::min(a, b); }>;
  return reduce<T, [](T a, T b) { return std::max(a, b); }>;
}

// redux
bool gan::sim::selectReduce(const Match &match, Inst &inst) {
  takeMemberMask(inst);
  if (match.has(".add"))
    inst.run = reduce<uint32_t, [](uint32_t a, uint32_t b) { return a + b; }>;
  else if (match.has(".and"))
    inst.run = reduce<uint32_t, [](uint32_t a, uint32_t b) { return a & b; }>;
  else if (match.has(".or"))
    inst.run = reduce<uint32_t, [](uint32_t a, uint32_t b) { return a | b; }>;
  else if (match.has(".xor"))
    inst.run = reduce<uint32_t, [](uint32_t a, uint32_t b) { return a ^ b; }>;
  else
    inst.run = match.types[0] == Type::S32 ? extremeOf<int32_t>(match)
                                           : extremeOf<uint32_t>(match);
  return true;
}

// bar, barrier and bar.warp.sync; the waiting is done by the warp and the
// block.
bool gan::sim::selectBarrier(const Match &match, Inst &inst) {
  selectNothing(match, inst);
  if (match.has(".warp")) {
    takeMemberMask(inst);
    inst.flags = kBarWarpSync;
    return true;
  }
  bool aligned = match.form->opcode == "bar" || match.has(".aligned");
  inst.flags = uint8_t((aligned ? kAligned : 0) |
                       (match.has(".arrive") ? kArriveOnly : 0));
  if (!match.has(".red"))
    return true;
  inst.aux = match.has(".popc")  ? kVotePopc
             : match.has(".and") ? kVoteAnd
                                 : kVoteOr;
  // d, a [, b], p: the predicate is the last one.
  if (inst.c != kNoSlot)
    return true;
  std::swap(inst.b, inst.c);
  return inst.bits[inst.d == kSink ? 1 : 2] == 1;
}
