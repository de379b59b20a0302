// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Networks: one function per constant arguments, shapes and training; calls of
// them.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// Takes the named argument out of `given`.
static std::optional<Value> takeNamed(StringRef name, auto &given) {
  auto found = llvm::find_if(
      given, [&](const auto &argument) { return argument.name == name; });
  if (found == given.end())
    return std::nullopt;
  Value value = found->value;
  given.erase(found);
  return value;
}

Value Evaluator::callNetwork(Network &network, std::vector<Given> given,
                             const Site &site, Location loc) {
  if (!function) {
    site.error("'" + network.name + "' is computed only on the device");
    return Poison();
  }
  NetworkCall networkCall{.training = function->training};
  if (std::optional<Value> training = takeNamed("training", given)) {
    if (!training->is<bool>()) {
      site.error("'training' is true or false, but found ")
          << describe(*training);
      return Poison();
    }
    networkCall.training = training->get<bool>();
  }
  bool update = networkCall.training;
  if (std::optional<Value> value = takeNamed("update", given)) {
    if (!value->is<bool>()) {
      site.error("'update' is true or false, but found ") << describe(*value);
      return Poison();
    }
    update = value->get<bool>();
  }
  // Numbers of the clock enter as tensors: the function does not depend on
  // them.
  for (Given &argument : given)
    if (const auto *clock = argument.value.getIf<Clock>()) {
      std::optional<Tensor> tensor = readClock(*clock, site);
      if (!tensor)
        return Poison();
      argument.value = *tensor;
    }
  // Bound here as in the body, so that a misfit is reported at the call.
  Scope &scope = makeScope(network.scope, /*isBody=*/true);
  if (!bindParameters(network.name, network.declaration->parameters, given,
                      scope, site))
    return Poison();
  for (const ast::Parameter &parameter : network.declaration->parameters)
    networkCall.arguments.push_back(scope.find(parameter.name.text)->value);
  Specialisation *specialisation = specialise(network, networkCall, site);
  if (!specialisation)
    return Poison();
  if (!network.lastCall || networkCall.training)
    network.lastCall = networkCall;

  OpBuilder &builder = function->builder;
  SmallVector<mlir::Value> operands = {function->key};
  for (const Value &argument : networkCall.arguments)
    if (const auto *tensor = argument.getIf<Tensor>())
      operands.push_back(tensor->value);
  std::string path =
      network.name + "#" +
      std::to_string(function->move.networkCalls[network.name]++);
  auto call =
      CallOp::create(builder, site.getOpLocation(),
                     specialisation->function.getFunctionType().getResults(),
                     specialisation->function.getSymName(), operands, path,
                     /*frozen_state=*/!update);
  return returnFromNetwork(*specialisation, call);
}

Value Evaluator::returnFromNetwork(const Specialisation &specialisation,
                                   CallOp call) {
  std::vector<Value> results;
  for (auto [result, batched] :
       llvm::zip_equal(call.getOutputs(), specialisation.batchedResults))
    results.push_back(Tensor{result, static_cast<bool>(batched)});
  return results.size() == 1 ? results.front() : pool.list(std::move(results));
}

static std::string spellCall(const NetworkCall &call, MicroBatch micro) {
  std::string key = call.training ? "train" : "infer";
  if (micro.count > 1)
    key += std::to_string(micro.index) + "/" + std::to_string(micro.count);
  for (const Value &argument : call.arguments) {
    const auto *tensor = argument.getIf<Tensor>();
    key += "|" + spell(argument);
    if (tensor && !tensor->isReal())
      key += "int";
  }
  return key;
}

// Constant arguments in the words of the user: "level = 0".
static std::string describeConstants(ArrayRef<ast::Parameter> parameters,
                                     ArrayRef<Value> arguments) {
  std::string text;
  for (auto [parameter, argument] : llvm::zip_equal(parameters, arguments))
    if (!parameter.type.empty())
      text += (text.empty() ? "" : ", ") + parameter.name.text + " = " +
              spell(argument);
  return text;
}

Specialisation *Evaluator::specialise(Network &network, const NetworkCall &call,
                                      const Site &site) {
  MicroBatch micro = function ? function->micro : MicroBatch();
  auto [entry, isNew] =
      network.specialisations.try_emplace(spellCall(call, micro));
  Specialisation &specialisation = entry->second;
  if (!isNew) {
    if (specialisation.function)
      return &specialisation;
    // Open, or it failed and was reported.
    if (network.isOpen)
      site.error("recursion: network '" + network.name + "' calls itself");
    return nullptr;
  }
  SmallVector<Type> inputs = {
      RankedTensorType::get({2}, IntegerType::get(context, 64))};
  std::optional<int64_t> batch;
  for (const Value &argument : call.arguments)
    if (const auto *tensor = argument.getIf<Tensor>()) {
      inputs.push_back(tensor->value.getType());
      batch = batch ? batch : tensor->getBatch();
    }
  std::string stem = network.name + (call.training ? "_train" : "_infer");
  if (batch)
    stem += "_" + std::to_string(*batch);
  std::unique_ptr<FunctionState> state = openFunction(
      FunctionState::Role::Network, stem, inputs, network.declaration->loc);
  state->network = &network;
  state->training = call.training;
  state->micro = micro;
  state->arguments =
      describeConstants(network.declaration->parameters, call.arguments);
  if (emitSpecialisation(network, call, *state, batch, specialisation))
    return &specialisation;
  state->function.erase();
  return nullptr;
}

bool Evaluator::emitSpecialisation(Network &network, const NetworkCall &call,
                                   FunctionState &state,
                                   std::optional<int64_t> batch,
                                   Specialisation &specialisation) {
  Scope &scope = makeScope(network.scope, /*isBody=*/true);
  BodyState here{.path = network.name,
                 .layer = network.declaration->loc,
                 .call = network.name + "|" + spellCall(call, state.micro),
                 .owner = network.name,
                 .mayMakeParameters = true,
                 .batch = batch};
  // The arguments of the call become those of the function.
  Block &entryBlock = state.function.getBody().front();
  unsigned position = 1;
  std::vector<Given> given;
  for (auto [parameter, argument] :
       llvm::zip_equal(network.declaration->parameters, call.arguments)) {
    Value value = argument;
    if (const auto *tensor = argument.getIf<Tensor>())
      value = Tensor{entryBlock.getArgument(position++), tensor->batched};
    given.push_back({parameter.name.text, parameter.name.loc, value});
  }
  FunctionState *outerFunction = std::exchange(function, &state);
  BodyState *outerBody = std::exchange(body, &here);
  std::optional<Site> outerCall = std::exchange(userCall, std::nullopt);
  network.isOpen = true;
  Value result;
  if (bindParameters(network.name, network.declaration->parameters, given,
                     scope, getSite(network.declaration->loc)))
    result = emitNetworkBody(network, scope);
  bool good = closeNetwork(network, result, specialisation);
  network.isOpen = false;
  function = outerFunction;
  body = outerBody;
  userCall = outerCall;
  return good;
}

Value Evaluator::emitNetworkBody(Network &network, Scope &scope) {
  const ast::Body &code = network.declaration->body;
  Value result = Absent();
  if (!code.expr) {
    execute(code.block, scope, result);
    return result;
  }
  // An abbreviation, whose name is the label: of its only layer, or in front of
  // several, which most networks have.
  BodyState &here = *body;
  bool isLone = loneLayers.contains(here.call);
  if (isLone)
    here.label = "";
  result = evaluate(*code.expr, scope);
  if (!isLone && here.layerCount == 1 && here.labelledLayers == 0) {
    loneLayers.insert(here.call);
    isMisnamed = true;
  }
  return result;
}

// Ends the function with its results; false after a report.
bool Evaluator::closeNetwork(Network &network, const Value &result,
                             Specialisation &specialisation) {
  Site site = getSite(network.declaration->loc);
  if (result.isPoison())
    return false;
  if (result.isAbsent()) {
    site.error("network '" + network.name + "' returns nothing");
    return false;
  }
  SmallVector<Value> values = {result};
  if (const auto *list = result.getIf<const List *>())
    values.assign((*list)->items.begin(), (*list)->items.end());
  BuiltinCall call("return", values, site, getBuilder(), pool, *this);
  SmallVector<mlir::Value> operands;
  SmallVector<Type> types;
  for (size_t index = 0; index < values.size(); ++index) {
    std::optional<Tensor> tensor = call.getTensor(index);
    if (!tensor)
      return false;
    operands.push_back(tensor->value);
    types.push_back(tensor->value.getType());
    specialisation.batchedResults.push_back(tensor->batched);
  }
  func::ReturnOp::create(function->builder, site.getOpLocation(), operands);
  func::FuncOp func = function->function;
  func.setFunctionType(
      FunctionType::get(context, func.getFunctionType().getInputs(), types));
  func->setAttr("gan.network", StringAttr::get(context, network.name));
  specialisation.function = func;
  return true;
}

// For export and inspection: every network that is called, with `training:
// false`, at the shapes of its last call.
void Evaluator::emitInferenceGraphs() {
  for (Network &network : networks) {
    if (!network.lastCall)
      continue;
    NetworkCall call = *network.lastCall;
    call.training = false;
    Specialisation *graph =
        specialise(network, call, getSite(network.declaration->loc));
    if (!graph)
      continue;
    OpBuilder builder = OpBuilder::atBlockEnd(&model.getBody().front());
    NetworkOp::create(builder, network.declaration->loc, network.name,
                      graph->function.getSymName());
  }
}

} // namespace gan::frontend
