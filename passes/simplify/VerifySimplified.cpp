// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Arithmetic.h"
#include "dialect/Entries.h"
#include "passes/simplify/Passes.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_VERIFYSIMPLIFIEDPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

static LogicalResult verifyOp(Operation &op) {
  if (!isa<GanDialect>(op.getDialect()) || !isPure(&op) ||
      op.getNumResults() != 1 || op.getNumRegions() != 0)
    return op.emitOpError("is left in a simplified function: only pure "
                          "tensor-level ops of one result may be");
  if ((isa<SumOp>(op) || isContraction(&op)) && !op.hasAttr("order"))
    return op.emitOpError("needs an order of its additions");
  return success();
}

static LogicalResult verifyFunction(func::FuncOp function) {
  for (Operation &op : function.getBody().front().without_terminator())
    if (failed(verifyOp(op)))
      return failure();
  return success();
}

namespace {
struct VerifySimplifiedPass
    : gan::impl::VerifySimplifiedPassBase<VerifySimplifiedPass> {
  using VerifySimplifiedPassBase::VerifySimplifiedPassBase;
  void runOnOperation() override {
    if (isEntry(getOperation()) && failed(verifyFunction(getOperation())))
      signalPassFailure();
  }
};
} // namespace
