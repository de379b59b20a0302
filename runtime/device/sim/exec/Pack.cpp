// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Lanes.h"
#include "runtime/device/sim/exec/Scalars.h"

#include <algorithm>
#include <cmath>

using namespace gan::sim;

namespace {
enum PackFlags : uint8_t {
  kRelu = 1,
  kZero = 2,
  kBrain = 4,
  kAway = 8,
  kSat = 16
};
} // namespace

static uint16_t narrow(float value, uint8_t flags) {
  Format format = flags & kBrain ? kBF16 : kF16;
  uint16_t bits =
      uint16_t(pack(double(value), format,
                    flags & kZero ? Rounding::Zero : Rounding::Nearest));
  bool nan = value != value;
  if ((flags & kSat) && !nan) // .satfinite: the largest number, not infinity
    bits = std::min<uint16_t>(bits & 0x7fff, flags & kBrain ? 0x7f7f : 0x7bff) |
           (bits & 0x8000);
  return (flags & kRelu) && (bits & 0x8000) && !nan ? 0 : bits;
}

// cvt.rn.f16x2.f32 d, a, b: a becomes the upper half.
static void packHalves(Warp &warp, const Inst &inst, uint32_t mask) {
  const float *a = warp.lanes<float>(inst.a), *b = warp.lanes<float>(inst.b);
  uint32_t *d = warp.lanes<uint32_t>(inst.d);
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    d[lane] = uint32_t(narrow(a[lane], inst.flags)) << 16 |
              narrow(b[lane], inst.flags);
  }
  warp.carry(inst.d, mask, warp.poison[inst.a] | warp.poison[inst.b]);
}

// tf32 has the exponent of f32 and ten bits of mantissa, in a register of 32.
static void toTf32(Warp &warp, const Inst &inst, uint32_t mask) {
  const float *a = warp.lanes<float>(inst.a);
  uint32_t *d = warp.lanes<uint32_t>(inst.d);
  Rounding rounding = inst.flags & kAway   ? Rounding::NearestAway
                      : inst.flags & kZero ? Rounding::Zero
                                           : Rounding::Nearest;
  for (uint32_t left = mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    float value = a[lane];
    uint32_t bits = uint32_t(pack(double(value), kTF32, rounding)) << 13;
    bool nan = value != value;
    if ((inst.flags & kRelu) && (bits >> 31) && !nan)
      bits = 0;
    d[lane] = nan ? kNanF32 : bits;
  }
  warp.carry(inst.d, mask, warp.poison[inst.a]);
}

// cvt.pack.sat.u8.s32.b32 d, a, b, c: a and b clamped, pushed under c.
template <typename T, unsigned Bits>
static uint32_t packIntegers(int32_t a, int32_t b, uint32_t c) {
  auto clamp = [](int32_t x) {
    return uint32_t(std::clamp<int32_t>(x, std::numeric_limits<T>::min(),
                                        std::numeric_limits<T>::max())) &
           ((1u << Bits) - 1);
  };
  uint32_t low = clamp(a) << Bits | clamp(b);
  return Bits == 16 ? low : c << 16 | low;
}

template <typename T, unsigned Bits> static Handler packHandler(bool hasC) {
  if (hasC)
    return ternary<packIntegers<T, Bits>, uint32_t, int32_t, int32_t, uint32_t>;
  return binary<[](int32_t a, int32_t b) {
    return packIntegers<T, Bits>(a, b, 0);
  },
                uint32_t, int32_t, int32_t>;
}

static Handler packInto(Type type, bool hasC) {
  switch (type) {
  case Type::U8:
    return packHandler<uint8_t, 8>(hasC);
  case Type::S8:
    return packHandler<int8_t, 8>(hasC);
  case Type::U16:
    return packHandler<uint16_t, 16>(hasC);
  default:
    return packHandler<int16_t, 16>(hasC);
  }
}

// The conversions that make one register of several numbers, and tf32.
bool gan::sim::selectPack(const Match &match, Inst &inst) {
  Type to = match.types[0];
  inst.flags = uint8_t(
      (match.has(".relu") ? kRelu : 0) | (match.has(".rz") ? kZero : 0) |
      (match.has(".rna") ? kAway : 0) | (match.has(".satfinite") ? kSat : 0) |
      (to == Type::BF16x2 ? kBrain : 0));
  if (match.has(".pack")) {
    bool bytes = bitsOf(to) == 8; // which are pushed under a third operand
    inst.run = packInto(to, inst.c != kNoSlot);
    return bytes == match.has(".b32") && bytes == (inst.c != kNoSlot);
  }
  inst.run = to == Type::TF32 ? toTf32 : packHalves;
  return true;
}
