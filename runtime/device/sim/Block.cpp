// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Block.h"
#include "runtime/device/sim/Windows.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/TensorCopy.h"

#include <algorithm>
#include <cstring>

using namespace gan::sim;

// Instructions after which another warp has its turn.
constexpr uint64_t kSlice = 4096;

void Block::prepare(Grid &shared_) {
  grid = &shared_;
  const Program &program = grid->program;
  threads = uint32_t(grid->shape.block.count());
  size_t count = (threads + kLanes - 1) / kLanes;
  size_t fileBytes = size_t(program.units) * kUnit;
  warps.resize(count);
  files.resize(count * fileBytes + kUnit);
  poisons.resize(count * program.units);
  counters.byInst.resize(program.code.size());
  lastAllocation.resize(program.code.size());
  shared.resize(kSharedStart + program.sharedBytes + grid->shape.dynamicShared);
  if (program.copiesAsync)
    async.resize(threads);
  local.resize(size_t(threads) * program.localBytes);
  freshPoison.assign(program.units, kAllLanes);
  for (const Program::Constant &constant : program.constants)
    freshPoison[constant.slot] = 0;
  for (const Program::SpecialSlot &special : program.specials)
    freshPoison[special.slot] = 0;
  size_t shift = -reinterpret_cast<uintptr_t>(files.data()) % kUnit;
  for (size_t i = 0; i < count; ++i) {
    Warp &warp = warps[i];
    warp.block = this;
    warp.program = &program;
    warp.index = uint32_t(i);
    warp.file = files.data() + shift + i * fileBytes;
    warp.poison = poisons.data() + i * program.units;
    prepareWarp(warp);
  }
}

static void fill(Warp &warp, Slot slot, unsigned bits, uint64_t value) {
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    if (bits == 1)
      warp.predicate(slot) = value & 1 ? kAllLanes : 0;
    else
      warp.writeLane(slot, bits, lane, value);
  }
}

static Dim3 unravel(uint32_t linear, const Dim3 &shape) {
  return {linear % shape.x, linear / shape.x % shape.y,
          linear / shape.x / shape.y};
}

static uint64_t specialValue(const Block &block, Special what, uint32_t warp,
                             uint32_t lane) {
  const LaunchShape &shape = block.grid->shape;
  Dim3 tid = unravel(warp * kLanes + lane, shape.block);
  uint32_t bit = uint32_t(1) << lane;
  switch (what) {
  case Special::TidX:
    return tid.x;
  case Special::TidY:
    return tid.y;
  case Special::TidZ:
    return tid.z;
  case Special::NtidX:
    return shape.block.x;
  case Special::NtidY:
    return shape.block.y;
  case Special::NtidZ:
    return shape.block.z;
  case Special::CtaidX:
    return block.at.x;
  case Special::CtaidY:
    return block.at.y;
  case Special::CtaidZ:
    return block.at.z;
  case Special::NctaidX:
    return shape.grid.x;
  case Special::NctaidY:
    return shape.grid.y;
  case Special::NctaidZ:
    return shape.grid.z;
  case Special::LaneId:
    return lane;
  case Special::WarpId:
    return warp;
  case Special::NwarpId:
    return 64;
  case Special::NsmId:
    return 1;
  case Special::LaneMaskEq:
    return bit;
  case Special::LaneMaskLe:
    return bit | (bit - 1);
  case Special::LaneMaskLt:
    return bit - 1;
  case Special::LaneMaskGe:
    return ~(bit - 1);
  case Special::LaneMaskGt:
    return uint32_t(~(bit - 1)) & ~bit;
  case Special::DynamicSmemSize:
    return shape.dynamicShared;
  case Special::TotalSmemSize:
    return block.grid->program.sharedBytes + shape.dynamicShared;
  case Special::ClusterOne:
    return 1;
  case Special::SmId:
  case Special::GridId:
  case Special::ClusterZero:
  case Special::Clock:
    return 0;
  }
  return 0;
}

static bool changesWithBlock(Special what) {
  return what == Special::CtaidX || what == Special::CtaidY ||
         what == Special::CtaidZ;
}

// Those that are the same in every lane of a block change with it, the others
// are set once.
void Block::setSpecials(Warp &warp, bool all) {
  for (const Program::SpecialSlot &special : warp.program->specials) {
    if (changesWithBlock(special.what)) {
      fill(warp, special.slot, special.bits,
           specialValue(*this, special.what, warp.index, 0));
      continue;
    }
    for (uint32_t lane = 0; all && lane < kLanes; ++lane)
      warp.writeLane(special.slot, special.bits, lane,
                     specialValue(*this, special.what, warp.index, lane));
  }
}

// What stays as it is from block to block.
void Block::prepareWarp(Warp &warp) {
  for (const Program::Constant &constant : warp.program->constants)
    fill(warp, constant.slot, constant.bits, constant.value);
  setSpecials(warp, /*all=*/true);
}

void Block::begin(uint32_t number) {
  linear = number;
  at = unravel(number, grid->shape.grid);
  random = grid->options.seed * 0x9e3779b97f4a7c15 + number + 1;
  executed = 0;
  turn = grid->options.schedule == Schedule::Reverse ? warps.size() - 1 : 0;
  stopped = false;
  findings = {};
  published.clear();
  barriers.fill({});
  mbarriers.clear();
  bulkCopies.clear();
  std::fill(async.begin(), async.end(), AsyncQueue{});
  pending.assign(grid->program.copiesAsync ? shared.size() / 4 + 1 : 0, 0);
  bool proxy = grid->program.hasAsyncProxy;
  genericWrites.assign(proxy ? shared.size() / 4 + 1 : 0, {});
  fencedWrites.assign(proxy ? warps.size() : 0, 0);
  products.assign(proxy ? warps.size() : 0, {});
  sharedValid.reset(shared.size());
  sharedRaces.reset(shared.size());
  everyoneKnows.assign(warps.size(), 0);
  localValid.reset(local.size());
  for (Warp &warp : warps) {
    std::memcpy(warp.poison, freshPoison.data(), freshPoison.size() * 4);
    setSpecials(warp, /*all=*/false);
    uint32_t left = threads - warp.index * kLanes;
    warp.begin(left >= kLanes ? kAllLanes : (uint32_t(1) << left) - 1);
  }
}

bool Block::done() const {
  return stopped || std::all_of(warps.begin(), warps.end(),
                                [](const Warp &warp) { return warp.done(); });
}

static uint64_t nextRandom(uint64_t &state) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

// The warp whose turn it is and how far it may go; null where none can.
Warp *Block::nextWarp(uint64_t &slice) {
  size_t count = warps.size();
  Schedule schedule = grid->options.schedule;
  slice = kSlice;
  size_t first = turn;
  if (schedule == Schedule::Random) {
    slice = 1 + nextRandom(random) % 128;
    first = nextRandom(random) % count;
  } else if (schedule == Schedule::OneAhead) {
    slice = 16 * kSlice;
  }
  bool backwards = schedule == Schedule::Reverse;
  for (size_t i = 0; i < count; ++i) {
    size_t at = backwards ? (first + count - i) % count : (first + i) % count;
    if (warps[at].done() || !warps[at].isReady())
      continue;
    turn = backwards ? (at + count - 1) % count : (at + 1) % count;
    if (schedule == Schedule::OneAhead && warps[at].executed % slice)
      turn = 0;
    return &warps[at];
  }
  return nullptr;
}

bool Block::run(uint64_t budget) {
  uint64_t before = executed;
  while (executed - before < budget && !done()) {
    uint64_t slice = 0;
    Warp *warp = nextWarp(slice);
    if (!warp)
      break;
    warp->run(slice);
  }
  return executed != before;
}

static void reportAt(Block &block, Warp &warp, uint32_t pc, Fault fault,
                     uint32_t mask, const std::string &what,
                     const std::string &advice) {
  warp.pc = pc;
  if (!warp.reported(fault))
    warp.report(fault, firstLane(mask), what, advice);
}

static std::string lineOf(const Warp &warp, uint32_t pc) {
  return std::to_string(warp.program->origins[pc].line);
}

// Where the other lanes of a warp are, for those that wait at `pc`.
static std::string others(const Warp &warp, const Group &self) {
  std::string text;
  for (const Group &group : warp.groups)
    if (&group != &self)
      text += ", " + std::to_string(std::popcount(group.mask)) +
              " wait at line " +
              lineOf(warp, group.state == Group::State::Blocked ? group.pc - 1
                                                                : group.pc);
  return text;
}

// An aligned instruction that a part of the warp waits at explains the rest.
static bool isAligned(const Warp &warp, const Group &group) {
  const Inst &inst = warp.program->code[group.pc];
  return inst.flow == Flow::BlockSync || inst.members == kNoSlot;
}

static void reportGathering(Block &block, Warp &warp, const Group &group) {
  std::string reached =
      "reached by " + std::to_string(std::popcount(group.mask)) + " of " +
      std::to_string(std::popcount(warp.live)) + " lanes" + others(warp, group);
  if (isAligned(warp, group))
    reportAt(block, warp, group.pc, Fault::DivergentBarrier, group.mask,
             "an aligned instruction was " + reached,
             "let all lanes of the warp reach it together");
  else
    reportAt(block, warp, group.pc, Fault::WarpSync, group.mask,
             "an instruction that names more lanes was " + reached,
             "name only lanes that reach it");
}

void Block::reportStuck() {
  bool divergent = false;
  for (bool aligned : {true, false})
    for (Warp &warp : warps)
      for (const Group &group : warp.groups) {
        if (group.state != Group::State::Gathering ||
            isAligned(warp, group) != aligned || (!aligned && divergent))
          continue;
        reportGathering(*this, warp, group);
        divergent |= aligned;
      }
  for (const Warp &warp : warps)
    for (const Group &group : warp.groups)
      divergent |= group.state == Group::State::Gathering;
  for (Barrier &barrier : barriers) {
    if (barrier.waiters.empty() || divergent)
      continue;
    const Barrier::Waiter &first = barrier.waiters.front();
    reportAt(*this, warps[first.warp], first.pc, Fault::Deadlock, first.mask,
             "barrier " + std::to_string(&barrier - barriers.data()) +
                 " waits for " + std::to_string(expectedThreads(barrier)) +
                 " threads and " + std::to_string(barrier.arrived) + " came",
             "let every warp that the count includes arrive");
  }
  stopped = true;
}

// What a thread asked for and never waited for.
void Block::finish() {
  if (stopped)
    return;
  checkProducts(*this);
  checkBulkCopies(*this);
  for (size_t thread = 0; thread < async.size(); ++thread) {
    const AsyncQueue &queue = async[thread];
    const AsyncCopy *left = queue.open.empty() ? nullptr : &queue.open.front();
    for (const std::vector<AsyncCopy> &group : queue.groups)
      if (!group.empty())
        left = &group.front();
    if (left)
      reportAt(*this, warps[thread / kLanes], left->pc, Fault::Leak,
               1u << thread % kLanes,
               "the kernel ended before anyone waited for this cp.async",
               "commit it and wait for its group");
  }
}

bool gan::sim::canExecute() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2");
}
