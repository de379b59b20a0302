// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/Stores.h"

using namespace mlir;
using namespace gan;
using namespace gan::inlining;

static void collect(func::FuncOp function, SymbolTable &symbols,
                    llvm::DenseSet<Operation *> &seen, StorageSet &stored) {
  if (!seen.insert(function).second)
    return;
  for (Operation &op : function.getBody().front()) {
    if (auto store = dyn_cast<StoreOp>(op))
      stored.insert(store.getStorageAttr().getAttr());
    auto call = dyn_cast<CallOp>(op);
    if (call && !call.getFrozenState())
      collect(symbols.lookup<func::FuncOp>(call.getCallee()), symbols, seen,
              stored);
  }
}

StorageSet inlining::storedBy(func::FuncOp function, SymbolTable &symbols) {
  StorageSet stored;
  llvm::DenseSet<Operation *> seen;
  collect(function, symbols, seen, stored);
  return stored;
}

Snapshot inlining::save(OpBuilder &builder, Location loc,
                        ArrayRef<StringAttr> storages, SymbolTable &symbols) {
  return llvm::map_to_vector(storages, [&](StringAttr name) {
    auto storage = symbols.lookup<StorageOp>(name);
    return LoadOp::create(builder, loc, storage.getType(),
                          FlatSymbolRefAttr::get(name));
  });
}

void inlining::restore(OpBuilder &builder, Location loc,
                       const Snapshot &snapshot) {
  for (LoadOp value : snapshot)
    StoreOp::create(builder, loc, value, value.getStorageAttr());
}
