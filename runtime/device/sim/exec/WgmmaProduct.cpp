// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/WgmmaProduct.h"
#include "runtime/device/sim/exec/Fragments.h"
#include "runtime/device/sim/exec/Proxy.h"
#include "runtime/device/sim/exec/SharedMatrix.h"

#include <bitset>
#include <cstring>

using namespace gan::sim;

namespace {
constexpr unsigned kRows = 16; // of a warp
constexpr unsigned kMostColumns = 256;
constexpr unsigned kMostK = 16;
constexpr unsigned kTogether = 32; // columns that are multiplied at a time

/// A matrix as it was read, row by row.
template <unsigned Rows> struct Matrix {
  uint64_t bits[Rows * kMostK];
  std::bitset<Rows> poisoned;
};

/// Chunks of 16 bytes on their way from shared memory.
struct Chunks {
  AsyncProduct &product;
  uint64_t address[kLanes];
  std::byte bytes[kLanes][16];
  uint32_t poisoned, read;
};
} // namespace

static Type elementType(const Inst &inst) { return Type(inst.imm); }

void gan::sim::complainOfWgmma(Warp &warp, Fault fault, const std::string &what,
                               const std::string &advice) {
  if (!warp.reported(fault))
    warp.report(fault, 0, what, advice);
}

// ---- reading

static void visit(Warp &warp, const Inst &, const Access &access, void *state) {
  Chunks &chunks = *static_cast<Chunks *>(state);
  AsyncProduct &product = chunks.product;
  noteReads(warp, access, kRead);
  if (product.isAsked) {
    uint32_t now = std::exchange(warp.clock, product.clock);
    std::swap(warp.knows, product.knows);
    noteReads(warp, access, kRead);
    std::swap(warp.knows, product.knows);
    warp.clock = now;
  } else {
    checkProxy(warp, access);
  }
  chunks.poisoned |= lanesWithoutValue(access);
  chunks.read |= access.mask;
  for (uint32_t left = access.mask; left; left &= left - 1) {
    unsigned lane = firstLane(left);
    std::memcpy(chunks.bytes[lane], access.at(lane), 16);
  }
}

static uint64_t elementAt(const std::byte *bytes, unsigned size, unsigned i) {
  uint64_t value = 0;
  std::memcpy(&value, bytes + i * size, size);
  return value;
}

// `rows` rows from number `first` on: each chunk is some steps of a row, or,
// `transposed`, some rows at a step.
template <unsigned Rows>
static void readMatrix(Warp &warp, AsyncProduct &product, uint64_t descriptor,
                       unsigned first, unsigned rows, bool transposed,
                       Matrix<Rows> &matrix) {
  SharedMatrix place(descriptor);
  unsigned k = stepsOf(*product.inst);
  unsigned size = bitsOf(elementType(*product.inst)) / 8, each = 16 / size;
  if (place.baseOffset)
    complainOfWgmma(warp, Fault::BadOperand,
                    "a matrix descriptor has the base offset " +
                        std::to_string(place.baseOffset) +
                        ", which the simulator does not know",
                    "begin swizzled matrices where their pattern does");
  Inst read = *product.inst;
  read.space = Space::Shared;
  unsigned across = transposed ? rows / each : k / each;
  unsigned count = (transposed ? k : rows) * across;
  for (unsigned from = 0; from < count; from += kLanes) {
    Chunks chunks = {product, {}, {}, 0, 0};
    unsigned here = std::min(count - from, kLanes);
    for (unsigned lane = 0; lane < here; ++lane) {
      unsigned slow = (from + lane) / across, chunk = (from + lane) % across;
      chunks.address[lane] = transposed
                                 ? place.acrossK(first / each + chunk, slow)
                                 : place.alongK(first + slow, chunk);
    }
    uint32_t mask = here == kLanes ? kAllLanes : (1u << here) - 1;
    forEachAddress(warp, read, mask, chunks.address, 0, {16, 16, kRead}, visit,
                   &chunks);
    for (unsigned lane = 0; lane < here; ++lane) {
      unsigned slow = (from + lane) / across, chunk = (from + lane) % across;
      bool poisoned = (chunks.poisoned | ~chunks.read) >> lane & 1;
      for (unsigned i = 0; i < each; ++i) {
        unsigned row = transposed ? chunk * each + i : slow;
        unsigned step = transposed ? slow : chunk * each + i;
        matrix.bits[row * k + step] = elementAt(chunks.bytes[lane], size, i);
        matrix.poisoned[row] = matrix.poisoned[row] || poisoned;
      }
    }
  }
}

template <unsigned Rows>
static void negate(Matrix<Rows> &matrix, unsigned count, Type type) {
  uint64_t sign = uint64_t(1) << (bitsOf(type) - 1);
  for (unsigned i = 0; i < count; ++i)
    matrix.bits[i] ^= sign;
}

// ---- multiplying

static uint32_t number(const Warp &warp, Slot slot) {
  return slot == kNoSlot ? 0 : warp.lanes<uint32_t>(slot)[0];
}

static void readOperands(Warp &warp, AsyncProduct &product, const Product &p,
                         Matrix<kRows> &a, Matrix<kMostColumns> &b) {
  const Inst &inst = *product.inst;
  WgmmaOperands operands(warp, inst);
  bool bTransposed =
      number(warp, operands.hasDescriptor ? inst.f : inst.c) == 1;
  if (operands.hasDescriptor)
    readMatrix(warp, product, product.a, warp.index % 4 * kRows, kRows,
               number(warp, inst.c) == 1, a);
  else
    a.poisoned = gatherA(warp, p, operands.a, inst.counts[1], a.bits);
  readMatrix(warp, product, product.b, 0, columnsOf(inst), bTransposed, b);
  if (number(warp, inst.a) != 1)
    negate(a, kRows * p.k, p.element);
  if (number(warp, inst.b) != 1)
    negate(b, columnsOf(inst) * p.k, p.element);
}

// The register of element (row, column), and its lane: as Fragments.h says.
static void placeOf(unsigned row, unsigned column, unsigned &i,
                    unsigned &lane) {
  i = column / 8 * 4 + row / 8 * 2 + column % 2;
  lane = row % 8 * 4 + column % 8 / 2;
}

void gan::sim::computeWgmma(Warp &warp, AsyncProduct &product) {
  const Inst &inst = *product.inst;
  WgmmaOperands operands(warp, inst);
  ProductQueue &queue = warp.block->products[warp.index];
  Product p{};
  p.m = kRows;
  p.k = stepsOf(inst);
  p.element = p.elementB = elementType(inst);
  p.accumulator = Type::F32;
  p.architecture = std::max(90u, warp.block->grid->architecture);
  Matrix<kRows> a;
  Matrix<kMostColumns> b;
  readOperands(warp, product, p, a, b);
  bool isEager = warp.block->grid->options.async == AsyncMode::Eager;
  if (isEager == product.isAsked)
    return;
  for (unsigned from = 0; from < columnsOf(inst); from += kTogether) {
    p.n = std::min(kTogether, columnsOf(inst) - from);
    uint64_t c[kRows * kTogether] = {};
    auto forEach = [&](auto body) {
      for (unsigned row = 0; row < kRows; ++row)
        for (unsigned column = 0; column < p.n; ++column) {
          unsigned i = 0, lane = 0;
          placeOf(row, from + column, i, lane);
          body(row, column, operands.d[i], lane);
        }
    };
    if (product.keeps)
      forEach([&](unsigned row, unsigned column, Slot slot, unsigned lane) {
        c[row * p.n + column] = warp.lanes<uint32_t>(slot)[lane];
      });
    multiply(p, a.bits, b.bits + from * p.k, c);
    forEach([&](unsigned row, unsigned column, Slot slot, unsigned lane) {
      warp.lanes<uint32_t>(slot)[lane] = uint32_t(c[row * p.n + column]);
      uint32_t &poison = queue.flights[slot].poison;
      bool bad = a.poisoned[row] || b.poisoned[from + column] ||
                 (product.keeps && (poison >> lane & 1));
      poison = (poison & ~(1u << lane)) | uint32_t(bad) << lane;
    });
  }
}
