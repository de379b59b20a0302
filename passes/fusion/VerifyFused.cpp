// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "dialect/Shards.h"
#include "passes/fusion/FusionRules.h"
#include "passes/fusion/Passes.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_VERIFYFUSEDPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

static LogicalResult verifyOp(Operation &op) {
  if (auto kernel = dyn_cast<KernelOp>(op))
    return fusion::verifyKernel(kernel);
  if (isa<ReshapeOp, CopyOp, AllGatherOp, func::ReturnOp>(op))
    return success();
  return op.emitOpError("is left outside a kernel after fusion");
}

// What outlives the step is the same in every shard.
static LogicalResult verifyReturn(func::FuncOp function) {
  llvm::DenseSet<Value> ofShard = valuesOfShard(function);
  for (auto [index, value] : llvm::enumerate(
           function.getBody().front().getTerminator()->getOperands()))
    if (ofShard.contains(value))
      return function.emitOpError()
             << "returns result " << index << ", which differs between shards";
  return success();
}

namespace {
struct VerifyFusedPass : gan::impl::VerifyFusedPassBase<VerifyFusedPass> {
  using VerifyFusedPassBase::VerifyFusedPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    for (Operation &op : getOperation().getBody().front())
      if (failed(verifyOp(op)))
        return signalPassFailure();
    if (failed(verifyReturn(getOperation())))
      signalPassFailure();
  }
};
} // namespace
