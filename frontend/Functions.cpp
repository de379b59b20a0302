// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Places, and the functions that are being emitted.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

bool isInLibrary(Location loc) {
  auto file = dyn_cast<FileLineColLoc>(loc);
  return file && file.getFilename().getValue().starts_with("std/");
}

Site Evaluator::getSite(Location loc) const {
  if (isInLibrary(loc) && userCall)
    return {userCall->user, loc, userCall->callee, &origins};
  return {loc, std::nullopt, "", &origins};
}

OpBuilder &Evaluator::getBuilder() {
  return function ? function->builder : *scratchBuilder;
}

std::string Evaluator::makeUniqueName(StringRef stem) {
  std::string name = stem.str();
  for (int n = 1; SymbolTable::lookupSymbolIn(model, name); ++n)
    name = (stem + "_" + Twine(n)).str();
  return name;
}

std::unique_ptr<FunctionState> Evaluator::openFunction(FunctionState::Role role,
                                                       StringRef name,
                                                       TypeRange inputs,
                                                       Location loc) {
  OpBuilder builder = OpBuilder::atBlockEnd(&model.getBody().front());
  auto op = func::FuncOp::create(builder, loc, makeUniqueName(name),
                                 FunctionType::get(context, inputs, {}));
  static constexpr StringLiteral roles[] = {"network", "player", "output",
                                            "until"};
  op->setAttr("gan.role",
              builder.getStringAttr(roles[static_cast<size_t>(role)]));
  Block *entry = op.addEntryBlock();
  return std::make_unique<FunctionState>(
      FunctionState{.role = role,
                    .function = op,
                    .builder = OpBuilder::atBlockEnd(entry),
                    .key = entry->getArgument(0)});
}

std::optional<Tensor> Evaluator::readClock(Clock clock, const Site &site) {
  if (!function || (function->role != FunctionState::Role::Player &&
                    function->role != FunctionState::Role::Until)) {
    site.error("the clock is known only in a move; pass a number of it as an "
               "argument");
    return std::nullopt;
  }
  OpBuilder &builder = function->builder;
  auto type = RankedTensorType::get({}, builder.getF64Type());
  Tensor number{ClockOp::create(builder, site.getOpLocation(), type,
                                clock.expression, function->key)};
  if (!clock.isBool)
    return number;
  TensorBuilder tensors(builder, site);
  return tensors.compare(ComparePredicate::NE, number, tensors.constant(0));
}

bool Evaluator::dependsOn(mlir::Value y, mlir::Value x) {
  return reachability->dependsOn(y, x);
}

std::vector<PlayerReport> Evaluator::reportPlayers() const {
  std::vector<PlayerReport> reports;
  for (const Player &mover : players) {
    llvm::MapVector<StringRef, int64_t> counts;
    for (const Storage *storage : mover.trained) {
      StringRef network = StringRef(storage->path).split('.').first;
      counts[network] += ShapedType::getNumElements(storage->shape);
    }
    for (auto &[network, count] : counts)
      reports.push_back({mover.name, network.str(), count});
    if (counts.empty() && mover.hasMoved)
      reports.push_back({mover.name, "", 0});
  }
  return reports;
}

// Remembers what a layer made, for messages about its result and for `ganc
// explain`.
void Evaluator::noteLayer(const ast::FunctionDecl &declaration, Scope &scope,
                          const BodyState &made, const Value &result) {
  const auto *tensor = result.getIf<Tensor>();
  if (!tensor || !function)
    return;
  if (function->network && made.touchesStorage)
    layers.push_back(
        {made.path, describe(result), function->function.getSymName().str(),
         function->network->name + (function->arguments.empty() ? "" : ", ") +
             function->arguments,
         function->training, made.layer});
  std::string text = "this " + declaration.name + " makes " +
                     describeShape(tensor->getItemShape());
  std::string numbers;
  int shown = 0;
  for (auto [index, parameter] : llvm::enumerate(declaration.parameters)) {
    Binding *binding = scope.find(parameter.name.text);
    const auto *input = binding ? binding->value.getIf<Tensor>() : nullptr;
    if (index == 0 && input)
      text += " of " + describeShape(input->getItemShape());
    // The geometry: the numbers behind the first two parameters, as many as fit
    // a line.
    bool isNumber = binding && (binding->value.is<int64_t>() ||
                                binding->value.is<const List *>());
    if (index >= 2 && isNumber && shown++ < 3)
      numbers += (numbers.empty() ? "" : ", ") + parameter.name.text + " " +
                 spell(binding->value);
  }
  if (!numbers.empty())
    text += " (" + numbers + ")";
  if (made.touchesStorage)
    origins.try_emplace(tensor->value, Origin{made.layer, text});
}

} // namespace gan::frontend
