// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/Liveness.h"
#include "passes/schedule/Passes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

namespace gan {
#define GEN_PASS_DEF_ORDERSTEPSPASS
#include "passes/schedule/Passes.h.inc"
} // namespace gan

// The temporaries that an op reads, each once. Arguments live anyway.
static llvm::SetVector<Value> readsOf(Operation *op) {
  llvm::SetVector<Value> roots;
  for (Value operand : op->getOperands())
    if (Value root = rootOf(operand); root.getDefiningOp())
      roots.insert(root);
  return roots;
}

namespace {
// Counts live bytes while ops are taken one by one.
class LiveBytes {
public:
  explicit LiveBytes(Block &block) {
    for (Operation &op : block)
      if (!isa<ReshapeOp>(op))
        for (Value root : readsOf(&op))
          ++readers[root];
  }
  // By how much the live memory grows with the op, and shrinks after it.
  int64_t growth(Operation *op) const {
    int64_t bytes = 0;
    if (!isa<ReshapeOp>(op))
      for (Value result : op->getResults())
        bytes += bytesOf(result);
    return bytes;
  }
  int64_t release(Operation *op) const {
    int64_t bytes = 0;
    if (!isa<ReshapeOp>(op))
      for (Value root : readsOf(op))
        if (readers.lookup(root) == 1)
          bytes += bytesOf(root);
    return bytes;
  }
  void take(Operation *op) {
    int64_t released = release(op);
    live += growth(op);
    peak = std::max(peak, live);
    live -= released;
    if (!isa<ReshapeOp>(op))
      for (Value root : readsOf(op))
        --readers[root];
  }
  int64_t peak = 0;

private:
  DenseMap<Value, int64_t> readers;
  int64_t live = 0;
};
} // namespace

static int64_t peakOf(Block &block, ArrayRef<Operation *> order) {
  LiveBytes live(block);
  for (Operation *op : order)
    live.take(op);
  return live.peak;
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

static SmallVector<Operation *> orderGreedily(Block &block,
                                              ArrayRef<Operation *> written) {
  LiveBytes live(block);
  llvm::DenseSet<Operation *> done;
  SmallVector<Operation *> order, ready;
  auto isReady = [&](Operation *op) {
    return llvm::all_of(op->getOperands(), [&](Value operand) {
      Operation *def = operand.getDefiningOp();
      return !def || done.contains(def);
    });
  };
  llvm::SetVector<Operation *> waiting(written.begin(), written.end());
  while (!waiting.empty()) {
    ready.clear();
    for (Operation *op : waiting)
      if (isReady(op))
        ready.push_back(op);
    Operation *next = ready[chooseNext(ready, live)];
    live.take(next);
    done.insert(next);
    order.push_back(next);
    waiting.remove(next);
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
    SmallVector<Operation *> order = orderGreedily(block, written);
    if (peakOf(block, order) >= peakOf(block, written))
      return;
    for (Operation *op : order)
      op->moveBefore(block.getTerminator());
  }
};
} // namespace
