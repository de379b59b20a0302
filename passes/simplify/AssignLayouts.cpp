// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "passes/simplify/LayoutPlan.h"
#include "passes/simplify/Passes.h"
#include "passes/simplify/Relayout.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::simplify;

namespace gan {
#define GEN_PASS_DEF_ASSIGNLAYOUTSPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

// Axis k of what is stored now was axis layout[k] of what was stored before.
static void relayStorage(StorageOp storage, ShapeRef layout) {
  if (llvm::is_sorted(layout))
    return;
  Shape before = storage.getLayout() ? Shape(*storage.getLayout())
                                     : identityLayout(layout.size());
  storage.setType(layoutType(storage.getType(), layout));
  storage.setLayout(permute(before, layout));
}

// load(w) -> transpose(load(w)), for functions that are not laid out.
static void followLoad(LoadOp load, ShapeRef layout) {
  Type shown = load.getType();
  load.getResult().setType(layoutType(shown, layout));
  OpBuilder builder(load->getContext());
  builder.setInsertionPointAfter(load);
  Value value = changeLayout(builder, load.getLoc(), load, layout,
                             identityLayout(layout.size()));
  load.getResult().replaceUsesWithIf(value, [&](OpOperand &use) {
    return use.getOwner() != value.getDefiningOp();
  });
}

// store(x) -> store(transpose(x)), likewise.
static void followStore(StoreOp store, ShapeRef layout) {
  OpBuilder builder(store);
  store.getValueMutable().set(
      changeLayout(builder, store.getLoc(), store.getValue(),
                   identityLayout(layout.size()), layout));
}

static void followStorages(func::FuncOp function, LayoutPlan &plan) {
  function.walk([&](Operation *op) {
    auto load = dyn_cast<LoadOp>(op);
    auto store = dyn_cast<StoreOp>(op);
    if (!load && !store)
      return;
    Layout layout = plan.layoutOf(
        (load ? load.getStorageAttr() : store.getStorageAttr()).getAttr());
    if (llvm::is_sorted(layout))
      return;
    load ? followLoad(load, layout) : followStore(store, layout);
  });
}

// `scope` holds the functions, and, if it is a model, the storages.
static void assignLayouts(Region &scope) {
  LayoutPlan plan;
  SmallVector<func::FuncOp> laidOut, others;
  for (auto function : scope.getOps<func::FuncOp>())
    (isEntry(function) ? laidOut : others).push_back(function);
  for (func::FuncOp function : laidOut)
    plan.addFunction(function);
  for (auto storage : scope.getOps<StorageOp>())
    if (storage.getCopy())
      plan.addCopy(storage.getSymNameAttr(), storage.getCopyAttr().getAttr());
  plan.decide();
  for (func::FuncOp function : laidOut)
    relayout(function, plan);
  for (func::FuncOp function : others)
    followStorages(function, plan);
  for (auto storage : scope.getOps<StorageOp>())
    relayStorage(storage, plan.layoutOf(storage.getSymNameAttr()));
}

namespace {
struct AssignLayoutsPass : gan::impl::AssignLayoutsPassBase<AssignLayoutsPass> {
  using AssignLayoutsPassBase::AssignLayoutsPassBase;
  void runOnOperation() override {
    Region &body = getOperation()->getRegion(0);
    assignLayouts(body);
    for (auto model : body.getOps<ModelOp>())
      assignLayouts(model.getBody());
    getOperation()->walk([&](func::FuncOp function) {
      auto role = function->getAttrOfType<StringAttr>("gan.role");
      if (role && role == "step")
        function.walk([&](TransposeOp) { ++numTransposes; });
    });
  }
};
} // namespace
