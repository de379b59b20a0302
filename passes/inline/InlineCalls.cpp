// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/Passes.h"
#include "passes/inline/Stores.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace gan;
using namespace gan::inlining;

namespace gan {
#define GEN_PASS_DEF_INLINECALLSPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

namespace {
struct InlineCallsPass : gan::impl::InlineCallsPassBase<InlineCallsPass> {
  using InlineCallsPassBase::InlineCallsPassBase;
  void runOnOperation() override;

private:
  LogicalResult flatten(func::FuncOp function, SymbolTable &symbols);

  // Present: entered; true: no call is left.
  llvm::DenseMap<Operation *, bool> flattened;
};
} // namespace

// Writes the body of `callee`, which holds no call, in place of `call`. Each op
// keeps its place in the program and adds that of the call.
static void inlineCall(CallOp call, func::FuncOp callee) {
  OpBuilder builder(call);
  Block &body = callee.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments(), call.getInputs());
  for (Operation &op : body.without_terminator()) {
    Operation *copy = builder.clone(op, mapping);
    copy->setLoc(CallSiteLoc::get(op.getLoc(), call.getLoc()));
    if (auto random = dyn_cast<RandomOp>(copy))
      random.setStream((call.getPath() + "/" + random.getStream()).str());
  }
  for (auto [result, value] :
       llvm::zip_equal(call.getOutputs(), body.getTerminator()->getOperands()))
    result.replaceAllUsesWith(mapping.lookupOrDefault(value));
}

// The callees are flattened first, so that every body is copied without calls.
LogicalResult InlineCallsPass::flatten(func::FuncOp function,
                                       SymbolTable &symbols) {
  auto [entry, isNew] = flattened.try_emplace(function, false);
  if (!isNew) {
    if (entry->second)
      return success();
    return function.emitError()
           << "'" << function.getSymName() << "' calls itself";
  }
  SmallVector<CallOp> calls(function.getBody().front().getOps<CallOp>());
  for (CallOp call : calls) {
    auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
    if (failed(flatten(callee, symbols)))
      return failure();
    Snapshot before;
    OpBuilder builder(call);
    if (call.getFrozenState())
      before = save(builder, call.getLoc(),
                    storedBy(callee, symbols).getArrayRef(), symbols);
    inlineCall(call, callee);
    restore(builder, call.getLoc(), before);
    call.erase();
    ++numCalls;
  }
  flattened[function] = true;
  return success();
}

void InlineCallsPass::runOnOperation() {
  ModelOp model = getOperation();
  flattened.clear();
  SymbolTable symbols(model);
  for (auto function : model.getOps<func::FuncOp>())
    if (failed(flatten(function, symbols)))
      return signalPassFailure();
  llvm::DenseSet<StringRef> graphs;
  for (auto network : model.getOps<NetworkOp>())
    graphs.insert(network.getGraph());
  for (auto function : llvm::make_early_inc_range(model.getOps<func::FuncOp>()))
    if (function->getAttrOfType<StringAttr>("gan.role") == "network" &&
        !graphs.contains(function.getSymName()))
      function.erase();
}
