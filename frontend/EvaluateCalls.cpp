// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Calls: labels, then the body of a function, or a built-in one.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// Deeper than any sensible program: what gets here calls itself.
constexpr int deepestCall = 200;

std::optional<std::vector<Given>>
Evaluator::evaluateArguments(ArrayRef<ast::Argument> arguments, Scope &scope) {
  std::vector<Given> given;
  bool bad = false;
  for (const ast::Argument &argument : arguments) {
    Value value = evaluate(*argument.value, scope);
    bad |= value.isPoison();
    given.push_back({argument.name, argument.loc, value});
  }
  if (bad)
    return std::nullopt;
  return given;
}

std::optional<std::string> Evaluator::spellPath(const ast::Path &path,
                                                Scope &scope) {
  std::string text;
  for (const ast::PathSegment &segment : path.segments) {
    if (!text.empty())
      text += '.';
    if (!segment.index) {
      text += segment.name;
      continue;
    }
    Value index = evaluate(*segment.index, scope);
    if (index.isPoison())
      return std::nullopt;
    if (!index.is<int64_t>()) {
      getSite(segment.index->loc).error("a path has int indices, but found ")
          << describe(index);
      return std::nullopt;
    }
    text += spell(index);
  }
  return text;
}

Value Evaluator::evaluateCall(const ast::CallExpr &expr, Scope &scope,
                              const ast::Path *label) {
  Value callee = evaluate(*expr.callee, scope);
  std::optional<std::vector<Given>> given =
      evaluateArguments(expr.arguments, scope);
  std::optional<std::string> path;
  if (label && !(path = spellPath(*label, scope)))
    return Poison();
  if (callee.isPoison() || !given)
    return Poison();
  return call(callee, std::move(*given), getSite(expr.loc), expr.loc, path);
}

Value Evaluator::call(const Value &callee, std::vector<Given> given,
                      const Site &site, Location loc,
                      std::optional<std::string> label) {
  if (const auto *network = callee.getIf<Network *>())
    return callNetwork(**network, std::move(given), site, loc);
  const auto *callable = callee.getIf<const Callable *>();
  if (!callable) {
    site.error("only functions and networks are called, but this is ")
        << describe(callee);
    return Poison();
  }
  if ((*callable)->builtin)
    return callBuiltin(*(*callable)->builtin, given, site);
  if (depth >= deepestCall) {
    site.error("recursion: functions do not call themselves");
    return Poison();
  }
  ++depth;
  Value result =
      (*callable)->lambda
          ? callLambda(**callable, given, site, std::move(label))
          : callFunctionDecl(**callable, given, site, loc, std::move(label));
  --depth;
  return result;
}

Value Evaluator::callFunction(const Callable &callable,
                              ArrayRef<Value> arguments, const Site &site) {
  std::vector<Given> given;
  for (const Value &argument : arguments)
    given.push_back({"", site.user, argument});
  return call(&callable, std::move(given), site,
              site.inside.value_or(site.user), std::nullopt);
}

Value Evaluator::callLambda(const Callable &callable, ArrayRef<Given> given,
                            const Site &site,
                            std::optional<std::string> label) {
  const ast::LambdaExpr &lambda = *callable.lambda;
  if (given.size() != lambda.parameters.size()) {
    InFlightDiagnostic error = site.error("this function takes ");
    error << lambda.parameters.size()
          << (lambda.parameters.size() == 1 ? " argument" : " arguments")
          << ", but has " << given.size();
    error.attachNote(lambda.loc) << "it is written here";
    return Poison();
  }
  Scope &scope = makeScope(callable.scope, /*isBody=*/true);
  for (auto [name, argument] : llvm::zip_equal(lambda.parameters, given))
    if (name.text != "_")
      bindValue(name.text, name.loc, argument.value, scope);
  return evaluateNamed(*lambda.body, scope, std::move(label));
}

Value Evaluator::callFunctionDecl(const Callable &callable,
                                  ArrayRef<Given> given, const Site &site,
                                  Location loc,
                                  std::optional<std::string> label) {
  const ast::FunctionDecl &declaration = *callable.function;
  Scope &scope = makeScope(callable.scope, /*isBody=*/true);
  std::optional<Site> outer = userCall;
  if (!site.inside)
    userCall = Site{site.user, std::nullopt, declaration.name};
  Value result = Poison();
  if (bindParameters(declaration.name, declaration.parameters, given, scope,
                     site))
    result = declaration.body.expr
                 ? runAbbreviation(declaration, scope, site, std::move(label))
                 : runBlock(declaration, scope, site, std::move(label));
  userCall = outer;
  return result;
}

// A body of its own: it adds a segment to the names of what it makes.
Value Evaluator::runBlock(const ast::FunctionDecl &function, Scope &scope,
                          const Site &site, std::optional<std::string> label) {
  BodyState none{.layer = site.user};
  BodyState &outer = body ? *body : none;
  BodyState inner{.path = outer.path,
                  .stream = outer.stream,
                  .layer = outer.place.value_or(site.user),
                  .call = outer.call,
                  .isLabelled = outer.isLabelled || label ||
                                !outer.label.value_or("").empty(),
                  .owner = outer.owner,
                  .stateKind = outer.stateKind,
                  .mayMakeParameters = outer.mayMakeParameters,
                  .addsSegments = outer.addsSegments};
  std::optional<std::string> taken;
  if (outer.addsSegments) {
    std::string segment;
    if (!label)
      taken = std::exchange(outer.label, std::nullopt);
    if (label || taken)
      segment = label ? *label : *taken;
    else
      segment =
          (Twine(function.name) + "." + Twine(outer.layers[function.name]++))
              .str();
    inner.path += (outer.path.empty() || segment.empty() ? "" : ".") + segment;
  }
  inner.stream += (outer.stream.empty() ? "" : "/") + function.name + "#" +
                  std::to_string(outer.streams[function.name]++);
  for (const ast::Parameter &parameter : function.parameters) {
    Binding *binding = scope.find(parameter.name.text);
    const auto *tensor = binding ? binding->value.getIf<Tensor>() : nullptr;
    if (tensor && tensor->batched && !inner.batch)
      inner.batch = tensor->getBatch();
  }
  BodyState *previous = std::exchange(body, &inner);
  Value result = Absent();
  execute(function.body.block, scope, result);
  body = previous;
  if (inner.touchesStorage && body) {
    body->touchesStorage = true;
    ++body->layerCount;
    body->labelledLayers += label || taken;
  } else if (taken) {
    outer.label = std::move(taken); // no layer: the label is for the next
  }
  noteLayer(function, scope, inner, result);
  return result;
}

// No body of its own: what it makes is named as if it stood where the call
// stands.
Value Evaluator::runAbbreviation(const ast::FunctionDecl &function,
                                 Scope &scope, const Site &site,
                                 std::optional<std::string> label) {
  if (!body)
    return evaluate(*function.body.expr, scope);
  BodyState &here = *body;
  std::optional<Location> outerPlace = here.place;
  if (!here.place)
    here.place = site.user;
  Value result = evaluateNamed(*function.body.expr, scope, std::move(label));
  here.place = outerPlace;
  return result;
}

// An expression with a label, which goes to its only layer or in front of
// several. How many there are is known when all are made: the first run lets
// the first layer take it, and is made again if that was wrong.
Value Evaluator::evaluateNamed(const ast::Expr &expr, Scope &scope,
                               std::optional<std::string> label) {
  if (!body || !body->addsSegments || !label)
    return evaluate(expr, scope);
  BodyState &here = *body;
  std::string call = here.call + "|" + here.stream + "|" +
                     std::to_string(here.labelledCalls++) + " " + *label;
  if (severalLayers.contains(call))
    return evaluateInFront(expr, scope, *label);
  std::optional<std::string> outer = std::exchange(here.label, label);
  int64_t before = here.layerCount;
  Value result = evaluate(expr, scope);
  int64_t layers = here.layerCount - before;
  // An only layer with a label of its own has left this one.
  if (layers > 1 || (layers == 1 && here.label)) {
    severalLayers.insert(std::move(call));
    isMisnamed = true;
  }
  here.label = std::move(outer);
  return result;
}

// The label names the layers as a `{ }` body would.
Value Evaluator::evaluateInFront(const ast::Expr &expr, Scope &scope,
                                 StringRef label) {
  BodyState &here = *body;
  std::string path = here.path + (here.path.empty() ? "" : ".") + label.str();
  std::swap(here.path, path);
  llvm::StringMap<int64_t> layers;
  std::swap(here.layers, layers);
  bool isLabelled = std::exchange(here.isLabelled, true);
  std::optional<std::string> outer = std::exchange(here.label, std::nullopt);
  Value result = evaluate(expr, scope);
  here.label = std::move(outer);
  here.isLabelled = isLabelled;
  std::swap(here.layers, layers);
  std::swap(here.path, path);
  return result;
}

} // namespace gan::frontend
