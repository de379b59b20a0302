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
  Value result = (*callable)->lambda ? callLambda(**callable, given, site)
                                     : callFunctionDecl(**callable, given, site,
                                                        loc, std::move(label));
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
                            const Site &site) {
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
  return evaluate(*lambda.body, scope);
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
                  .isLabelled = outer.isLabelled || label || outer.label,
                  .owner = outer.owner,
                  .stateKind = outer.stateKind,
                  .mayMakeParameters = outer.mayMakeParameters,
                  .addsSegments = outer.addsSegments};
  if (outer.addsSegments) {
    std::string segment;
    if (label || outer.label)
      segment = label ? *label : *std::exchange(outer.label, std::nullopt);
    else
      segment =
          (Twine(function.name) + "." + Twine(outer.layers[function.name]++))
              .str();
    inner.path += (outer.path.empty() ? "" : ".") + segment;
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
  std::optional<std::string> outerLabel = body->label;
  std::optional<Location> outerPlace = body->place;
  if (label)
    body->label = label;
  if (!body->place)
    body->place = site.user;
  BodyState &here = *body;
  int64_t before = here.layerCount;
  Value result = evaluate(*function.body.expr, scope);
  here.label = outerLabel;
  here.place = outerPlace;
  if (!label || here.layerCount - before <= 1)
    return result;
  site.error("a label on the several layers of '" + function.name +
             "' is not supported yet");
  return Poison();
}

} // namespace gan::frontend
