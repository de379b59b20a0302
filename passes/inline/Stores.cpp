// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/Stores.h"

using namespace mlir;
using namespace gan;
using namespace gan::inlining;

// Gathers what calls and stores of `function` store in `byCalls` and `stored`.
static void collect(func::FuncOp function, SymbolTable &symbols,
                    llvm::DenseSet<Operation *> &seen, StorageSet &stored,
                    StorageSet &byCalls) {
  if (!seen.insert(function).second)
    return;
  for (Operation &op : function.getBody().front()) {
    if (auto store = dyn_cast<StoreOp>(op))
      stored.insert(store.getStorageAttr().getAttr());
    auto call = dyn_cast<CallOp>(op);
    if (!call || call.getFrozenState())
      continue;
    StorageSet inside, deeper;
    collect(symbols.lookup<func::FuncOp>(call.getCallee()), symbols, seen,
            inside, deeper);
    byCalls.insert_range(inside);
    stored.insert_range(inside);
  }
}

// Whether `function`, in which only gan.store stores to `name`, puts back at
// last what `name` held at first.
static bool putsBack(func::FuncOp function, StringAttr name) {
  SmallVector<StoreOp> stores;
  for (auto store : function.getBody().front().getOps<StoreOp>())
    if (store.getStorageAttr().getAttr() == name)
      stores.push_back(store);
  auto load = stores.back().getValue().getDefiningOp<LoadOp>();
  return load && load.getStorageAttr().getAttr() == name &&
         load->isBeforeInBlock(stores.front());
}

StorageSet inlining::storedBy(func::FuncOp function, SymbolTable &symbols) {
  StorageSet stored, byCalls;
  llvm::DenseSet<Operation *> seen;
  collect(function, symbols, seen, stored, byCalls);
  stored.remove_if([&](StringAttr name) {
    return !byCalls.contains(name) && putsBack(function, name);
  });
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
