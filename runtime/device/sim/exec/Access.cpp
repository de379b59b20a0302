// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Access.h"
#include "runtime/device/sim/Windows.h"
#include "runtime/device/sim/exec/Lanes.h"

#include <algorithm>

using namespace gan::sim;

void gan::sim::readAddresses(const Warp &warp, const Inst &inst,
                             uint64_t *address) {
  uint64_t offset = uint64_t(inst.imm);
  if (inst.addressBits == 64) {
    const uint64_t *base = warp.lanes<uint64_t>(inst.m);
    for (unsigned lane = 0; lane < kLanes; ++lane)
      address[lane] = base[lane] + offset;
    return;
  }
  const uint32_t *base = warp.lanes<uint32_t>(inst.m);
  for (unsigned lane = 0; lane < kLanes; ++lane)
    address[lane] = uint32_t(base[lane] + uint32_t(offset));
}

static View sharedView(Warp &warp) {
  Block &block = *warp.block;
  View view;
  view.space = Space::Shared;
  view.content = block.shared.data();
  view.start = kSharedWindow;
  view.low = kSharedStart;
  view.bytes = block.shared.size();
  view.valid = &block.sharedValid;
  view.races = block.grid->options.races ? &block.sharedRaces : nullptr;
  return view;
}

static View localView(Warp &warp) {
  Block &block = *warp.block;
  View view;
  view.space = Space::Local;
  view.perLane = warp.program->localBytes;
  view.content = block.local.data();
  view.start = kLocalWindow;
  view.bytes = view.perLane;
  view.valid = &block.localValid;
  return view;
}

static View paramView(Warp &warp) {
  const std::vector<std::byte> &bytes = warp.block->grid->shape.parameters;
  View view;
  view.space = Space::Param;
  view.content = const_cast<std::byte *>(bytes.data());
  view.start = kParamWindow;
  view.bytes = bytes.size();
  view.writable = false;
  return view;
}

static View globalView(Warp &warp, Allocation &allocation) {
  const Grid &grid = *warp.block->grid;
  View view;
  view.content = allocation.content.get();
  view.start = allocation.base;
  view.bytes = allocation.bytes;
  view.writable = allocation.use == Use::ReadWrite;
  view.valid = &allocation.valid;
  view.allocation = &allocation;
  if (grid.options.races && view.writable) {
    view.races = &allocation.races;
    view.guard = grid.parallel ? &allocation.racesGuard : nullptr;
  }
  return view;
}

// The memory that a lane means; false where there is none.
static bool findView(Warp &warp, Space space, uint64_t address, View &view) {
  if (space == Space::Generic) {
    uint64_t window = address & ~(kWindowBytes - 1);
    space = window == kSharedWindow  ? Space::Shared
            : window == kLocalWindow ? Space::Local
            : window == kParamWindow ? Space::Param
                                     : Space::Global;
  }
  switch (space) {
  case Space::Shared:
    view = sharedView(warp);
    return true;
  case Space::Local:
    view = localView(warp);
    return true;
  case Space::Param:
    view = paramView(warp);
    return true;
  default:
    break;
  }
  Block &block = *warp.block;
  Allocation *&last = block.lastAllocation[warp.pc];
  if (!last || address - last->base >= last->bytes)
    last = block.grid->memory.find(address);
  if (!last)
    return false;
  view = globalView(warp, *last);
  return true;
}

// Where the address lies, in words.
static std::string placeOf(Warp &warp, Space space, uint64_t address) {
  if (space != Space::Generic && space != Space::Global &&
      space != Space::Const)
    return std::string(nameOf(space)) + " memory";
  const Allocation *before = warp.block->grid->memory.before(address);
  if (!before)
    return "no allocation";
  uint64_t past = address - before->base;
  if (past > before->bytes + (1 << 20))
    return "no allocation";
  return std::to_string(past - std::min(past, before->bytes)) +
         " bytes behind the end of '" + before->name + "', which has " +
         std::to_string(before->bytes);
}

static void reportBounds(Warp &warp, const Inst &inst, unsigned lane,
                         uint64_t address, const Intent &intent,
                         const View *view) {
  if (warp.reported(Fault::OutOfBounds))
    return;
  std::string verb = intent.kind & kWrite ? "write" : "read";
  std::string where =
      view && !view->allocation
          ? std::string(nameOf(view->space)) + " memory of " +
                std::to_string(view->bytes - view->low) + " bytes, at offset " +
                std::to_string(int64_t(address - view->start - view->low))
          : placeOf(warp, inst.space, address);
  warp.report(Fault::OutOfBounds, lane,
              verb + " of " + std::to_string(intent.bytes) + " bytes at " +
                  hexOf(address) + ": " + where,
              "check the index against the extent");
}

static void reportAlignment(Warp &warp, unsigned lane, uint64_t address,
                            const Intent &intent) {
  if (!warp.reported(Fault::Misaligned))
    warp.report(Fault::Misaligned, lane,
                "address " + hexOf(address) + " is not a multiple of " +
                    std::to_string(intent.alignment),
                "align the address to the width of the access");
}

static void reportReadOnly(Warp &warp, unsigned lane, const View &view) {
  if (!warp.reported(Fault::ReadOnlyWrite))
    warp.report(Fault::ReadOnlyWrite, lane,
                "write to " +
                    (view.allocation
                         ? "'" + view.allocation->name + "'"
                         : std::string(nameOf(view.space)) + " memory") +
                    ", which is only to be read",
                "");
}

// Addresses that depend on what was never written lead nowhere.
static uint32_t dropPoisoned(Warp &warp, uint32_t poisoned, uint32_t mask) {
  poisoned &= mask;
  if (!poisoned || !warp.block->grid->options.uninitialised)
    return mask;
  if (!warp.reported(Fault::Uninitialised))
    warp.report(Fault::Uninitialised, firstLane(poisoned),
                "the address depends on a value that was never written",
                "write the register or the memory it comes from first");
  return mask & ~poisoned;
}

// Which lanes do not belong to this view at all, and what is wrong with those
// that do.
static uint32_t sortOut(Warp &warp, const Inst &inst, uint32_t mask,
                        const uint64_t *address, const View &view,
                        const Intent &intent, uint64_t low, Access &access) {
  uint64_t limit = view.bytes - view.low;
  uint32_t mine = mask & lanesWhere([&](unsigned lane) {
                    return address[lane] - low < limit;
                  });
  uint32_t aligned = lanesWhere([&](unsigned lane) {
    return (address[lane] & (intent.alignment - 1)) == 0;
  });
  access.mask &= mine;
  uint32_t odd = mine & ~aligned, outside = mine & aligned & ~access.mask;
  if (odd)
    reportAlignment(warp, firstLane(odd), address[firstLane(odd)], intent);
  else if (outside)
    reportBounds(warp, inst, firstLane(outside), address[firstLane(outside)],
                 intent, &view);
  return mine;
}

// The offsets of the lanes that lie in this view; those that do not are left
// for another one. Sets `access.mask`.
static uint32_t enterView(Warp &warp, const Inst &inst, uint32_t mask,
                          const uint64_t *address, const View &view,
                          const Intent &intent, Access &access) {
  bool direct = inst.space != Space::Generic && view.space != Space::Global;
  uint64_t start = direct ? 0 : view.start;
  uint64_t limit = view.bytes - view.low;
  uint64_t most = limit < intent.bytes ? 0 : limit - intent.bytes;
  uint64_t low = start + view.low, odd = intent.alignment - 1;
  uint32_t good = limit < intent.bytes ? 0 : lanesWhere([&](unsigned lane) {
    return address[lane] - low <= most && (address[lane] & odd) == 0;
  });
  uint32_t mine = mask;
  access.mask = mask & good;
  if (access.mask != mask)
    mine = sortOut(warp, inst, mask, address, view, intent, low, access);
  uint64_t first = uint64_t(warp.index) * kLanes * view.perLane;
  for (unsigned lane = 0; lane < kLanes; ++lane)
    access.offset[lane] = address[lane] - start + first + lane * view.perLane;
  if (access.mask && (intent.kind & kWrite) && !view.writable) {
    reportReadOnly(warp, firstLane(access.mask), view);
    access.mask = 0;
  }
  return mine;
}

// The extent of the offsets, and whether they follow one another.
static void measure(Access &access) {
  const uint64_t *offset = access.offset;
  uint64_t first = offset[firstLane(access.mask)], least = first, most = first;
  if (access.mask == kAllLanes) {
#pragma clang loop vectorize(assume_safety)
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      least = offset[lane] < least ? offset[lane] : least;
      most = offset[lane] > most ? offset[lane] : most;
    }
  } else {
    for (uint32_t left = access.mask; left; left &= left - 1) {
      least = std::min(least, offset[firstLane(left)]);
      most = std::max(most, offset[firstLane(left)]);
    }
  }
  access.least = least;
  access.most = most;
  unsigned bytes = access.bytes;
  access.contiguous = access.mask == kAllLanes &&
                      most - least == 31 * uint64_t(bytes) &&
                      lanesWhere([=](unsigned lane) {
                        return offset[lane] == first + lane * bytes;
                      }) == kAllLanes;
}

void gan::sim::forEachView(
    Warp &warp, const Inst &inst, uint32_t mask, const Intent &intent,
    void (*visit)(Warp &, const Inst &, const Access &, void *), void *state) {
  alignas(64) uint64_t address[kLanes];
  readAddresses(warp, inst, address);
  forEachAddress(warp, inst, mask, address, warp.poison[inst.m], intent, visit,
                 state);
}

void gan::sim::forEachAddress(
    Warp &warp, const Inst &inst, uint32_t mask, const uint64_t *address,
    uint32_t poisoned, const Intent &intent,
    void (*visit)(Warp &, const Inst &, const Access &, void *), void *state) {
  mask = dropPoisoned(warp, poisoned, mask);
  bool outside = false; // reported once for all lanes
  while (mask) {
    unsigned lane = firstLane(mask);
    View view;
    if (!findView(warp, inst.space, address[lane], view)) {
      if (!std::exchange(outside, true))
        reportBounds(warp, inst, lane, address[lane], intent, nullptr);
      mask &= mask - 1;
      continue;
    }
    Access access;
    access.view = &view;
    access.bytes = intent.bytes;
    uint32_t mine = enterView(warp, inst, mask, address, view, intent, access);
    if (!(mine >> lane & 1)) {
      if (!std::exchange(outside, true))
        reportBounds(warp, inst, lane, address[lane], intent, &view);
      mask &= mask - 1;
      continue;
    }
    mask &= ~mine;
    if (!access.mask)
      continue;
    measure(access);
    countAccess(warp, inst, access);
    visit(warp, inst, access, state);
  }
}
