// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Access.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Order.h"

#include <cstring>

using namespace gan::sim;

namespace {
enum MemoryFlags : uint8_t {
  kSigned = 1,  // extend by the sign
  kOrdered = 2, // volatile, relaxed, acquire, release
  kAcquires = 4,
  kReleases = 8,
};
} // namespace

// Element i of the vector: slot of the register. 128 bits are two planes.
static Slot elementSlot(const Warp &warp, const Inst &inst, unsigned i) {
  const uint32_t *slots = &warp.program->pool[inst.list];
  return inst.aux ? slots[i / 2] + (i % 2) * 4 : slots[i];
}

static unsigned elementCount(const Inst &inst) {
  return inst.aux ? inst.counts[0] * 2 : inst.counts[0];
}

// One element of each lane from memory into a register that may be wider.
template <typename M, typename R>
static void loadElement(Warp &warp, Slot slot, const Access &access,
                        unsigned offset) {
  R *d = warp.lanes<R>(slot);
  if (access.contiguous && sizeof(M) == sizeof(R) &&
      access.bytes == sizeof(M)) {
    std::memcpy(d, access.at(0), kLanes * sizeof(R));
    return;
  }
  const std::byte *from = access.view->content + offset;
  forLanes(d, access.mask, [=, at = access.offset](unsigned lane) {
    M value;
    std::memcpy(&value, from + at[lane], sizeof(M));
    return R(value);
  });
}

template <typename M>
static void loadWidened(Warp &warp, Slot slot, unsigned bits,
                        const Access &access, unsigned offset) {
  if (bits == 16)
    loadElement<M, uint16_t>(warp, slot, access, offset);
  else if (bits == 32)
    loadElement<M, uint32_t>(warp, slot, access, offset);
  else
    loadElement<M, uint64_t>(warp, slot, access, offset);
}

static void loadAny(Warp &warp, const Inst &inst, Slot slot,
                    const Access &access, unsigned offset) {
  unsigned bits = inst.aux ? 64 : inst.bits[0];
  bool isSigned_ = inst.flags & kSigned;
  switch (inst.width) {
  case 1:
    return isSigned_ ? loadWidened<int8_t>(warp, slot, bits, access, offset)
                     : loadWidened<uint8_t>(warp, slot, bits, access, offset);
  case 2:
    return isSigned_ ? loadWidened<int16_t>(warp, slot, bits, access, offset)
                     : loadWidened<uint16_t>(warp, slot, bits, access, offset);
  case 4:
    return isSigned_ ? loadWidened<int32_t>(warp, slot, bits, access, offset)
                     : loadWidened<uint32_t>(warp, slot, bits, access, offset);
  default:
    return loadElement<uint64_t, uint64_t>(warp, slot, access, offset);
  }
}

static uint8_t kindOf(const Inst &inst, uint8_t base) {
  return uint8_t(base | (inst.flags & kOrdered ? kStrong : 0));
}

static void loadVisit(Warp &warp, const Inst &inst, const Access &access,
                      void *state) {
  noteReads(warp, access, kindOf(inst, kRead));
  uint32_t &poisoned = *static_cast<uint32_t *>(state);
  poisoned |= lanesWithoutValue(access);
  for (unsigned i = 0; i < elementCount(inst); ++i)
    loadAny(warp, inst, elementSlot(warp, inst, i), access, i * inst.width);
  if (inst.flags & kOrdered)
    observe(warp, access, inst.flags & kAcquires);
}

static void load(Warp &warp, const Inst &inst, uint32_t mask) {
  unsigned count = elementCount(inst);
  unsigned bytes = inst.width * count;
  // Lanes that fail a check are reported there, not again for their value.
  uint32_t poisoned = 0;
  forEachView(warp, inst, mask, {bytes, bytes, kRead}, loadVisit, &poisoned);
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.carry(warp.program->pool[inst.list + i], mask, poisoned);
}

// The parameters are the same for all lanes.
static void loadParameter(Warp &warp, const Inst &inst, uint32_t mask) {
  const std::vector<std::byte> &bytes = warp.block->grid->shape.parameters;
  uint64_t offset = warp.lanes<uint64_t>(inst.m)[0] + uint64_t(inst.imm);
  unsigned width = inst.width, count = elementCount(inst);
  if (offset + width * count > bytes.size() || offset % (width * count))
    return load(warp, inst, mask); // reports it
  View view;
  view.content = const_cast<std::byte *>(bytes.data());
  Access access{&view, mask, width * count, false, offset, offset, {}};
  for (uint64_t &place : access.offset)
    place = offset;
  for (unsigned i = 0; i < count; ++i)
    loadAny(warp, inst, elementSlot(warp, inst, i), access, i * width);
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.carry(warp.program->pool[inst.list + i], mask, 0);
}

template <typename M>
static void readElement(const Warp &warp, Slot slot, unsigned bits,
                        unsigned lane, std::byte *into) {
  M value = bits == 16   ? M(warp.lanes<uint16_t>(slot)[lane])
            : bits == 32 ? M(warp.lanes<uint32_t>(slot)[lane])
                         : M(warp.lanes<uint64_t>(slot)[lane]);
  std::memcpy(into, &value, sizeof(M));
}

// The bytes that a lane stores.
static void collect(const Warp &warp, const Inst &inst, unsigned lane,
                    std::byte *into) {
  unsigned bits = inst.aux ? 64 : inst.bits[0];
  for (unsigned i = 0; i < elementCount(inst); ++i, into += inst.width) {
    Slot slot = elementSlot(warp, inst, i);
    switch (inst.width) {
    case 1:
      readElement<uint8_t>(warp, slot, bits, lane, into);
      break;
    case 2:
      readElement<uint16_t>(warp, slot, bits, lane, into);
      break;
    case 4:
      readElement<uint32_t>(warp, slot, bits, lane, into);
      break;
    default:
      readElement<uint64_t>(warp, slot, bits, lane, into);
      break;
    }
  }
}

// Global memory is what the kernel is for: what leaves through it must have a
// value.
static void checkStored(Warp &warp, const Access &access, uint32_t poisoned) {
  poisoned &= access.mask;
  if (!poisoned || access.view->space != Space::Global ||
      !warp.block->grid->options.uninitialised ||
      warp.reported(Fault::Uninitialised))
    return;
  warp.report(Fault::Uninitialised, firstLane(poisoned),
              "a value that was never written is stored to '" +
                  access.view->allocation->name + "' at byte " +
                  std::to_string(access.offset[firstLane(poisoned)]),
              "write the register or the memory it comes from first");
}

static void markStored(const Access &access, uint32_t poisoned) {
  Validity *valid = access.view->valid;
  if (!valid)
    return;
  if (access.contiguous && !(poisoned & access.mask))
    return valid->setRange(access.offset[0], access.bytes * kLanes, true);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    valid->set(access.offset[lane], access.bytes, !(poisoned >> lane & 1));
  }
}

static void storeVisit(Warp &warp, const Inst &inst, const Access &access,
                       void *state) {
  uint32_t poisoned = *static_cast<uint32_t *>(state);
  uint8_t kind = kindOf(inst, kWrite);
  checkStored(warp, access, poisoned);
  bool sameWidth = inst.counts[0] == 1 && inst.bits[0] == inst.width * 8;
  std::byte collected[kLanes][64];
  const std::byte *source = collected[0];
  unsigned stride = sizeof collected[0];
  if (sameWidth) {
    source = warp.lanes<std::byte>(elementSlot(warp, inst, 0));
    stride = access.bytes;
  } else {
    for (uint32_t left = access.mask; left; left &= left - 1)
      collect(warp, inst, firstLane(left), collected[firstLane(left)]);
  }
  noteWrites(warp, access, source, stride, kind);
  if (access.contiguous && sameWidth)
    std::memcpy(access.at(0), source, access.bytes * kLanes);
  else
    for (uint32_t left = access.mask; left; left &= left - 1) {
      unsigned lane = firstLane(left);
      std::memcpy(access.at(lane), source + lane * stride, access.bytes);
    }
  markStored(access, poisoned);
  if (inst.flags & kOrdered)
    publish(warp, access, inst.flags & kReleases, /*continues=*/false);
}

static void store(Warp &warp, const Inst &inst, uint32_t mask) {
  unsigned bytes = inst.width * elementCount(inst);
  uint32_t poisoned = 0;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    poisoned |= warp.poison[warp.program->pool[inst.list + i]];
  forEachView(warp, inst, mask, {bytes, bytes, kWrite}, storeVisit, &poisoned);
}

Space gan::sim::spaceOf(const Match &match, const Inst &inst) {
  constexpr std::pair<std::string_view, Space> names[] = {
      {".global", Space::Global},      {".shared", Space::Shared},
      {".shared::cta", Space::Shared}, {".local", Space::Local},
      {".const", Space::Const},        {".param", Space::Param},
      {".param::entry", Space::Param}, {".param::func", Space::Param},
  };
  for (auto [name, space] : names)
    if (match.has(name))
      // The .param of a call is memory of the thread.
      return space == Space::Param && inst.variableSpace == Space::Local
                 ? Space::Local
                 : space;
  return inst.variableSpace == Space::Local ||
                 inst.variableSpace == Space::Shared
             ? inst.variableSpace
             : Space::Generic;
}

static bool selectMemory(const Match &match, Inst &inst) {
  Type type = match.types.back();
  inst.space = spaceOf(match, inst);
  inst.width = uint8_t(bitsOf(type) / 8);
  inst.aux = inst.width == 16;
  if (inst.aux)
    inst.width = 8;
  inst.flags = uint8_t(isSigned(type) ? kSigned : 0);
  if (!match.oneOf(".volatile .relaxed .acquire .release").empty())
    inst.flags |= kOrdered;
  if (match.has(".acquire"))
    inst.flags |= kAcquires;
  if (match.has(".release"))
    inst.flags |= kReleases;
  unsigned vector = match.has(".v2")   ? 2
                    : match.has(".v4") ? 4
                    : match.has(".v8") ? 8
                                       : 1;
  // Nothing but `_` has no width.
  return inst.counts[0] == vector && inst.bits[0] >= 16 &&
         vector * bitsOf(type) <= 256;
}

bool gan::sim::selectLoad(const Match &match, Inst &inst) {
  if (!selectMemory(match, inst))
    return false;
  bool fixed = inst.space == Space::Param && inst.variableSpace == Space::Param;
  inst.run = fixed ? loadParameter : load;
  return true;
}

bool gan::sim::selectStore(const Match &match, Inst &inst) {
  inst.run = store;
  return selectMemory(match, inst);
}
