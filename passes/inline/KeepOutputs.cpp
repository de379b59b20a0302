// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What draws samples, without what learned to.
#include "passes/inline/Passes.h"

#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_KEEPOUTPUTSPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

namespace {
struct KeepOutputsPass : gan::impl::KeepOutputsPassBase<KeepOutputsPass> {
  using KeepOutputsPassBase::KeepOutputsPassBase;
  void runOnOperation() override;
};
} // namespace

static bool isOutput(Operation &op) {
  auto role = op.getAttrOfType<StringAttr>("gan.role");
  return role && role == "output";
}

// A storage begins with zeros, and is a copy of nothing.
static void forgetFirstValue(StorageOp storage) {
  storage.removeCopyAttr();
  storage.setInitAttr(
      DistributionAttr::get(storage.getContext(), DistributionKind::Constant,
                            DenseF64ArrayAttr::get(storage.getContext(), {0})));
}

// Outputs, whatever they name, at any number of steps, and the data, which say
// what of an image is black and white.
static llvm::SetVector<Operation *> listNeeded(ModelOp model) {
  SymbolTable symbols(model);
  llvm::SetVector<Operation *> needed;
  for (Operation &op : model.getBody().getOps())
    if (isOutput(op) || isa<DataOp>(op))
      needed.insert(&op);
  for (size_t i = 0; i < needed.size(); ++i) {
    if (auto storage = dyn_cast<StorageOp>(needed[i]))
      forgetFirstValue(storage);
    needed[i]->walk([&](Operation *op) {
      op->getAttrDictionary().walk([&](FlatSymbolRefAttr name) {
        if (Operation *named = symbols.lookup(name.getAttr()))
          needed.insert(named);
      });
    });
  }
  return needed;
}

void KeepOutputsPass::runOnOperation() {
  ModelOp model = getOperation();
  llvm::SetVector<Operation *> needed = listNeeded(model);
  for (Operation &op : llvm::make_early_inc_range(model.getBody().getOps()))
    if (!needed.contains(&op)) {
      op.erase();
      ++numErased;
    }
}
