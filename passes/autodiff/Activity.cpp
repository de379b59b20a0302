// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/autodiff/Activity.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

// Whether the derivative of `op` is zero by definition (language.md, section
// 8).
static bool isInactive(Operation *op) {
  return isa<StopGradientOp, RandomOp, CompareOp, CastOp, SignOp, FloorOp,
             ArgmaxOp, OrthonormalOp>(op);
}

static bool isReal(Value value) {
  auto tensor = dyn_cast<RankedTensorType>(value.getType());
  return tensor && isa<FloatType>(tensor.getElementType());
}

// The ops of its block on which y depends by ops that may carry a gradient.
static llvm::DenseSet<Operation *> opsBehind(Value y) {
  llvm::DenseSet<Operation *> behind;
  SmallVector<Value> pending{y};
  while (!pending.empty()) {
    Operation *op = pending.pop_back_val().getDefiningOp();
    if (op && op->getBlock() == y.getParentBlock() && !isInactive(op) &&
        behind.insert(op).second)
      llvm::append_range(pending, op->getOperands());
  }
  return behind;
}

FailureOr<Activity> autodiff::analyseActivity(Value y, ValueRange xs,
                                              ValueRange variables,
                                              Location grad) {
  Activity activity;
  activity.varied.insert(xs.begin(), xs.end());
  llvm::DenseSet<Operation *> behind = opsBehind(y);
  for (Value x : variables)
    behind.erase(x.getDefiningOp());
  for (Operation &op : *y.getParentBlock()) {
    bool isVaried = llvm::any_of(
        op.getOperands(), [&](Value x) { return activity.varied.contains(x); });
    if (!isVaried || !behind.contains(&op) || isInactive(&op))
      continue;
    if (!isa<DifferentiableOpInterface>(op)) {
      InFlightDiagnostic error =
          op.emitOpError("has no derivative, but a gradient goes through it");
      error.attachNote(grad) << "the gradient is asked for here";
      return error;
    }
    activity.ops.push_back(&op);
    for (Value result : llvm::make_filter_range(op.getResults(), isReal))
      activity.varied.insert(result);
  }
  return activity;
}
