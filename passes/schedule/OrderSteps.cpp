// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "passes/schedule/LiveBytes.h"
#include "passes/schedule/Passes.h"
#include "passes/schedule/ReadyOps.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

namespace gan {
#define GEN_PASS_DEF_ORDERSTEPSPASS
#include "passes/schedule/Passes.h.inc"
} // namespace gan

static int64_t peakOf(Block &block, ArrayRef<Operation *> order) {
  LiveBytes live(block);
  for (Operation *op : order)
    live.take(op);
  return live.peak;
}

using Places = DenseMap<Operation *, size_t>;

// Places of ops in a walk from the results backwards that writes each op behind
// all that it needs: what one result needs, then what the next does. The
// gradients of a micro-batch, say, before those of the next.
static Places placesByDepth(Block &block) {
  Places places;
  SmallVector<std::pair<Operation *, bool>> open = {
      {block.getTerminator(), false}};
  llvm::DenseSet<Operation *> seen;
  while (!open.empty()) {
    auto [op, isClosed] = open.pop_back_val();
    if (isClosed) {
      places[op] = places.size();
      continue;
    }
    if (!seen.insert(op).second)
      continue;
    open.push_back({op, true});
    for (Value operand : llvm::reverse(op->getOperands()))
      if (Operation *def = operand.getDefiningOp())
        open.push_back({def, false});
  }
  return places;
}

// The ready op after which the least is live; the first written among equals.
static size_t chooseNext(ArrayRef<Operation *> ready, const LiveBytes &live) {
  size_t best = 0;
  int64_t bestChange = INT64_MAX;
  for (auto [index, op] : llvm::enumerate(ready)) {
    int64_t change = live.growth(op) - live.release(op);
    if (change < bestChange) {
      best = index;
      bestChange = change;
    }
  }
  return best;
}

// The first ready op that gives as much as it takes; else the first by depth.
static size_t chooseDeepest(ArrayRef<Operation *> ready, const LiveBytes &live,
                            const Places &places) {
  size_t best = 0;
  std::pair<bool, size_t> bestKey(true, SIZE_MAX);
  for (auto [index, op] : llvm::enumerate(ready)) {
    std::pair<bool, size_t> key(live.growth(op) > live.release(op),
                                places.lookup(op));
    if (key < bestKey) {
      best = index;
      bestKey = key;
    }
  }
  return best;
}

static SmallVector<Operation *> orderGreedily(Block &block,
                                              ArrayRef<Operation *> written,
                                              const Places *places) {
  LiveBytes live(block);
  ReadyOps ready(written);
  SmallVector<Operation *> order;
  while (!ready.get().empty()) {
    Operation *next =
        ready.take(places ? chooseDeepest(ready.get(), live, *places)
                          : chooseNext(ready.get(), live));
    live.take(next);
    order.push_back(next);
  }
  return order;
}

namespace {
struct OrderStepsPass : gan::impl::OrderStepsPassBase<OrderStepsPass> {
  using OrderStepsPassBase::OrderStepsPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    Block &block = getOperation().getBody().front();
    SmallVector<Operation *> written;
    for (Operation &op : block.without_terminator())
      written.push_back(&op);
    const Places places = placesByDepth(block);
    SmallVector<Operation *> order = written;
    for (const Places *guide :
         {static_cast<const Places *>(nullptr), &places}) {
      SmallVector<Operation *> found = orderGreedily(block, written, guide);
      if (peakOf(block, found) < peakOf(block, order))
        order = std::move(found);
    }
    for (Operation *op : order)
      op->moveBefore(block.getTerminator());
  }
};
} // namespace
