// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Explain.h"

#include "dialect/GanOps.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;
using llvm::formatv;

namespace gan::frontend {

static int64_t countElements(StorageOp storage) {
  return cast<RankedTensorType>(storage.getType()).getNumElements();
}

// The parameters whose path lies below that of a layer.
static int64_t countBelow(ModelOp model, StringRef layer) {
  int64_t count = 0;
  for (auto storage : model.getOps<StorageOp>())
    if (storage.getKind() == StorageKind::Param &&
        storage.getSymName().starts_with((layer + ".").str()))
      count += countElements(storage);
  return count;
}

static void explainLayers(ModelOp model, const Elaboration &elaboration,
                          llvm::raw_ostream &os) {
  StringRef function;
  for (const LayerReport &layer : elaboration.layers) {
    if (function != layer.function) {
      function = layer.function;
      os << formatv("\n{0}\n  {1,-32} {2,-24} {3,12}\n", function, "layer",
                    "result", "parameters");
    }
    os << formatv("  {0,-32} {1,-24} {2,12}\n", layer.path, layer.result,
                  countBelow(model, layer.path));
  }
}

static void explainStorage(ModelOp model, llvm::raw_ostream &os) {
  struct Sizes {
    int64_t parameters = 0, states = 0, optimizer = 0;
  };
  llvm::MapVector<StringRef, Sizes> owners;
  for (auto storage : model.getOps<StorageOp>()) {
    Sizes &sizes = owners[storage.getOwner()];
    int64_t count = countElements(storage);
    if (storage.getKind() == StorageKind::Param)
      sizes.parameters += count;
    else if (storage.getKind() == StorageKind::State)
      sizes.states += count;
    else
      sizes.optimizer += count;
  }
  os << formatv("\n{0,-20} {1,12} {2,12} {3,16}\n", "owner", "parameters",
                "states", "optimizer states");
  for (auto &[owner, sizes] : owners)
    os << formatv("{0,-20} {1,12} {2,12} {3,16}\n", owner, sizes.parameters,
                  sizes.states, sizes.optimizer);
}

void explain(const Elaboration &elaboration, llvm::raw_ostream &os) {
  for (auto model : elaboration.module.get().getOps<ModelOp>()) {
    os << "model " << model.getSymName();
    if (auto arguments = model->getAttrOfType<DictionaryAttr>("arguments"))
      for (NamedAttribute argument : arguments) {
        os << "\n  " << argument.getName().getValue() << " = ";
        argument.getValue().print(os, /*elideType=*/true);
      }
    os << '\n';
    explainLayers(model, elaboration, os);
    explainStorage(model, os);
    os << "\ndefaults\n";
    for (const std::string &used : elaboration.defaults)
      os << "  " << used << '\n';
    os << '\n';
    for (auto phase : model.getOps<PhaseOp>())
      os << "phase " << phase.getSymName() << ": " << phase.getLength() << ' '
         << phase.getUnit() << ", batch " << phase.getBatch() << '\n';
  }
}

} // namespace gan::frontend
