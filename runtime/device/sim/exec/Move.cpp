// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Windows.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"

using namespace gan::sim;

template <typename T>
static void move(Warp &warp, const Inst &inst, uint32_t mask) {
  const T *a = warp.lanes<T>(inst.a);
  forLanes(warp.lanes<T>(inst.d), mask, [=](unsigned lane) { return a[lane]; });
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

static void movePredicate(Warp &warp, const Inst &inst, uint32_t mask) {
  warp.setPredicate(inst.d, mask, warp.predicate(inst.a), warp.poison[inst.a]);
}

// 128 bits are two planes of 64.
static void moveWide(Warp &warp, const Inst &inst, uint32_t mask) {
  for (Slot plane : {0u, 4u}) {
    const uint64_t *a = warp.lanes<uint64_t>(inst.a + plane);
    forLanes(warp.lanes<uint64_t>(inst.d + plane), mask,
             [=](unsigned lane) { return a[lane]; });
  }
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

Handler gan::sim::moveHandler(unsigned bits) {
  switch (bits) {
  case 1:
    return movePredicate;
  case 16:
    return move<uint16_t>;
  case 32:
    return move<uint32_t>;
  case 128:
    return moveWide;
  default:
    return move<uint64_t>;
  }
}

// mov.b64 %rd, {%r1, %r2}: the first element is the lowest. Inst::aux is the
// width of an element; 128 bits go plane by plane.
static void gatherElements(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *slots = &warp.program->pool[inst.list];
  Slot d = slots[0];
  unsigned bits = inst.aux, whole = inst.bits[0];
  unsigned plane = std::min(whole, 64u), perPlane = plane / bits;
  uint32_t poisoned = 0;
  for (unsigned i = 0; i < inst.counts[1]; ++i)
    poisoned |= warp.poison[slots[1 + i]];
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    for (unsigned p = 0; p < whole / plane; ++p) {
      uint64_t value = 0;
      for (unsigned i = 0; i < perPlane; ++i)
        value |= warp.readLane(slots[1 + p * perPlane + i], bits, lane)
                 << (i * bits);
      warp.writeLane(d + p * 4, plane, lane, value);
    }
  }
  warp.carry(d, mask, poisoned);
}

// mov.b64 {%r1, %r2}, %rd.
static void scatterElements(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint32_t *slots = &warp.program->pool[inst.list];
  unsigned count = inst.counts[0], bits = inst.aux;
  Slot a = slots[count];
  unsigned whole = bits * count, plane = std::min(whole, 64u);
  unsigned perPlane = plane / bits;
  uint32_t poisoned = warp.poison[a];
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    uint64_t planes[2] = {warp.readLane(a, plane, lane), 0};
    if (whole == 128)
      planes[1] = warp.lanes<uint64_t>(a + 4)[lane];
    for (unsigned i = 0; i < count; ++i)
      if (slots[i] != kSink)
        warp.writeLane(slots[i], bits, lane,
                       planes[i / perPlane] >> (i % perPlane * bits));
  }
  for (unsigned i = 0; i < count; ++i)
    warp.carry(slots[i], mask, poisoned);
}

bool gan::sim::selectMove(const Match &match, Inst &inst) {
  unsigned bits = bitsOf(match.types[0]);
  unsigned results = inst.counts[0], sources = inst.counts[1];
  if (results == 1 && sources == 1) {
    if (inst.bits[0] != bits || inst.bits[1] != bits)
      return false;
    inst.run = moveHandler(bits);
    inst.moves = true;
    return true;
  }
  if ((results > 1 && sources > 1) || bits == 1)
    return false;
  inst.aux = bits / std::max(results, sources);
  bool fits = inst.aux >= 16 && inst.aux * std::max(results, sources) == bits;
  inst.run = results > 1 ? scatterElements : gatherElements;
  return fits;
}

// cvta adds the window of a space to an address, .to takes it away.
static void addWindow(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint64_t *a = warp.lanes<uint64_t>(inst.a);
  uint64_t window = uint64_t(inst.imm);
  forLanes(warp.lanes<uint64_t>(inst.d), mask,
           [=](unsigned lane) { return a[lane] + window; });
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

static uint64_t windowOf(const Match &match) {
  if (match.has(".shared") || match.has(".shared::cta"))
    return kSharedWindow;
  if (match.has(".local"))
    return kLocalWindow;
  return match.has(".param") || match.has(".param::entry") ? kParamWindow : 0;
}

static void isInWindow(Warp &warp, const Inst &inst, uint32_t mask) {
  const uint64_t *a = warp.lanes<uint64_t>(inst.a);
  uint64_t window = uint64_t(inst.imm);
  uint32_t bits = lanesWhere([=](unsigned lane) {
    return window ? a[lane] - window < kWindowBytes : a[lane] < kSharedWindow;
  });
  warp.setPredicate(inst.d, mask, bits, warp.poison[inst.a]);
}

// cvta and isspacep.
bool gan::sim::selectAddress(const Match &match, Inst &inst) {
  uint64_t window = windowOf(match);
  inst.imm = int64_t(match.has(".to") ? 0 - window : window);
  inst.run = match.form->opcode == "isspacep" ? isInWindow : addWindow;
  return true;
}
