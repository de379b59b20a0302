// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Order.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <cstring>

using namespace gan::sim;

namespace {
enum class AtomicOp : uint8_t {
  Add,
  Min,
  Max,
  Inc,
  Dec,
  Exch,
  Cas,
  And,
  Or,
  Xor,
};
enum AtomicFlags : uint8_t { kAcquires = 1, kReleases = 2, kFloating = 4 };

/// What an instruction does to one place, taken from Inst::aux.
struct AtomicRequest {
  AtomicOp op;
  Type type;
};
} // namespace

template <typename T> static T integerAtomic(AtomicOp op, T old, T b, T c) {
  switch (op) {
  case AtomicOp::Add:
    return T(std::make_unsigned_t<T>(old) + std::make_unsigned_t<T>(b));
  case AtomicOp::Min:
    return std::min(old, b);
  case AtomicOp::Max:
    return std::max(old, b);
  case AtomicOp::Inc:
    return old >= b ? T(0) : T(old + 1);
  case AtomicOp::Dec:
    return old == 0 || old > b ? b : T(old - 1);
  case AtomicOp::Exch:
    return b;
  case AtomicOp::Cas:
    return old == b ? c : old;
  case AtomicOp::And:
    return old & b;
  case AtomicOp::Or:
    return old | b;
  case AtomicOp::Xor:
    return old ^ b;
  }
  return old;
}

static uint16_t addHalf(uint16_t a, uint16_t b, bool brain) {
  if (brain)
    return floatToBfloat(bfloatToFloat(a) + bfloatToFloat(b));
  return floatToHalf(halfToFloat(a) + halfToFloat(b));
}

// f32 addition in memory flushes subnormal numbers in global memory, as red and
// atom of f32 do; other widths keep them.
static uint64_t floatAtomic(AtomicRequest request, uint64_t old, uint64_t b,
                            bool global) {
  switch (request.type) {
  case Type::F32: {
    float x = floatOf(uint32_t(old)), y = floatOf(uint32_t(b));
    float sum = global ? finish<true, false>(flush<true>(x) + flush<true>(y))
                       : canonical(x + y);
    return bitsOf(sum);
  }
  case Type::F64:
    return bitsOf(canonical(doubleOf(old) + doubleOf(b)));
  case Type::F16:
  case Type::BF16:
    return addHalf(uint16_t(old), uint16_t(b), request.type == Type::BF16);
  default: {
    bool brain = request.type == Type::BF16x2;
    return uint64_t(addHalf(uint16_t(old), uint16_t(b), brain)) |
           uint64_t(addHalf(uint16_t(old >> 16), uint16_t(b >> 16), brain))
               << 16;
  }
  }
}

static uint64_t apply(AtomicRequest request, uint64_t old, uint64_t b,
                      uint64_t c, bool global) {
  bool floating = isFloat(request.type) || request.type == Type::F16x2 ||
                  request.type == Type::BF16x2;
  if (floating && request.op == AtomicOp::Add)
    return floatAtomic(request, old, b, global);
  switch (request.type) {
  case Type::S32:
    return uint32_t(integerAtomic<int32_t>(request.op, int32_t(old), int32_t(b),
                                           int32_t(c)));
  case Type::S64:
    return uint64_t(integerAtomic<int64_t>(request.op, int64_t(old), int64_t(b),
                                           int64_t(c)));
  case Type::B16:
    return integerAtomic<uint16_t>(request.op, uint16_t(old), uint16_t(b),
                                   uint16_t(c));
  default:
    break;
  }
  if (bitsOf(request.type) == 64)
    return integerAtomic<uint64_t>(request.op, old, b, c);
  return integerAtomic<uint32_t>(request.op, uint32_t(old), uint32_t(b),
                                 uint32_t(c));
}

// Lanes that meet at one address come one after the other.
static void countSerialised(Warp &warp, const Access &access) {
  unsigned repeats = 0;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    for (uint32_t other = access.mask & ((1u << lane) - 1); other;
         other &= other - 1)
      if (access.offset[firstLane(other)] == access.offset[lane]) {
        ++repeats;
        break;
      }
  }
  warp.block->counters.byInst[warp.pc].serialised += repeats;
}

static void reportFloating(Warp &warp, const Inst &inst) {
  if ((inst.flags & kFloating) && warp.block->grid->options.floatAtomics &&
      !warp.reported(Fault::FloatAtomic))
    warp.report(Fault::FloatAtomic, firstLane(warp.mask),
                "a floating-point sum by atomics depends on the order in "
                "which threads arrive",
                "sum in a fixed order, in two stages");
}

static void checkValues(Warp &warp, const Inst &inst, const Access &access,
                        uint32_t missing) {
  uint32_t poisoned = missing | warp.poison[inst.a];
  if (inst.b != kNoSlot)
    poisoned |= warp.poison[inst.b];
  poisoned &= access.mask;
  if (poisoned && warp.block->grid->options.uninitialised &&
      !warp.reported(Fault::Uninitialised))
    warp.report(Fault::Uninitialised, firstLane(poisoned),
                "an atomic operation works on a value that was never written",
                "write the memory or the register first");
}

static void atomicVisit(Warp &warp, const Inst &inst, const Access &access,
                        void *) {
  AtomicRequest request{AtomicOp(inst.aux >> 8), Type(inst.aux & 0xff)};
  bool exchange = request.op == AtomicOp::Exch;
  uint32_t missing = exchange ? 0 : lanesWithoutValue(access);
  checkValues(warp, inst, access, missing);
  reportFloating(warp, inst);
  countSerialised(warp, access);
  if (inst.flags & kReleases)
    release(warp, /*blockOnly=*/false);
  observe(warp, access, inst.flags & kAcquires);
  publish(warp, access, /*releases=*/false, /*continues=*/true);
  noteWrites(warp, access, nullptr, 0, kWrite | kStrong);
  bool global = access.view->space == Space::Global;
  bool hasThird = inst.b != kNoSlot;
  unsigned bits = inst.width * 8;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    uint64_t old = 0;
    std::memcpy(&old, access.at(lane), inst.width);
    uint64_t next =
        apply(request, old, warp.readLane(inst.a, bits, lane),
              hasThird ? warp.readLane(inst.b, bits, lane) : 0, global);
    std::memcpy(access.at(lane), &next, inst.width);
    if (inst.d != kNoSlot)
      warp.writeLane(inst.d, bits, lane, old);
    if (access.view->valid)
      access.view->valid->set(access.offset[lane], inst.width, true);
  }
  if (inst.d != kNoSlot)
    warp.carry(inst.d, access.mask, 0);
}

static void atomic(Warp &warp, const Inst &inst, uint32_t mask) {
  forEachView(warp, inst, mask,
              {inst.width, inst.width, uint8_t(kWrite | kStrong)}, atomicVisit,
              nullptr);
}

static std::optional<AtomicOp> operationOf(const Match &match) {
  constexpr std::pair<std::string_view, AtomicOp> names[] = {
      {".add", AtomicOp::Add}, {".min", AtomicOp::Min},
      {".max", AtomicOp::Max}, {".inc", AtomicOp::Inc},
      {".dec", AtomicOp::Dec}, {".exch", AtomicOp::Exch},
      {".cas", AtomicOp::Cas}, {".and", AtomicOp::And},
      {".or", AtomicOp::Or},   {".xor", AtomicOp::Xor},
  };
  for (auto [name, op] : names)
    if (match.has(name))
      return op;
  return std::nullopt;
}

// Which types an operation has.
static bool isAllowed(AtomicOp op, Type type) {
  bool isInteger = type == Type::U32 || type == Type::U64 ||
                   type == Type::S32 || type == Type::S64;
  bool isBits = type == Type::B32 || type == Type::B64;
  switch (op) {
  case AtomicOp::Add:
    return !isBits && type != Type::B16;
  case AtomicOp::Min:
  case AtomicOp::Max:
    return isInteger;
  case AtomicOp::Inc:
  case AtomicOp::Dec:
    return type == Type::U32;
  case AtomicOp::Cas:
    return isBits || type == Type::B16;
  default:
    return isBits;
  }
}

bool gan::sim::selectAtomic(const Match &match, Inst &inst) {
  std::optional<AtomicOp> op = operationOf(match);
  Type type = match.types[0];
  if (!op || !isAllowed(*op, type))
    return false;
  // Without a space named, the address is generic.
  inst.space = match.has(".global") ? Space::Global
               : match.has(".shared") || match.has(".shared::cta")
                   ? Space::Shared
                   : Space::Generic;
  if (inst.space == Space::Generic && inst.variableSpace == Space::Shared)
    inst.space = Space::Shared;
  inst.width = uint8_t(bitsOf(type) / 8);
  inst.aux = uint32_t(*op) << 8 | uint32_t(type);
  bool both = match.has(".acq_rel");
  bool floating = type >= Type::F16 && type <= Type::F64;
  inst.flags = uint8_t((both || match.has(".acquire") ? kAcquires : 0) |
                       (both || match.has(".release") ? kReleases : 0) |
                       (floating ? kFloating : 0));
  if ((*op == AtomicOp::Cas) != (inst.b != kNoSlot))
    return false;
  inst.run = atomic;
  return true;
}
