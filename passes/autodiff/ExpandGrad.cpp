// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Splats.h"
#include "passes/autodiff/Activity.h"
#include "passes/autodiff/Adjoint.h"
#include "passes/autodiff/Passes.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

namespace gan {
#define GEN_PASS_DEF_EXPANDGRADPASS
#include "passes/autodiff/Passes.h.inc"
} // namespace gan

namespace {
// dy/dv for the values v between some xs and a y, from y backwards. A value
// without an entry has the cotangent zero, which is never built.
class ReverseWalk {
public:
  ReverseWalk(OpBuilder &builder, Activity activity)
      : builder(builder), activity(std::move(activity)) {}

  // Seeds dy/dy = 1 and builds the adjoint of every active op, last op first.
  void run(Value y, Location seedLoc);

  // dy/dx, or null for zero.
  Value cotangentOf(Value x) const { return cotangents.lookup(x); }

private:
  void walkBack(Operation *op);
  // Adds `part` to dy/dv; null or a constant zero adds nothing.
  void accumulate(Value v, Value part);

  OpBuilder &builder;
  Activity activity;
  llvm::DenseMap<Value, Value> cotangents;
};
} // namespace

void ReverseWalk::run(Value y, Location seedLoc) {
  if (!activity.varied.contains(y))
    return;
  cotangents[y] = createSplat(builder, seedLoc, y.getType(), 1.0);
  for (Operation *op : llvm::reverse(activity.ops))
    walkBack(op);
}

void ReverseWalk::walkBack(Operation *op) {
  auto results = llvm::map_to_vector(op->getResults(),
                                     [&](Value y) { return cotangentOf(y); });
  if (llvm::none_of(results, [](Value cotangent) { return bool(cotangent); }))
    return;
  SmallVector<bool> needed = llvm::map_to_vector(
      op->getOperands(), [&](Value x) { return activity.varied.contains(x); });
  SmallVector<Value> adjoints =
      cast<DifferentiableOpInterface>(op).buildAdjoint(builder, results,
                                                       needed);
  for (auto [x, isNeeded, adjoint] :
       llvm::zip_equal(op->getOperands(), needed, adjoints))
    if (isNeeded)
      accumulate(x, adjoint);
}

void ReverseWalk::accumulate(Value v, Value part) {
  if (!part || splatOf(part) == 0.0)
    return;
  Value &cotangent = cotangents[v];
  if (!cotangent) {
    cotangent = part;
    return;
  }
  Location loc = NameLoc::get(builder.getStringAttr("grad"), v.getLoc());
  cotangent = builder.createOrFold<AddOp>(loc, v.getType(), cotangent, part);
}

namespace {
// Counts the ops that a builder makes and keeps.
struct CountInserted : OpBuilder::Listener {
  int64_t count = 0;
  void notifyOperationInserted(Operation *, OpBuilder::InsertPoint) override {
    ++count;
  }
};

struct ExpandGradPass : gan::impl::ExpandGradPassBase<ExpandGradPass> {
  using ExpandGradPassBase::ExpandGradPassBase;
  void runOnOperation() override;

private:
  LogicalResult expand(GradOp grad);
};
} // namespace

// Results that nobody reads ask for nothing.
static SmallVector<Value> readXs(GradOp grad) {
  SmallVector<Value> xs;
  for (auto [x, dx] : llvm::zip_equal(grad.getXs(), grad.getDxs()))
    if (!dx.use_empty())
      xs.push_back(x);
  return xs;
}

LogicalResult ExpandGradPass::expand(GradOp grad) {
  FailureOr<Activity> activity =
      analyseActivity(grad.getY(), readXs(grad), grad.getXs(), grad.getLoc());
  if (failed(activity))
    return failure();
  CountInserted counter;
  OpBuilder builder(grad);
  builder.setListener(&counter);
  ++numGradients;
  numDifferentiated += activity->ops.size();

  ReverseWalk walk(builder, std::move(*activity));
  walk.run(grad.getY(), gradLoc(grad));
  for (auto [x, dx] : llvm::zip_equal(grad.getXs(), grad.getDxs())) {
    if (dx.use_empty())
      continue;
    Value cotangent = walk.cotangentOf(x);
    dx.replaceAllUsesWith(
        cotangent ? cotangent
                  : createSplat(builder, gradLoc(grad), x.getType(), 0.0)
                        .getResult());
  }
  numBuilt += counter.count;
  grad.erase();
  return success();
}

void ExpandGradPass::runOnOperation() {
  // The first in the block is the innermost: what it builds stands before
  // whatever differentiates it.
  SmallVector<GradOp> grads;
  getOperation().walk([&](GradOp grad) { grads.push_back(grad); });
  for (GradOp grad : grads)
    if (failed(expand(grad)))
      return signalPassFailure();
  getOperation().walk([](Operation *op) {
    if (!isa<StopGradientOp, VariableOp>(op))
      return;
    op->replaceAllUsesWith(op->getOperands());
    op->erase();
  });
}
