// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The end of a phase by a value of the device, which is asked for between
// moves.
#include "frontend/Evaluator.h"
#include "frontend/PhaseArguments.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// The first op that reads data or draws, in the function or what it calls.
static Operation *findSample(func::FuncOp function, ModelOp model) {
  for (Operation &op : function.getBody().front()) {
    if (isa<ReadOp, RandomOp>(op))
      return &op;
    auto call = dyn_cast<CallOp>(op);
    auto callee = call ? dyn_cast<func::FuncOp>(SymbolTable::lookupSymbolIn(
                             model, call.getCallee()))
                       : func::FuncOp();
    if (Operation *found = callee ? findSample(callee, model) : nullptr)
      return found;
  }
  return nullptr;
}

// One bool for all samples; nothing after a report.
std::optional<Tensor> Evaluator::evaluateUntil(const ast::Expr &condition,
                                               Scope &scope) {
  Value value = evaluate(condition, scope);
  if (value.isPoison())
    return std::nullopt;
  Site site = getSite(condition.loc);
  const auto *clock = value.getIf<Clock>();
  bool isOne = value.is<bool>() || (clock && clock->isBool);
  if (const auto *tensor = value.getIf<Tensor>())
    isOne = tensor->isBool() && !tensor->batched && tensor->getItemRank() == 0;
  if (!isOne) {
    site.error("'until' is one bool, the same for all samples, but found ")
        << describe(value);
    return std::nullopt;
  }
  BuiltinCall call("until", value, site, getBuilder(), pool, *this);
  return call.getTensor(0);
}

func::FuncOp Evaluator::elaborateUntil(const PhaseArguments &arguments,
                                       StringRef phase, Scope &scope) {
  Type keyType = RankedTensorType::get({2}, IntegerType::get(context, 64));
  Location loc = arguments.until->loc;
  std::unique_ptr<FunctionState> state = openFunction(
      FunctionState::Role::Until, (phase + ".until").str(), keyType, loc);
  state->batch = arguments.batch;
  BodyState here{.path = phase.str(), .stream = phase.str(), .layer = loc};
  function = state.get();
  body = &here;
  summary = &summaries[state->function.getSymName()];
  std::optional<Tensor> answer = evaluateUntil(*arguments.until, scope);
  summary = nullptr;
  function = nullptr;
  body = nullptr;
  if (!answer) {
    state->function.erase();
    return {};
  }
  func::ReturnOp::create(state->builder, loc, answer->value);
  state->function.setFunctionType(
      FunctionType::get(context, keyType, answer->value.getType()));
  if (Operation *sample = findSample(state->function, model)) {
    InFlightDiagnostic error = getSite(loc).error(
        "'until' is asked between moves, where there are no data and no draws; "
        "'P.name' is what the last move of player P made");
    error.attachNote(sample->getLoc())
        << (isa<ReadOp>(sample) ? "data are read here" : "it is drawn here");
  }
  return state->function;
}

} // namespace gan::frontend
