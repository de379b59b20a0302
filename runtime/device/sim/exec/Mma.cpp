// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// mma.sync: three matrices in the registers of a warp (Fragments.h).
#include "runtime/device/sim/Block.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Fragments.h"

using namespace gan::sim;

namespace {
constexpr unsigned kMostA = 16 * 32, kMostB = 8 * 32, kMostC = 16 * 8;

/// A matrix and which of its rows (of B: columns) depend on what nobody wrote.
template <unsigned Size> struct Matrix {
  uint64_t bits[Size];
  uint32_t poisoned = 0;
};
} // namespace

uint64_t gan::sim::elementOf(const Warp &warp, Slot slot, Type type,
                             unsigned lane, unsigned i) {
  unsigned bits = bitsOf(type);
  if (bits == 64)
    return warp.lanes<uint64_t>(slot)[lane];
  uint32_t word = warp.lanes<uint32_t>(slot)[lane];
  return bits == 32 ? word : word >> (i * bits) & ((1u << bits) - 1);
}

uint32_t gan::sim::gatherA(const Warp &warp, const Product &p,
                           const uint32_t *slots, unsigned count,
                           uint64_t *bits) {
  unsigned each = perRegister(p.element);
  uint32_t poisoned = 0;
  for (unsigned r = 0; r < count; ++r)
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      unsigned row = lane / 4 + (p.m == 16 ? 8 * (r % 2) : 0);
      unsigned block = p.m == 16 ? r / 2 : r;
      poisoned |= (warp.poison[slots[r]] >> lane & 1) << row;
      for (unsigned i = 0; i < each; ++i)
        bits[row * p.k + block * 4 * each + lane % 4 * each + i] =
            elementOf(warp, slots[r], p.element, lane, i);
    }
  return poisoned;
}

static void gatherB(const Warp &warp, const Product &p, const uint32_t *slots,
                    unsigned count, Matrix<kMostB> &b) {
  unsigned each = perRegister(p.element);
  for (unsigned r = 0; r < count; ++r)
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      unsigned column = lane / 4;
      b.poisoned |= (warp.poison[slots[r]] >> lane & 1) << column;
      for (unsigned i = 0; i < each; ++i)
        b.bits[column * p.k + r * 4 * each + lane % 4 * each + i] =
            elementOf(warp, slots[r], p.elementB, lane, i);
    }
}

// The place of element i of C in the matrix.
static unsigned placeOfC(unsigned lane, unsigned i) {
  return (lane / 4 + 8 * (i / 2)) * 8 + lane % 4 * 2 + i % 2;
}

static void mma(Warp &warp, const Inst &inst, uint32_t mask) {
  Product p{};
  p.m = inst.aux & 0xff;
  p.n = 8;
  p.k = inst.aux >> 8 & 0xff;
  p.element = Type(inst.imm & 0xff);
  p.elementB = Type(inst.imm >> 8 & 0xff);
  p.accumulator = Type(inst.imm >> 16 & 0xff);
  p.saturate = inst.flags != 0;
  p.architecture = warp.block->grid->architecture;
  const uint32_t *d = &warp.program->pool[inst.list];
  const uint32_t *slotsA = d + inst.counts[0];
  const uint32_t *slotsB = slotsA + inst.counts[1];
  const uint32_t *slotsC = slotsB + inst.counts[2];
  Matrix<kMostA> a;
  Matrix<kMostB> b;
  a.poisoned = gatherA(warp, p, slotsA, inst.counts[1], a.bits);
  gatherB(warp, p, slotsB, inst.counts[2], b);
  unsigned each = perRegister(p.accumulator);
  unsigned elements = p.m == 16 ? 4 : 2;
  uint64_t c[kMostC];
  uint32_t poisoned[4] = {};
  for (unsigned i = 0; i < elements; ++i)
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      unsigned place = placeOfC(lane, i);
      c[place] =
          elementOf(warp, slotsC[i / each], p.accumulator, lane, i % each);
      uint32_t bad = (a.poisoned >> (place / 8)) | (b.poisoned >> (place % 8)) |
                     (warp.poison[slotsC[i / each]] >> lane);
      poisoned[i / each] |= (bad & 1) << lane;
    }
  multiply(p, a.bits, b.bits, c);
  for (unsigned i = 0; i < elements; ++i)
    for (unsigned lane = 0; lane < kLanes; ++lane) {
      uint64_t value = c[placeOfC(lane, i)];
      if (each == 2)
        warp.lanes<uint16_t>(d[i / 2])[lane * 2 + i % 2] = uint16_t(value);
      else if (bitsOf(p.accumulator) == 64)
        warp.lanes<uint64_t>(d[i])[lane] = value;
      else
        warp.lanes<uint32_t>(d[i])[lane] = uint32_t(value);
    }
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.carry(d[i], mask, poisoned[i]);
}

// "m16n8k8" as numbers.
static void parseShape(std::string_view shape, unsigned &m, unsigned &k) {
  auto number = [&](size_t at) {
    unsigned value = 0;
    for (; at < shape.size() && shape[at] >= '0' && shape[at] <= '9'; ++at)
      value = value * 10 + unsigned(shape[at] - '0');
    return value;
  };
  m = number(2);
  k = number(shape.rfind('k') + 1);
}

bool gan::sim::selectMma(const Match &match, Inst &inst) {
  unsigned m = 0, k = 0;
  parseShape(match.taken[2], m, k);
  Type d = match.types[0], a = match.types[1], b = match.types[2];
  bool integers = d == Type::S32;
  if (d != match.types[3] || (a != b && !integers) ||
      (a == Type::BF16 && d != Type::F32))
    return false;
  inst.aux = m | k << 8;
  inst.imm = int64_t(uint32_t(a) | uint32_t(b) << 8 | uint32_t(d) << 16);
  inst.flags = match.has(".satfinite");
  inst.run = mma;
  unsigned each = perRegister(a);
  unsigned countA = m * k / 32 / each, countB = 8 * k / 32 / each;
  unsigned countC = m * 8 / 32 / perRegister(d);
  return inst.counts[0] == countC && inst.counts[1] == countA &&
         inst.counts[2] == countB && inst.counts[3] == countC;
}
