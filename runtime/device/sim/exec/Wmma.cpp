// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// wmma: PTX leaves open which lane holds which element of a fragment. Here lane
// l holds the elements l * n / 32 ... of the matrix in row-major order; f16
// operands, which have room for twice as many, hold them twice.
#include "runtime/device/sim/exec/Access.h"
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/Product.h"

#include <cstring>

using namespace gan::sim;

namespace {
struct Shape {
  unsigned m = 16, n = 16, k = 16;
};

/// A fragment of a rows x columns matrix, unpacked from Inst::aux.
struct Fragment {
  unsigned rows, columns;
  Type type;
  bool byColumn; // of the matrix in memory

  unsigned perLane() const { return rows * columns / kLanes; }
  uint32_t packed() const {
    return rows | columns << 8 | uint32_t(type) << 16 |
           uint32_t(byColumn) << 24;
  }
  static Fragment of(uint32_t packed) {
    return {packed & 0xff, packed >> 8 & 0xff, Type(packed >> 16 & 0xff),
            (packed >> 24) != 0};
  }
};

/// One element of each lane on its way from or to memory.
struct Element {
  uint32_t bits[kLanes] = {};
  uint32_t poisoned = 0;
};
} // namespace

// Registers of 32 bits: two halves in each.
static uint32_t readElement(const Warp &warp, const uint32_t *slots, Type type,
                            unsigned lane, unsigned i) {
  if (bitsOf(type) == 16)
    return warp.lanes<uint16_t>(slots[i / 2])[lane * 2 + i % 2];
  return warp.lanes<uint32_t>(slots[i])[lane];
}

static void writeElement(const Warp &warp, const uint32_t *slots, Type type,
                         unsigned lane, unsigned i, uint32_t value) {
  if (bitsOf(type) == 16)
    warp.lanes<uint16_t>(slots[i / 2])[lane * 2 + i % 2] = uint16_t(value);
  else
    warp.lanes<uint32_t>(slots[i])[lane] = value;
}

static unsigned slotOf(Type type, unsigned i) {
  return bitsOf(type) == 16 ? i / 2 : i;
}

static void readVisit(Warp &warp, const Inst &inst, const Access &access,
                      void *state) {
  Element &element = *static_cast<Element *>(state);
  noteReads(warp, access, kRead);
  element.poisoned |= lanesWithoutValue(access);
  for (uint32_t left = access.mask; left; left &= left - 1)
    std::memcpy(&element.bits[firstLane(left)], access.at(firstLane(left)),
                access.bytes);
}

static void writeVisit(Warp &warp, const Inst &inst, const Access &access,
                       void *state) {
  Element &element = *static_cast<Element *>(state);
  noteWrites(warp, access, reinterpret_cast<const std::byte *>(element.bits), 4,
             kWrite);
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    const std::byte *from =
        reinterpret_cast<const std::byte *>(&element.bits[lane]);
    std::memcpy(access.at(lane), from, access.bytes);
    if (access.view->valid)
      access.view->valid->set(access.offset[lane], access.bytes,
                              !(element.poisoned >> lane & 1));
  }
}

// Where each lane's i-th element lies; the stride counts elements.
static void addressesOf(const Warp &warp, const Inst &inst,
                        const Fragment &fragment, unsigned i,
                        uint64_t *address) {
  readAddresses(warp, inst, address);
  unsigned bytes = bitsOf(fragment.type) / 8;
  for (unsigned lane = 0; lane < kLanes; ++lane) {
    unsigned index = lane * fragment.perLane() + i;
    unsigned row = index / fragment.columns, column = index % fragment.columns;
    uint64_t stride = fragment.byColumn ? fragment.rows : fragment.columns;
    if (inst.a != kNoSlot)
      stride = warp.lanes<uint32_t>(inst.a)[lane];
    address[lane] += bytes * (fragment.byColumn ? column * stride + row
                                                : row * stride + column);
  }
}

static uint32_t addressPoison(const Warp &warp, const Inst &inst) {
  return warp.poison[inst.m] | (inst.a == kNoSlot ? 0 : warp.poison[inst.a]);
}

static void loadFragment(Warp &warp, const Inst &inst, uint32_t mask) {
  Fragment fragment = Fragment::of(inst.aux);
  const uint32_t *slots = &warp.program->pool[inst.list];
  unsigned bytes = bitsOf(fragment.type) / 8, count = fragment.perLane();
  unsigned room = inst.counts[0] * 4 / bytes;
  uint32_t poisoned = 0;
  for (unsigned i = 0; i < count; ++i) {
    uint64_t address[kLanes];
    addressesOf(warp, inst, fragment, i, address);
    Element element;
    forEachAddress(warp, inst, mask, address, addressPoison(warp, inst),
                   {bytes, bytes, kRead}, readVisit, &element);
    poisoned |= element.poisoned;
    for (unsigned lane = 0; lane < kLanes; ++lane)
      for (unsigned copy = i; copy < room; copy += count)
        writeElement(warp, slots, fragment.type, lane, copy,
                     element.bits[lane]);
  }
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.carry(slots[i], mask, poisoned);
}

static void storeFragment(Warp &warp, const Inst &inst, uint32_t mask) {
  Fragment fragment = Fragment::of(inst.aux);
  const uint32_t *slots = &warp.program->pool[inst.list];
  unsigned bytes = bitsOf(fragment.type) / 8;
  for (unsigned i = 0; i < fragment.perLane(); ++i) {
    uint64_t address[kLanes];
    addressesOf(warp, inst, fragment, i, address);
    Element element;
    element.poisoned = warp.poison[slots[slotOf(fragment.type, i)]];
    for (unsigned lane = 0; lane < kLanes; ++lane)
      element.bits[lane] = readElement(warp, slots, fragment.type, lane, i);
    forEachAddress(warp, inst, mask, address, addressPoison(warp, inst),
                   {bytes, bytes, kWrite}, writeVisit, &element);
  }
}

// A whole matrix from its fragment, row-major or (for B) column by column.
static uint32_t gather(const Warp &warp, const uint32_t *slots, unsigned count,
                       const Fragment &fragment, bool transpose,
                       std::vector<uint64_t> &into) {
  into.resize(fragment.rows * fragment.columns);
  uint32_t poisoned = 0;
  for (unsigned i = 0; i < count; ++i)
    poisoned |= warp.poison[slots[i]];
  for (unsigned index = 0; index < into.size(); ++index) {
    unsigned row = index / fragment.columns, column = index % fragment.columns;
    unsigned each = fragment.perLane();
    into[transpose ? column * fragment.rows + row : index] =
        readElement(warp, slots, fragment.type, index / each, index % each);
  }
  return poisoned;
}

static void multiplyFragments(Warp &warp, const Inst &inst, uint32_t mask) {
  Product p{};
  p.m = inst.aux & 0xff;
  p.n = inst.aux >> 8 & 0xff;
  p.k = inst.aux >> 16 & 0xff;
  p.element = p.elementB = Type(inst.imm & 0xff);
  p.accumulator = Type(inst.imm >> 8 & 0xff);
  Type accumulatorC = Type(inst.imm >> 16 & 0xff);
  p.architecture = warp.block->grid->architecture;
  const uint32_t *d = &warp.program->pool[inst.list];
  const uint32_t *slotsA = d + inst.counts[0];
  const uint32_t *slotsB = slotsA + inst.counts[1];
  const uint32_t *slotsC = slotsB + inst.counts[2];
  std::vector<uint64_t> a, b, c;
  uint32_t poisoned = gather(warp, slotsA, inst.counts[1],
                             {p.m, p.k, p.element, false}, false, a) |
                      gather(warp, slotsB, inst.counts[2],
                             {p.k, p.n, p.element, false}, true, b) |
                      gather(warp, slotsC, inst.counts[3],
                             {p.m, p.n, accumulatorC, false}, false, c);
  multiply(p, a.data(), b.data(), c.data());
  unsigned each = p.m * p.n / kLanes;
  for (unsigned index = 0; index < c.size(); ++index)
    writeElement(warp, d, p.accumulator, index / each, index % each,
                 uint32_t(c[index]));
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.carry(d[i], mask, poisoned ? kAllLanes : 0);
}

static Shape shapeOf(const Match &match) {
  if (match.has(".m32n8k16"))
    return {32, 8, 16};
  if (match.has(".m8n32k16"))
    return {8, 32, 16};
  return match.has(".m16n16k8") ? Shape{16, 16, 8} : Shape{};
}

static bool selectProduct(const Match &match, Inst &inst, const Shape &shape) {
  bool halves = match.types.size() == 2;
  Type d = match.types[0], element = halves ? Type::F16 : match.types[1];
  Type c = match.types.back();
  // Rounding once to each type, C would have to be widened: as for mma.
  if (d != c || (!halves && match.types[2] != element))
    return false;
  inst.aux = shape.m | shape.n << 8 | shape.k << 16;
  inst.imm = int64_t(uint32_t(element) | uint32_t(d) << 8 | uint32_t(c) << 16);
  inst.run = multiplyFragments;
  return (element == Type::TF32) == (shape.k == 8);
}

bool gan::sim::selectWmma(const Match &match, Inst &inst) {
  Shape shape = shapeOf(match);
  if (match.has(".mma"))
    return selectProduct(match, inst, shape);
  bool isA = match.has(".a"), isB = match.has(".b");
  Fragment fragment{isB ? shape.k : shape.m, isA ? shape.k : shape.n,
                    match.types[0], match.has(".col")};
  inst.aux = fragment.packed();
  inst.space = spaceOf(match, inst);
  inst.run = match.has(".load") ? loadFragment : storeFragment;
  return inst.counts[0] * 4 * kLanes >=
         fragment.rows * fragment.columns * bitsOf(fragment.type) / 8;
}
