// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// wgmma: four warps multiply 64 rows of A, 16 rows each, by a B in shared
// memory; A lies there too, or in registers as for mma.sync. C is as for
// mma.sync, 8 columns behind 8. What is asked for is done when it is waited
// for, or at once; until then its registers have no value.
#include "runtime/device/sim/exec/Families.h"
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

/// The operands of an instruction where the decoder put them.
struct Operands {
  Operands(const Warp &warp, const Inst &inst)
      : d(&warp.program->pool[inst.list]), a(d + inst.counts[0]),
        b(a[inst.counts[1]]), keeps(a[inst.counts[1] + 1]),
        hasDescriptor(inst.counts[1] == 1) {}
  const uint32_t *d, *a;
  Slot b, keeps;
  bool hasDescriptor; // of A
};

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

// Inst::aux
static unsigned columnsOf(const Inst &inst) { return inst.aux & 0xffff; }
static unsigned stepsOf(const Inst &inst) { return inst.aux >> 16; }
static Type elementType(const Inst &inst) { return Type(inst.imm); }

static void complain(Warp &warp, Fault fault, const std::string &what,
                     const std::string &advice) {
  if (!warp.reported(fault))
    warp.report(fault, 0, what, advice);
}

// ---- reading

// Operands are read when the product is asked for and again when it is waited
// for: what others write in between is not ordered before the one, or not after
// the other.
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
    complain(warp, Fault::BadOperand,
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
  Operands operands(warp, inst);
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

// Reads, and multiplies at the one of the two times that the mode says.
static void compute(Warp &warp, AsyncProduct &product) {
  const Inst &inst = *product.inst;
  Operands operands(warp, inst);
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

// ---- asking and waiting

static std::vector<uint32_t> fragmentOf(const Warp &warp, const Inst &inst) {
  std::vector<uint32_t> words;
  Operands operands(warp, inst);
  for (unsigned i = 0; !operands.hasDescriptor && i < inst.counts[1]; ++i)
    for (unsigned lane = 0; lane < kLanes; ++lane)
      words.push_back(warp.lanes<uint32_t>(operands.a[i])[lane]);
  return words;
}

static void checkStart(Warp &warp, const Inst &inst, ProductQueue &queue) {
  Operands operands(warp, inst);
  if (warp.block->threads % 128 || warp.live != kAllLanes)
    complain(warp, Fault::BadOperand,
             "wgmma is for four whole warps, and the block has " +
                 std::to_string(warp.block->threads) + " threads",
             "launch a multiple of 128 threads");
  uint32_t poisoned = warp.poison[operands.b] | warp.poison[operands.keeps] |
                      (operands.hasDescriptor ? warp.poison[operands.a[0]] : 0);
  if (poisoned)
    complain(warp, Fault::Uninitialised,
             "a descriptor or the predicate of this wgmma depends on a value "
             "that was never written",
             "write the register it comes from first");
  bool underWay = true;
  for (unsigned i = 0; i < inst.counts[0]; ++i) {
    auto found = queue.flights.find(operands.d[i]);
    underWay &= found != queue.flights.end();
    if (found != queue.flights.end() && found->second.shape != inst.aux)
      complain(warp, Fault::MissingWait,
               "the result of a wgmma of another shape is under way into a "
               "register of this one's",
               "wait for its group first");
  }
  if (!underWay && !queue.fenced)
    complain(warp, Fault::MissingFence,
             "the registers of this wgmma are not ordered after what was done "
             "to them before",
             "put wgmma.fence before the first wgmma, and before the first "
             "one after a wait");
}

static void ask(Warp &warp, const Inst &inst, uint32_t) {
  ProductQueue &queue = warp.block->products[warp.index];
  Operands operands(warp, inst);
  checkStart(warp, inst, queue);
  ++queue.asked;
  for (unsigned i = 0; i < inst.counts[0]; ++i) {
    Slot slot = operands.d[i];
    auto [flight, isNew] =
        queue.flights.try_emplace(slot, Flight{warp.poison[slot], 0, inst.aux});
    ++flight->second.products;
  }
  AsyncProduct product;
  product.inst = &inst;
  product.pc = warp.pc;
  product.clock = warp.clock;
  product.knows = warp.knows;
  product.fragment = fragmentOf(warp, inst);
  product.a = warp.lanes<uint64_t>(operands.a[0])[0];
  product.b = warp.lanes<uint64_t>(operands.b)[0];
  product.keeps = warp.predicate(operands.keeps) & 1;
  compute(warp, product);
  product.isAsked = true;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.poison[operands.d[i]] = kAllLanes;
  queue.open.push_back(std::move(product));
}

// Its registers must be as the product left or found them.
static void land(Warp &warp, AsyncProduct &product) {
  uint32_t here = std::exchange(warp.pc, product.pc);
  const Inst &inst = *product.inst;
  Operands operands(warp, inst);
  bool touched = fragmentOf(warp, inst) != product.fragment;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    touched |= warp.poison[operands.d[i]] != kAllLanes;
  if (touched)
    complain(warp, Fault::MissingWait,
             "a register of this wgmma was written before it was waited for",
             "wait for its group first");
  compute(warp, product);
  warp.pc = here;
}

static void leave(Warp &warp, ProductQueue &queue,
                  const AsyncProduct &product) {
  Operands operands(warp, *product.inst);
  for (unsigned i = 0; i < product.inst->counts[0]; ++i) {
    auto flight = queue.flights.find(operands.d[i]);
    if (--flight->second.products)
      continue;
    warp.poison[operands.d[i]] = flight->second.poison;
    queue.flights.erase(flight);
  }
}

static void waitGroup(Warp &warp, const Inst &inst, uint32_t) {
  ProductQueue &queue = warp.block->products[warp.index];
  size_t keep = std::min(size_t(inst.imm), queue.groups.size());
  size_t done = queue.groups.size() - keep;
  for (size_t i = 0; i < done; ++i)
    for (AsyncProduct &product : queue.groups[i])
      land(warp, product);
  for (size_t i = 0; i < done; ++i)
    for (AsyncProduct &product : queue.groups[i])
      leave(warp, queue, product);
  queue.groups.erase(queue.groups.begin(), queue.groups.begin() + long(done));
  if (queue.groups.empty() && queue.open.empty())
    queue.fenced = false;
}

static void commit(Warp &warp, const Inst &, uint32_t) {
  ProductQueue &queue = warp.block->products[warp.index];
  queue.groups.push_back(std::move(queue.open));
  queue.open.clear();
}

static void fenceRegisters(Warp &warp, const Inst &, uint32_t) {
  warp.block->products[warp.index].fenced = true;
}

void gan::sim::checkProducts(Block &block) {
  for (Warp &warp : block.warps) {
    if (block.products.empty())
      return;
    ProductQueue &queue = block.products[warp.index];
    const AsyncProduct *left = queue.open.empty() ? nullptr : &queue.open[0];
    for (const std::vector<AsyncProduct> &group : queue.groups)
      if (!group.empty())
        left = &group.front();
    if (left) {
      warp.pc = left->pc;
      complain(warp, Fault::Leak,
               "the kernel ended before anyone waited for this wgmma",
               "commit it and wait for its group");
    }
    const ProductQueue &first = block.products[warp.index / 4 * 4];
    if (queue.asked != first.asked)
      complain(warp, Fault::DivergentBarrier,
               "warp " + std::to_string(warp.index) + " executed wgmma " +
                   std::to_string(queue.asked) + " times, warp " +
                   std::to_string(warp.index / 4 * 4) + " of the same four " +
                   std::to_string(first.asked) + " times",
               "let all four warps multiply together");
  }
}

// ".m64n128k16" as numbers.
static bool parseShape(const Match &match, Inst &inst) {
  std::string_view shape = match.taken[3];
  auto number = [&](size_t at) {
    unsigned value = 0;
    for (; at < shape.size() && shape[at] >= '0' && shape[at] <= '9'; ++at)
      value = value * 10 + unsigned(shape[at] - '0');
    return value;
  };
  inst.aux = number(shape.find('n') + 1) | number(shape.find('k') + 1) << 16;
  return stepsOf(inst) == (match.types[1] == Type::TF32 ? 8 : 16);
}

// Transposed are 16-bit operands only, and those in shared memory only.
static bool selectProduct(const Match &match, Inst &inst) {
  bool descriptor = inst.counts[1] == 1;
  bool turns = match.types[1] != Type::TF32;
  size_t numbers = 2 + (turns ? descriptor + 1u : 0);
  Slot given[] = {inst.a, inst.b, inst.c, inst.f};
  for (size_t i = 0; i < std::size(given); ++i)
    if ((given[i] != kNoSlot) != (i < numbers))
      return false;
  inst.imm = int64_t(match.types[1]);
  inst.run = ask;
  return match.types[1] == match.types[2] && parseShape(match, inst) &&
         inst.counts[0] == columnsOf(inst) / 2 &&
         (descriptor || inst.counts[1] == 4) && inst.counts[2] == 1 &&
         inst.counts[3] == 1;
}

bool gan::sim::selectWgmma(const Match &match, Inst &inst) {
  if (match.has(".mma_async"))
    return selectProduct(match, inst);
  inst.run = match.has(".fence")          ? fenceRegisters
             : match.has(".commit_group") ? commit
                                          : waitGroup;
  return true;
}
