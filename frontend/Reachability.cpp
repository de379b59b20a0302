// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Reachability.h"

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

// Ops whose result is constant to differentiation.
static bool stopsGradient(Operation *op) {
  return isa<StopGradientOp, CompareOp, SignOp, FloorOp, CastOp, RandomOp,
             ReadOp, ClockOp, ConstantOp>(op);
}

const Reachability::Sources &Reachability::getSummary(func::FuncOp function,
                                                      unsigned result) {
  std::unique_ptr<Sources> &summary = summaries[{function, result}];
  if (!summary) {
    Operation *end = function.getBody().front().getTerminator();
    auto traced = std::make_unique<Sources>(trace(end->getOperand(result)));
    return *(summaries[{function, result}] = std::move(traced));
  }
  return *summary;
}

void Reachability::traceCall(OpResult result, Sources &sources,
                             SmallVectorImpl<mlir::Value> &open) {
  auto call = cast<CallOp>(result.getOwner());
  auto callee = cast<func::FuncOp>(
      SymbolTable::lookupSymbolIn(model, call.getCalleeAttr().getAttr()));
  const Sources &inside = getSummary(callee, result.getResultNumber());
  sources.storages.insert(inside.storages.begin(), inside.storages.end());
  for (unsigned argument : inside.arguments)
    open.push_back(call.getInputs()[argument]);
}

Reachability::Sources Reachability::trace(mlir::Value y) {
  Sources sources;
  SmallVector<mlir::Value> open = {y};
  while (!open.empty()) {
    mlir::Value value = open.pop_back_val();
    if (!sources.visited.insert(value).second)
      continue;
    if (auto argument = dyn_cast<BlockArgument>(value)) {
      sources.arguments.insert(argument.getArgNumber());
      continue;
    }
    Operation *op = value.getDefiningOp();
    if (auto load = dyn_cast<LoadOp>(op))
      sources.storages.insert(load.getStorageAttr().getAttr());
    else if (isa<CallOp>(op))
      traceCall(cast<OpResult>(value), sources, open);
    else if (!stopsGradient(op))
      open.append(op->operand_begin(), op->operand_end());
  }
  return sources;
}

llvm::DenseSet<StringAttr> Reachability::getStorages(mlir::Value y) {
  return trace(y).storages;
}

bool Reachability::dependsOn(mlir::Value y, mlir::Value x) {
  return trace(y).visited.contains(x);
}
