// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "passes/shard/Passes.h"

#include "mlir/Analysis/TopologicalSortUtils.h"

#include <map>

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_JOINGATHERSPASS
#include "passes/shard/Passes.h.inc"
} // namespace gan

using Bucket = SmallVector<AllGatherOp>;

static int64_t bytesOf(AllGatherOp op) {
  int64_t bytes = 0;
  for (Value x : op.getXs()) {
    auto type = cast<RankedTensorType>(x.getType());
    bytes += type.getNumElements() *
             ((type.getElementType().getIntOrFloatBitWidth() + 7) / 8);
  }
  return bytes;
}

// The exchanges of each round, in the order of the block.
static std::map<unsigned, Bucket> roundsOf(Block &block) {
  std::map<unsigned, Bucket> rounds;
  DenseMap<Operation *, unsigned> passed; // exchanges up to the op, this too
  for (Operation &op : block) {
    unsigned before = 0;
    for (Value operand : op.getOperands())
      if (Operation *def = operand.getDefiningOp())
        before = std::max(before, passed.lookup(def));
    auto gather = dyn_cast<AllGatherOp>(op);
    if (gather)
      rounds[before].push_back(gather);
    passed[&op] = before + (gather ? 1 : 0);
  }
  return rounds;
}

// One op in the place of the last; users of the others may stand before it.
static void join(ArrayRef<AllGatherOp> bucket) {
  if (bucket.size() < 2)
    return;
  SmallVector<Value> xs;
  SmallVector<Type> types;
  SmallVector<Location> places;
  for (AllGatherOp op : bucket) {
    llvm::append_range(xs, op.getXs());
    llvm::append_range(types, op.getResultTypes());
    places.push_back(op.getLoc());
  }
  OpBuilder builder(bucket.back());
  auto joined =
      AllGatherOp::create(builder, builder.getFusedLoc(places), types, xs);
  size_t next = 0;
  for (AllGatherOp op : bucket) {
    op->replaceAllUsesWith(joined.getYs().slice(next, op.getNumResults()));
    next += op.getNumResults();
    op->erase();
  }
}

namespace {
struct JoinGathersPass : gan::impl::JoinGathersPassBase<JoinGathersPass> {
  using JoinGathersPassBase::JoinGathersPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    Block &block = getOperation().getBody().front();
    for (auto &[round, gathers] : roundsOf(block)) {
      Bucket open;
      int64_t bytes = 0;
      for (AllGatherOp gather : gathers) {
        open.push_back(gather);
        bytes += bytesOf(gather);
        if (bytes < bucket)
          continue;
        join(open);
        open.clear();
        bytes = 0;
      }
      join(open);
    }
    sortTopologically(&block); // users go behind what was joined
  }
};
} // namespace
