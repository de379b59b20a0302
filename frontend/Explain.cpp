// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Explain.h"

#include "dialect/GanOps.h"
#include "frontend/Value.h"

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

static std::string getLine(Location place) {
  auto file = dyn_cast<FileLineColLoc>(place);
  return file ? std::to_string(file.getLine()) : "";
}

static bool isTrained(StringRef network, llvm::ArrayRef<LayerReport> layers) {
  return llvm::any_of(layers, [&](const LayerReport &layer) {
    return layer.network == network && layer.isTraining;
  });
}

// A table per network and constant arguments: as the moves call it, or as
// outputs do if no move does.
static void explainLayers(ModelOp model, llvm::ArrayRef<LayerReport> layers,
                          llvm::raw_ostream &os) {
  static constexpr char row[] = "  {0,-34} {1,6}  {2,-24} {3,12}\n";
  llvm::StringMap<StringRef> shown; // network to the function that shows it
  StringRef last;
  for (const LayerReport &layer : layers) {
    if (!layer.isTraining && isTrained(layer.network, layers))
      continue;
    StringRef chosen =
        shown.try_emplace(layer.network, layer.function).first->second;
    if (chosen != layer.function)
      continue;
    if (last != layer.function) {
      last = layer.function;
      os << "\nnetwork " << layer.network << '\n'
         << formatv(row, "layer", "line", "result", "parameters");
    }
    os << formatv(row, layer.path, getLine(layer.place), layer.result,
                  countBelow(model, layer.path));
  }
}

namespace {
struct Sizes {
  int64_t parameters = 0, states = 0, optimizer = 0;
  void add(const Sizes &other) {
    parameters += other.parameters;
    states += other.states;
    optimizer += other.optimizer;
  }
};
} // namespace

static void explainStorage(ModelOp model, llvm::raw_ostream &os) {
  llvm::MapVector<StringRef, Sizes> owners;
  Sizes total;
  for (auto storage : model.getOps<StorageOp>()) {
    Sizes sizes;
    int64_t count = countElements(storage);
    if (storage.getKind() == StorageKind::Param)
      sizes.parameters = count;
    else if (storage.getKind() == StorageKind::State)
      sizes.states = count;
    else
      sizes.optimizer = count;
    owners[storage.getOwner()].add(sizes);
    total.add(sizes);
  }
  static constexpr char row[] = "  {0,-34} {1,12} {2,12} {3,17}\n";
  os << "\nstored numbers\n"
     << formatv(row, "owner", "parameters", "states", "optimizer states");
  for (auto &[owner, sizes] : owners)
    os << formatv(row, owner, sizes.parameters, sizes.states, sizes.optimizer);
  os << formatv(row, "total", total.parameters, total.states, total.optimizer);
}

static void explainPlayers(llvm::ArrayRef<PlayerReport> players,
                           llvm::raw_ostream &os) {
  static constexpr char row[] = "  {0,-34} {1,-20} {2,12}\n";
  os << "\nplayers\n" << formatv(row, "player", "trains", "parameters");
  for (const PlayerReport &player : players)
    os << formatv(row, player.name,
                  player.network.empty() ? "nothing" : player.network,
                  player.parameters);
}

// By `minimize`: what it differentiates by, and what it never does.
static void explainGradients(llvm::ArrayRef<GradientReport> gradients,
                             llvm::raw_ostream &os) {
  static constexpr char row[] = "  {0,-34} {1,6}  {2,-20} {3,12}  {4}\n";
  os << "\ngradients\n"
     << formatv(row, "player", "line", "of", "parameters", "");
  std::vector<std::string> seen; // a player moves with several batches
  for (const GradientReport &report : gradients) {
    std::string line = formatv(
        row, report.player, getLine(report.place), report.network,
        report.parameters,
        report.reason.empty() ? "built" : "never built: " + report.reason);
    if (llvm::is_contained(seen, line))
      continue;
    os << line;
    seen.push_back(std::move(line));
  }
}

static void explainHead(ModelOp model, llvm::raw_ostream &os) {
  os << "model " << model.getSymName() << '\n';
  if (auto arguments = model->getAttrOfType<DictionaryAttr>("arguments"))
    for (NamedAttribute argument : arguments) {
      os << "  " << argument.getName().getValue() << " = ";
      if (auto number = dyn_cast<FloatAttr>(argument.getValue()))
        os << spell(number.getValueAsDouble());
      else
        argument.getValue().print(os, /*elideType=*/true);
      os << '\n';
    }
  os << '\n';
  for (auto phase : model.getOps<PhaseOp>()) {
    os << "phase " << phase.getSymName() << ": " << phase.getLength() << ' '
       << phase.getUnit() << ", batch " << phase.getBatch();
    if (phase.getCheck())
      os << ", asked every " << *phase.getCheck()
         << " steps whether it is over";
    os << '\n';
  }
}

void explain(const Elaboration &elaboration, llvm::raw_ostream &os) {
  for (auto model : elaboration.module.get().getOps<ModelOp>()) {
    explainHead(model, os);
    explainPlayers(elaboration.players, os);
    explainGradients(elaboration.gradients, os);
    explainLayers(model, elaboration.layers, os);
    explainStorage(model, os);
    os << "\ndefaults used\n";
    for (const std::string &used : elaboration.defaults)
      os << "  " << used << '\n';
  }
}

} // namespace gan::frontend
