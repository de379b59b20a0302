// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// wgmma: four warps multiply 64 rows of A, 16 rows each, by a B in shared
// memory; A lies there too, or in registers as for mma.sync. C is as for
// mma.sync, 8 columns behind 8. What is asked for is done when it is waited
// for, or at once; until then its registers have no value.
#include "runtime/device/sim/exec/Families.h"
#include "runtime/device/sim/exec/WgmmaProduct.h"

using namespace gan::sim;

static std::vector<uint32_t> fragmentOf(const Warp &warp, const Inst &inst) {
  std::vector<uint32_t> words;
  WgmmaOperands operands(warp, inst);
  for (unsigned i = 0; !operands.hasDescriptor && i < inst.counts[1]; ++i)
    for (unsigned lane = 0; lane < kLanes; ++lane)
      words.push_back(warp.lanes<uint32_t>(operands.a[i])[lane]);
  return words;
}

static void checkStart(Warp &warp, const Inst &inst, ProductQueue &queue) {
  WgmmaOperands operands(warp, inst);
  if (warp.block->threads % 128 || warp.live != kAllLanes)
    complainOfWgmma(warp, Fault::BadOperand,
                    "wgmma is for four whole warps, and the block has " +
                        std::to_string(warp.block->threads) + " threads",
                    "launch a multiple of 128 threads");
  uint32_t poisoned = warp.poison[operands.b] | warp.poison[operands.keeps] |
                      (operands.hasDescriptor ? warp.poison[operands.a[0]] : 0);
  if (poisoned)
    complainOfWgmma(
        warp, Fault::Uninitialised,
        "a descriptor or the predicate of this wgmma depends on a value "
        "that was never written",
        "write the register it comes from first");
  bool underWay = true;
  for (unsigned i = 0; i < inst.counts[0]; ++i) {
    auto found = queue.flights.find(operands.d[i]);
    underWay &= found != queue.flights.end();
    if (found != queue.flights.end() && found->second.shape != inst.aux)
      complainOfWgmma(
          warp, Fault::MissingWait,
          "the result of a wgmma of another shape is under way into a "
          "register of this one's",
          "wait for its group first");
  }
  if (!underWay && !queue.fenced)
    complainOfWgmma(
        warp, Fault::MissingFence,
        "the registers of this wgmma are not ordered after what was done "
        "to them before",
        "put wgmma.fence before the first wgmma, and before the first "
        "one after a wait");
}

static void ask(Warp &warp, const Inst &inst, uint32_t) {
  ProductQueue &queue = warp.block->products[warp.index];
  WgmmaOperands operands(warp, inst);
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
  computeWgmma(warp, product);
  product.isAsked = true;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    warp.poison[operands.d[i]] = kAllLanes;
  queue.open.push_back(std::move(product));
}

// Its registers must be as the product left or found them.
static void land(Warp &warp, AsyncProduct &product) {
  uint32_t here = std::exchange(warp.pc, product.pc);
  const Inst &inst = *product.inst;
  WgmmaOperands operands(warp, inst);
  bool touched = fragmentOf(warp, inst) != product.fragment;
  for (unsigned i = 0; i < inst.counts[0]; ++i)
    touched |= warp.poison[operands.d[i]] != kAllLanes;
  if (touched)
    complainOfWgmma(
        warp, Fault::MissingWait,
        "a register of this wgmma was written before it was waited for",
        "wait for its group first");
  computeWgmma(warp, product);
  warp.pc = here;
}

static void leave(Warp &warp, ProductQueue &queue,
                  const AsyncProduct &product) {
  WgmmaOperands operands(warp, *product.inst);
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
      complainOfWgmma(warp, Fault::Leak,
                      "the kernel ended before anyone waited for this wgmma",
                      "commit it and wait for its group");
    }
    const ProductQueue &first = block.products[warp.index / 4 * 4];
    if (queue.asked != first.asked)
      complainOfWgmma(warp, Fault::DivergentBarrier,
                      "warp " + std::to_string(warp.index) +
                          " executed wgmma " + std::to_string(queue.asked) +
                          " times, warp " + std::to_string(warp.index / 4 * 4) +
                          " of the same four " + std::to_string(first.asked) +
                          " times",
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
