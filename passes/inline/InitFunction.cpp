// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/InitFunction.h"

#include "dialect/Splats.h"

using namespace mlir;
using namespace gan;

// The storage whose distribution gives `storage` its first value: the end of
// its chain of copies, or null where there is none.
static StorageOp sourceOf(StorageOp storage, SymbolTable &symbols) {
  llvm::DenseSet<Operation *> seen;
  while (storage.getCopy()) {
    if (!seen.insert(storage).second)
      return {};
    storage = symbols.lookup<StorageOp>(*storage.getCopy());
  }
  return storage;
}

static Value draw(OpBuilder &builder, StorageOp storage, Value key) {
  DistributionAttr init = *storage.getInit();
  if (init.getKind() == DistributionKind::Constant)
    return createSplat(builder, storage.getLoc(), storage.getType(),
                       init.getParams()[0]);
  return RandomOp::create(builder, storage.getLoc(), storage.getType(), key,
                          builder.getStringAttr("init/" + storage.getSymName()),
                          init,
                          /*plain=*/builder.getUnitAttr());
}

LogicalResult inlining::buildInit(ModelOp model, SymbolTable &symbols) {
  OpBuilder builder(model.getContext());
  auto keyType = RankedTensorType::get({2}, builder.getI64Type());
  auto function =
      func::FuncOp::create(builder, model.getLoc(), "init",
                           FunctionType::get(model.getContext(), keyType, {}));
  function->setAttr("gan.role", builder.getStringAttr("init"));
  function.setArgAttr(0, "gan.key", builder.getI64IntegerAttr(0));
  symbols.insert(function);
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  DenseMap<Operation *, Value> values; // by the storage that is drawn
  for (auto storage : model.getOps<StorageOp>()) {
    StorageOp source = sourceOf(storage, symbols);
    if (!source)
      return storage.emitOpError("copies a storage that copies it back");
    Value &value = values[source];
    if (!value)
      value = draw(builder, source, body->getArgument(0));
    StoreOp::create(builder, storage.getLoc(), value,
                    FlatSymbolRefAttr::get(storage.getSymNameAttr()));
  }
  func::ReturnOp::create(builder, model.getLoc());
  return success();
}
