// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cp.async: copies from global to shared memory that are certain to be there
// only once their group has been waited for.
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Order.h"
#include "runtime/device/sim/exec/Proxy.h"

#include <algorithm>
#include <cstring>

using namespace gan::sim;

namespace {
/// Where the copies of one instruction come from, by lane.
struct Sources {
  AsyncCopy copy[kLanes];
  uint32_t mask = 0; // lanes whose source passed its checks
};
} // namespace

static uint8_t sourceBytes(const Warp &warp, const Inst &inst, unsigned lane) {
  Slot slot = inst.b; // src-size, or the predicate ignore-src
  if (slot == kNoSlot)
    return inst.width;
  if (inst.bits[0] == 1)
    return warp.predicate(slot) >> lane & 1 ? 0 : inst.width;
  return uint8_t(
      std::min<uint32_t>(warp.lanes<uint32_t>(slot)[lane], inst.width));
}

static void readSource(Warp &warp, const Inst &inst, const Access &access,
                       void *state) {
  Sources &sources = *static_cast<Sources *>(state);
  noteReads(warp, access, kRead);
  uint32_t missing = lanesWithoutValue(access);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    AsyncCopy &copy = sources.copy[lane];
    copy.valid = !(missing >> lane & 1);
    std::memcpy(copy.eager, access.at(lane), access.bytes);
  }
  sources.mask |= access.mask;
}

static void markDestination(Warp &warp, const Inst &inst, const Access &access,
                            void *state) {
  Sources &sources = *static_cast<Sources *>(state);
  Block &block = *warp.block;
  // The write counts for races from now on, and again when it lands.
  noteWrites(warp, access, nullptr, 0, kWrite);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    AsyncCopy copy = sources.copy[lane];
    copy.into = uint32_t(access.offset[lane]);
    copy.bytes = inst.width;
    copy.lane = uint8_t(lane);
    copy.pc = warp.pc;
    for (uint32_t word = copy.into / 4; word < (copy.into + copy.bytes) / 4;
         ++word)
      block.pending[word] = warp.pc + 1;
    if (block.grid->options.async == AsyncMode::Eager)
      std::memcpy(block.shared.data() + copy.into, copy.eager, copy.bytes);
    block.async[warp.index * kLanes + lane].open.push_back(copy);
  }
}

// The source: another address operand, read as a load of its own.
static void copyAsync(Warp &warp, const Inst &inst, uint32_t mask) {
  Sources sources;
  Inst read = inst;
  read.m = inst.a;
  read.imm = inst.immSource;
  read.addressBits = 64;
  read.space = Space::Global;
  // Lanes differ in how much they read: grouped by size, zero reads nothing.
  for (unsigned bytes = 0; bytes <= inst.width; ++bytes) {
    uint32_t lanes = 0;
    for (uint32_t left = mask; left; left &= left - 1) {
      unsigned lane = firstLane(left);
      if (sourceBytes(warp, inst, lane) != bytes)
        continue;
      lanes |= 1u << lane;
      sources.copy[lane] = {};
      sources.copy[lane].fromBytes = uint8_t(bytes);
      sources.copy[lane].valid = true;
      sources.copy[lane].from =
          warp.lanes<uint64_t>(inst.a)[lane] + uint64_t(inst.immSource);
    }
    if (bytes == 0)
      sources.mask |= lanes;
    else if (lanes)
      forEachView(warp, read, lanes, {bytes, inst.width, kRead}, readSource,
                  &sources);
  }
  if (!sources.mask)
    return;
  Inst write = inst;
  write.space = Space::Shared;
  forEachView(warp, write, sources.mask, {inst.width, inst.width, kWrite},
              markDestination, &sources);
}

// The copy lands: as late as it may, it reads its source now.
static void land(Warp &warp, const AsyncCopy &copy) {
  Block &block = *warp.block;
  const std::byte *from = copy.eager;
  if (block.grid->options.async == AsyncMode::OnWait) {
    Allocation *source =
        copy.fromBytes ? block.grid->memory.find(copy.from) : nullptr;
    std::byte late[16] = {};
    if (source)
      std::memcpy(late, source->content.get() + (copy.from - source->base),
                  copy.fromBytes);
    std::memcpy(block.shared.data() + copy.into, late, copy.bytes);
  } else {
    std::memcpy(block.shared.data() + copy.into, from, copy.bytes);
  }
  block.sharedValid.set(copy.into, copy.bytes, copy.valid);
  for (uint32_t word = copy.into / 4; word < (copy.into + copy.bytes) / 4;
       ++word)
    block.pending[word] = 0;
  noteGenericWrite(warp, copy.into / 4, copy.bytes / 4);
  if (!block.grid->options.races)
    return;
  RowTouch touch;
  touch.stamp.clock = warp.clock;
  touch.stamp.pc = copy.pc;
  touch.stamp.block = block.linear;
  touch.stamp.warp = uint16_t(warp.index);
  touch.stamp.kind = kWrite;
  for (unsigned word = copy.into / 4 % 32, end = word + copy.bytes / 4;
       word < end; ++word) {
    touch.words |= 1u << word;
    touch.lanes[word] = copy.lane;
  }
  block.sharedRaces.touchRow(copy.into / 128, touch, warp.actor());
}

static void commit(Warp &warp, const Inst &, uint32_t mask) {
  for (uint32_t left = mask; left; left &= left - 1) {
    AsyncQueue &queue =
        warp.block->async[warp.index * kLanes + firstLane(left)];
    queue.groups.push_back(std::move(queue.open));
    queue.open.clear();
  }
}

// All but the youngest Inst::imm groups land.
static void waitGroup(Warp &warp, const Inst &inst, uint32_t mask) {
  for (uint32_t left = mask; left; left &= left - 1) {
    AsyncQueue &queue =
        warp.block->async[warp.index * kLanes + firstLane(left)];
    size_t keep = std::min(size_t(inst.imm), queue.groups.size());
    size_t done = queue.groups.size() - keep;
    for (size_t i = 0; i < done; ++i)
      for (const AsyncCopy &copy : queue.groups[i])
        land(warp, copy);
    queue.groups.erase(queue.groups.begin(), queue.groups.begin() + long(done));
  }
}

void gan::sim::landAll(Warp &warp, const Inst &inst, uint32_t mask) {
  commit(warp, inst, mask);
  Inst all = inst;
  all.imm = 0;
  waitGroup(warp, all, mask);
}

bool gan::sim::selectAsync(const Match &match, Inst &inst) {
  if (match.has(".commit_group")) {
    inst.run = commit;
  } else if (match.has(".wait_group")) {
    inst.run = waitGroup;
  } else if (match.has(".wait_all")) {
    inst.run = landAll;
  } else {
    bool valid = inst.imm2 == 4 || inst.imm2 == 8 || inst.imm2 == 16;
    inst.width = uint8_t(inst.imm2);
    inst.run = copyAsync;
    bool known = inst.b == kNoSlot || inst.bits[0] == 1 || inst.bits[0] == 32;
    return valid && known && (!match.has(".cg") || inst.imm2 == 16);
  }
  return true;
}
