// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Reachability.h"

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

// Ops whose result is constant to differentiation.
static bool stopsGradient(Operation *op, bool ignoresStops) {
  if (isa<StopGradientOp>(op))
    return !ignoresStops;
  return isa<CompareOp, SignOp, FloorOp, CastOp, RandomOp, ReadOp, ClockOp,
             ConstantOp>(op);
}

func::FuncOp Reachability::getCallee(CallOp call) {
  return cast<func::FuncOp>(
      SymbolTable::lookupSymbolIn(model, call.getCalleeAttr().getAttr()));
}

// ---- versions

Version Reachability::getVersion(StringAttr storage, Block &block,
                                 Operation *before) {
  Operation *op = before ? before->getPrevNode()
                         : (block.empty() ? nullptr : &block.back());
  while (op) {
    auto store = dyn_cast<StoreOp>(op);
    auto call = dyn_cast<CallOp>(op);
    if (call && !call.getFrozenState() &&
        getStored(getCallee(call)).contains(storage))
      return {storage, op};
    if (!store || store.getStorageAttr().getAttr() != storage) {
      op = op->getPrevNode();
      continue;
    }
    auto load = store.getValue().getDefiningOp<LoadOp>();
    if (!load || load.getStorageAttr().getAttr() != storage)
      return {storage, op};
    op = load->getPrevNode(); // It is put back.
  }
  return {storage, nullptr};
}

llvm::SetVector<StringAttr> Reachability::getStored(Block &block,
                                                    Operation *start) {
  llvm::SetVector<StringAttr> candidates;
  Block::iterator begin =
      start ? std::next(start->getIterator()) : block.begin();
  for (Operation &op : llvm::make_range(begin, block.end())) {
    if (auto store = dyn_cast<StoreOp>(&op))
      candidates.insert(store.getStorageAttr().getAttr());
    auto call = dyn_cast<CallOp>(&op);
    if (call && !call.getFrozenState())
      for (StringAttr storage : getStored(getCallee(call)))
        candidates.insert(storage);
  }
  candidates.remove_if([&](StringAttr storage) {
    Operation *now = getVersion(storage, block).second;
    return !now || (start && !start->isBeforeInBlock(now));
  });
  return candidates;
}

const llvm::SetVector<StringAttr> &
Reachability::getStored(func::FuncOp function) {
  if (auto found = stored.find(function); found != stored.end())
    return *found->second;
  auto made = std::make_unique<llvm::SetVector<StringAttr>>(
      getStored(function.getBody().front(), nullptr));
  return *(stored[function] = std::move(made));
}

// ---- what values depend on

const Reachability::Sources &Reachability::getSummary(func::FuncOp function,
                                                      unsigned result) {
  if (auto found = results.find({function, result}); found != results.end())
    return *found->second;
  Operation *end = function.getBody().front().getTerminator();
  auto made = std::make_unique<Sources>(trace(end->getOperand(result), {}));
  return *(results[{function, result}] = std::move(made));
}

const Reachability::Sources &Reachability::getSummary(func::FuncOp function,
                                                      StringAttr storage) {
  if (auto found = stores.find({function, storage}); found != stores.end())
    return *found->second;
  auto made = std::make_unique<Sources>();
  SmallVector<mlir::Value> open;
  traceVersion(getVersion(storage, function.getBody().front()), {}, *made,
               open);
  Sources behind = trace(open, {});
  made->versions.insert(behind.versions.begin(), behind.versions.end());
  made->arguments = std::move(behind.arguments);
  return *(stores[{function, storage}] = std::move(made));
}

void Reachability::traceCall(CallOp call, const Sources &inside,
                             const Versions &ends, Sources &sources,
                             Open &open) {
  for (auto [storage, store] : inside.versions)
    if (!store)
      traceVersion(getVersion(storage, *call->getBlock(), call), ends, sources,
                   open);
  for (unsigned argument : inside.arguments)
    open.push_back(call.getInputs()[argument]);
}

void Reachability::traceVersion(Version version, const Versions &ends,
                                Sources &sources, Open &open) {
  if (!sources.versions.insert(version) || ends.contains(version))
    return;
  if (auto store = dyn_cast_or_null<StoreOp>(version.second))
    open.push_back(store.getValue());
  if (auto call = dyn_cast_or_null<CallOp>(version.second))
    traceCall(call, getSummary(getCallee(call), version.first), ends, sources,
              open);
}

Reachability::Sources Reachability::trace(ArrayRef<mlir::Value> ys,
                                          const Versions &ends) {
  Sources sources;
  SmallVector<mlir::Value> open(ys);
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
      traceVersion(
          getVersion(load.getStorageAttr().getAttr(), *op->getBlock(), op),
          ends, sources, open);
    else if (auto call = dyn_cast<CallOp>(op))
      traceCall(
          call,
          getSummary(getCallee(call), cast<OpResult>(value).getResultNumber()),
          ends, sources, open);
    else if (!stopsGradient(op, ignoresStops))
      open.append(op->operand_begin(), op->operand_end());
  }
  return sources;
}

Versions Reachability::getVersions(mlir::Value y, const Versions &ends) {
  return trace(y, ends).versions;
}

bool Reachability::dependsOn(mlir::Value y, mlir::Value x) {
  return trace(y, {}).visited.contains(x);
}
