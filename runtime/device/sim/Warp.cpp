// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Warp.h"
#include "runtime/device/sim/Block.h"

#include <algorithm>
#include <cstring>

using namespace gan::sim;

// So many branches a diverged warp runs its lowest group first; then the groups
// take turns, so that one that waits for another does not wait for ever.
constexpr uint64_t kPatience = 1 << 14;

void Warp::begin(uint32_t lanes) {
  live = mask = lanes;
  pc = 0;
  stop = kNoSlot;
  groups.clear();
  executed = sinceMerge = 0;
  proxyFences = 0;
  clock = 1;
  knows.block.assign(block->warps.size(), 0);
  knows.remote.clear();
  released = nullptr;
  acquired = nullptr;
}

bool Warp::isReady() const {
  return mask != 0 ||
         std::any_of(groups.begin(), groups.end(), [](const Group &group) {
           return group.state == Group::State::Ready;
         });
}

Actor Warp::actor() const {
  return {block->linear, clock, uint16_t(index), &knows, nullptr};
}

void Warp::run(uint64_t budget) {
  const Inst *code = program->code.data();
  uint64_t before = executed;
  uint64_t end = executed + budget;
  while (executed < end && !block->stopped) {
    if (mask == 0 && !pickGroup())
      break;
    const Inst &inst = code[pc];
    ++executed;
    if (inst.flow != Flow::Plain) {
      step(inst);
      continue;
    }
    uint32_t active = inst.guard == kNoSlot ? mask : guarded(inst);
    count(inst, active);
    if (active)
      inst.run(*this, inst, active);
    if (++pc >= stop)
      park(Group::State::Ready, pc);
  }
  block->executed += executed - before;
}

inline void Warp::count(const Inst &inst, uint32_t active) {
  Count &counted = block->counters.byInst[pc];
  ++counted.issued;
  counted.lanes += unsigned(std::popcount(active));
}

// The lanes of the group for which the guard holds.
uint32_t Warp::guarded(const Inst &inst) {
  if ((poison[inst.guard] & mask) && block->grid->options.uninitialised &&
      !reported(Fault::Uninitialised))
    report(Fault::Uninitialised, firstLane(poison[inst.guard] & mask),
           "the predicate that guards this instruction depends on a value "
           "that was never written",
           "write the register or the memory it comes from first");
  uint32_t holds = predicate(inst.guard);
  return (inst.guardNegated ? ~holds : holds) & mask;
}

// Everything but plain instructions.
void Warp::step(const Inst &inst) {
  uint32_t active = inst.guard == kNoSlot ? mask : guarded(inst);
  // What synchronises is counted once it goes on.
  if (active == 0 ||
      (inst.flow != Flow::WarpSync && inst.flow != Flow::BlockSync))
    count(inst, active);
  if (active == 0) {
    jump(pc + 1);
    return;
  }
  switch (inst.flow) {
  case Flow::Branch:
    return branch(inst, active);
  case Flow::BranchTable:
    return branchTable(inst, active);
  case Flow::Exit:
    return exit(active);
  case Flow::Trap:
    return trap(inst, active);
  case Flow::WarpSync:
    return gather(inst, active);
  case Flow::BlockSync:
    return enterBarrier(inst, active);
  case Flow::Clock:
    refreshClock();
    [[fallthrough]];
  case Flow::Plain:
    inst.run(*this, inst, active);
    jump(pc + 1);
  }
}

void Warp::refreshClock() {
  for (const Program::SpecialSlot &special : program->specials) {
    if (special.what != Special::Clock)
      continue;
    for (unsigned lane = 0; lane < kLanes; ++lane)
      writeLane(special.slot, special.bits, lane, executed);
  }
}

// The group goes on at `to`; others may be there, or be due before it.
void Warp::jump(uint32_t to) {
  pc = to;
  if (groups.empty())
    return;
  ++sinceMerge;
  park(Group::State::Ready, to);
}

// Puts the running group among the others. One that is ready joins those at the
// same place.
void Warp::park(Group::State state, uint32_t at) {
  if (state != Group::State::Blocked) {
    for (Group &group : groups) {
      if (group.pc != at || group.state == Group::State::Blocked)
        continue;
      group.mask |= mask;
      group.state = Group::State::Ready;
      sinceMerge = 0;
      mask = 0;
      return;
    }
  }
  groups.push_back({at, mask, state});
  mask = 0;
}

// The lowest group that can run, or each in turn where that leads nowhere.
bool Warp::pickGroup() {
  std::sort(groups.begin(), groups.end(),
            [](const Group &a, const Group &b) { return a.pc < b.pc; });
  size_t ready = size_t(
      std::count_if(groups.begin(), groups.end(), [](const Group &group) {
        return group.state == Group::State::Ready;
      }));
  if (ready == 0)
    return releaseWarpBarrier() && pickGroup();
  size_t turn = sinceMerge < kPatience ? 0 : (sinceMerge >> 10) % ready;
  auto chosen = std::find_if(groups.begin(), groups.end(), [&](const Group &g) {
    return g.state == Group::State::Ready && turn-- == 0;
  });
  pc = chosen->pc;
  mask = chosen->mask;
  groups.erase(chosen);
  findStop();
  return true;
}

// Where the running group may meet another one.
void Warp::findStop() {
  stop = kNoSlot;
  for (const Group &group : groups)
    if (group.state != Group::State::Blocked && group.pc > pc)
      stop = std::min(stop, group.pc);
}

void Warp::branch(const Inst &inst, uint32_t active) {
  if (active == mask)
    return jump(inst.target);
  ++block->counters.byInst[pc].diverged;
  uint32_t rest = mask & ~active;
  uint32_t next = pc + 1;
  mask = active;
  park(Group::State::Ready, inst.target);
  mask = rest;
  jump(next);
}

void Warp::branchTable(const Inst &inst, uint32_t active) {
  uint32_t left = active;
  uint32_t next = pc + 1, rest = mask & ~active;
  const uint32_t *index = lanes<uint32_t>(inst.a);
  while (left) {
    uint32_t entry = index[firstLane(left)];
    if (entry >= inst.aux) {
      report(Fault::BadOperand, firstLane(left),
             "brx.idx takes target " + std::to_string(entry) + " of " +
                 std::to_string(inst.aux),
             "");
      return exit(mask);
    }
    uint32_t same = 0;
    for (unsigned lane = 0; lane < kLanes; ++lane)
      same |= uint32_t(index[lane] == entry) << lane;
    mask = same & left;
    left &= ~same;
    park(Group::State::Ready, program->pool[inst.list + entry]);
  }
  if (rest) {
    mask = rest;
    park(Group::State::Ready, next);
  }
}

// Whoever waits for these lanes waits no longer.
void Warp::exit(uint32_t lanes) {
  live &= ~lanes;
  mask &= ~lanes;
  for (Group &group : groups)
    if (group.state == Group::State::Gathering)
      group.state = Group::State::Ready;
  if (mask)
    jump(pc + 1);
  if (live == 0)
    block->releaseBarriers();
}

void Warp::trap(const Inst &inst, uint32_t active) {
  if (!reported(Fault::Trap))
    report(Fault::Trap, firstLane(active),
           inst.aux ? "an assertion of the kernel failed"
                    : "the kernel executed trap",
           "");
  block->stopped = true;
}

// The lanes of `active` that pass the same member mask as its first, and the
// live ones among those that the mask names.
bool Warp::memberMask(const Inst &inst, uint32_t active, uint32_t &together,
                      uint32_t &members) {
  together = active;
  members = live;
  if (inst.members == kNoSlot)
    return true;
  const uint32_t *masks = lanes<uint32_t>(inst.members);
  uint32_t first = masks[firstLane(active)];
  for (uint32_t left = active; left; left &= left - 1)
    if (masks[firstLane(left)] != first)
      together &= ~(1u << firstLane(left));
  members = first & live;
  uint32_t lacking = together & ~first;
  uint32_t named = first & active & ~together;
  if (!lacking && !named)
    return true;
  if (!reported(Fault::WarpSync))
    report(Fault::WarpSync, firstLane(lacking ? lacking : named),
           lacking ? "the lane executes this with a member mask that lacks it"
                   : "lanes that name each other pass different member masks",
           "all lanes that a mask names must pass the same mask");
  block->stopped = true;
  return false;
}

// Runs a .sync instruction once all lanes that it names are here; lanes with
// disjoint masks by themselves. Lanes whose guard is false go on without.
void Warp::gather(const Inst &inst, uint32_t active) {
  uint32_t here = pc, ready = mask & ~active, waiting = 0;
  bool hasRun = false; // else nothing was synchronised
  for (uint32_t left = active; left;) {
    uint32_t members = 0, together = 0;
    if (!memberMask(inst, left, together, members))
      return;
    left &= ~together;
    if (members & ~together) {
      waiting |= together;
      continue;
    }
    count(inst, together);
    inst.run(*this, inst, together);
    ready |= together;
    hasRun = true;
  }
  clock += hasRun;
  if (waiting) {
    mask = waiting;
    park(Group::State::Gathering, here);
  }
  mask = ready;
  if (ready)
    jump(here + 1);
}

// bar.warp.sync may be executed at several places at once: together they
// release each other.
bool Warp::releaseWarpBarrier() {
  for (const Group &first : groups) {
    const Inst &inst = program->code[first.pc];
    if (first.state != Group::State::Gathering || !(inst.flags & kBarWarpSync))
      continue;
    uint32_t members = 0, here = 0;
    uint32_t wanted = lanes<uint32_t>(inst.members)[firstLane(first.mask)];
    for (const Group &group : groups) {
      const Inst &other = program->code[group.pc];
      if (group.state == Group::State::Gathering &&
          (other.flags & kBarWarpSync) &&
          lanes<uint32_t>(other.members)[firstLane(group.mask)] == wanted)
        here |= group.mask;
    }
    members = wanted & live;
    if (members & ~here)
      continue;
    for (Group &group : groups)
      if (group.mask & here) {
        pc = group.pc;
        count(inst, group.mask);
        group.state = Group::State::Ready;
        ++group.pc;
      }
    ++clock;
    return true;
  }
  return false;
}

// An aligned barrier takes the warp as a whole, others whoever comes.
void Warp::enterBarrier(const Inst &inst, uint32_t active) {
  uint32_t rest = mask & ~active;
  uint32_t here = pc;
  mask = active;
  if ((inst.flags & kAligned) && active != live) {
    park(Group::State::Gathering, here);
  } else {
    count(inst, active);
    if (!(inst.flags & kArriveOnly))
      park(Group::State::Blocked, here + 1);
    block->arrive(*this, inst, active);
    if (inst.flags & kArriveOnly)
      jump(here + 1);
  }
  if (rest) {
    if (mask)
      park(Group::State::Ready, pc);
    mask = rest;
    jump(here + 1);
  }
}

bool Warp::reported(Fault fault) {
  return block->findings.again(fault, pc) != nullptr;
}

void Warp::report(Fault fault, unsigned lane, const std::string &what,
                  const std::string &advice) {
  Finding finding = findingAt(*program, fault, pc);
  finding.block = block->at;
  finding.warp = index;
  finding.lane = lane;
  finding.what = what;
  finding.advice = advice;
  block->findings.add(std::move(finding), pc);
}
