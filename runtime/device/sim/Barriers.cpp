// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Block.h"

#include <algorithm>

using namespace gan::sim;

static uint32_t wholeWarps(uint32_t threads) {
  return (threads + kLanes - 1) / kLanes * kLanes;
}

// Without a count all threads that have not exited. An aligned barrier counts
// warps, whatever lanes of them are left.
uint32_t Block::expectedThreads(const Barrier &barrier) const {
  if (barrier.expected)
    return barrier.expected;
  uint32_t sum = 0;
  for (const Warp &warp : warps)
    sum += warp.live ? kLanes : 0;
  return sum;
}

// Arrivals of a warp that has partly exited count in full once all that is left
// of it is there.
static uint32_t weight(const Warp &warp, uint32_t mask, uint32_t before) {
  bool complete = ((before | mask) & warp.live) == warp.live;
  uint32_t own = unsigned(std::popcount(mask));
  return complete ? kLanes - unsigned(std::popcount(before)) : own;
}

static uint32_t arrivedLanes(const Barrier &barrier, uint32_t warp) {
  uint32_t lanes = 0;
  for (const Barrier::Waiter &waiter : barrier.waiters)
    if (waiter.warp == warp)
      lanes |= waiter.mask;
  return lanes;
}

void Block::vote(Barrier &barrier, Warp &warp, const Inst &inst,
                 uint32_t mask) {
  if (inst.c == kNoSlot)
    return;
  barrier.trueVotes += unsigned(std::popcount(warp.predicate(inst.c) & mask));
  barrier.voters += unsigned(std::popcount(mask));
}

// Reads the first lane: PTX wants the operands the same in the whole warp.
static uint32_t uniform(const Warp &warp, Slot slot, uint32_t mask,
                        uint32_t otherwise) {
  return slot == kNoSlot ? otherwise
                         : warp.lanes<uint32_t>(slot)[firstLane(mask)];
}

void Block::arrive(Warp &warp, const Inst &inst, uint32_t mask) {
  uint32_t here = uint32_t(&inst - warp.program->code.data());
  uint32_t saved = std::exchange(warp.pc, here);
  uint32_t id = uniform(warp, inst.a, mask, 0);
  uint32_t count = uniform(warp, inst.b, mask, 0);
  bool bad = id >= barriers.size() || count % kLanes ||
             count > wholeWarps(threads) ||
             ((inst.flags & kArriveOnly) && count == 0);
  Barrier *barrier = bad ? nullptr : &barriers[id];
  if (bad) {
    warp.report(Fault::BarrierMismatch, firstLane(mask),
                "barrier " + std::to_string(id) + " for " +
                    std::to_string(count) + " threads in a block of " +
                    std::to_string(threads),
                "barriers are 0 to 15, counts multiples of 32");
    stopped = true;
  } else if (barrier->arrived && barrier->expected != count) {
    warp.report(
        Fault::BarrierMismatch, firstLane(mask),
        "barrier " + std::to_string(id) + " for " + std::to_string(count) +
            " threads, at line " +
            std::to_string(warp.program->origins[barrier->firstPc].line) +
            " for " + std::to_string(barrier->expected),
        "give all arrivals of one barrier the same count");
    stopped = true;
  }
  warp.pc = saved;
  if (stopped)
    return;
  if (barrier->arrived == 0)
    barrier->firstPc = here;
  barrier->expected = count;
  barrier->arrived += weight(warp, mask, arrivedLanes(*barrier, warp.index));
  if (barrier->known.block.empty())
    barrier->known.block.resize(warps.size());
  barrier->known.join(warp.knows);
  barrier->known.block[warp.index] = warp.clock;
  ++warp.clock;
  vote(*barrier, warp, inst, mask);
  if (!(inst.flags & kArriveOnly))
    barrier->waiters.push_back({warp.index, mask, here});
  releaseBarriers();
}

void Block::releaseBarriers() {
  for (Barrier &barrier : barriers)
    if (barrier.arrived && barrier.arrived >= expectedThreads(barrier))
      release(barrier);
}

// The result of bar.red: a count, or a predicate.
static void storeVote(const Barrier &barrier, Warp &warp, const Inst &inst,
                      uint32_t mask) {
  if (inst.c == kNoSlot)
    return;
  if (inst.aux == kVotePopc) {
    warp.carry(inst.d, mask, 0);
    for (uint32_t left = mask; left; left &= left - 1)
      warp.lanes<uint32_t>(inst.d)[firstLane(left)] = barrier.trueVotes;
    return;
  }
  bool result = inst.aux == kVoteAnd ? barrier.trueVotes == barrier.voters
                                     : barrier.trueVotes > 0;
  warp.setPredicate(inst.d, mask, result ? mask : 0, 0);
}

void Block::release(Barrier &barrier) {
  Barrier done = std::exchange(barrier, {});
  uint32_t lanes = 0, present = 0;
  for (const Warp &warp : warps)
    lanes += unsigned(std::popcount(warp.live));
  for (const Barrier::Waiter &waiter : done.waiters)
    present += unsigned(std::popcount(waiter.mask));
  if (lanes == present)
    for (size_t i = 0; i < warps.size(); ++i)
      everyoneKnows[i] = std::max(everyoneKnows[i], done.known.block[i]);
  for (const Barrier::Waiter &waiter : done.waiters) {
    Warp &warp = warps[waiter.warp];
    warp.knows.join(done.known);
    storeVote(done, warp, warp.program->code[waiter.pc], waiter.mask);
    for (Group &group : warp.groups)
      if (group.state == Group::State::Blocked && group.mask == waiter.mask)
        group.state = Group::State::Ready;
  }
}
