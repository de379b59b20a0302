// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `P(accumulate: k)`: what stands in front of the update runs on k
// micro-batches, one after the other; gradients and plain numbers are averaged.
#include "frontend/Evaluator.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

// The only `minimize` of the player; null after a report.
const ast::MinimizeStmt *Evaluator::findUpdate(const Player &mover,
                                               const Site &site) {
  const ast::MinimizeStmt *update = nullptr;
  int64_t count = 0;
  for (const ast::StmtPtr &stmt : mover.declaration->body)
    if (const auto *found = dyn_cast<ast::MinimizeStmt>(stmt.get())) {
      update = found;
      ++count;
    }
  if (count == 1 && !update->afterCount)
    return update;
  if (count == 1)
    site.error("'accumulate' does not go with the 'after' of '")
        << mover.name << "'";
  else
    site.error("'accumulate' needs one 'minimize' outside of 'for' and 'if', "
               "but '")
        << mover.name << "' has " << count;
  return nullptr;
}

std::optional<MicroResult>
Evaluator::runMicroBatch(Player &mover, ArrayRef<Given> given,
                         const ast::MinimizeStmt &update, const Site &site) {
  function->move = MoveState{.player = &mover};
  function->move.log.emplace();
  player->clauses.clear();
  Scope *scope = openBody(mover, given, site);
  if (!scope)
    return std::nullopt;
  Value nothing = Absent();
  for (const ast::StmtPtr &stmt : mover.declaration->body) {
    if (stmt.get() == &update)
      break;
    execute(*stmt, *scope, nothing);
  }
  std::optional<Tensor> loss = evaluateLoss(update, *scope);
  if (!loss)
    return std::nullopt;
  Site place = getSite(update.loc);
  report(*loss, "loss", place);
  auto chosen = chooseParameters(*loss, nullptr, getSite(update.loss->loc));
  if (!chosen)
    return std::nullopt;
  SmallVector<Tensor> gradients = differentiate(*loss, *chosen, place);
  return MicroResult{.move = function->move,
                     .scope = scope,
                     .parameters = std::move(*chosen),
                     .gradients = std::move(gradients)};
}

Tensor Evaluator::average(ArrayRef<Tensor> values, const Site &site) {
  SmallVector<mlir::Value> operands;
  for (Tensor value : values)
    operands.push_back(value.value);
  return {AverageOp::create(function->builder, site.getOpLocation(),
                            operands.front().getType(), operands)};
}

// Tensors that may be averaged: real, not of single samples, of one shape.
static std::optional<SmallVector<Tensor>>
gather(ArrayRef<MicroResult> results,
       llvm::function_ref<const Value *(const MicroResult &)> get) {
  SmallVector<Tensor> values;
  for (const MicroResult &result : results) {
    const Value *value = get(result);
    const auto *tensor = value ? value->getIf<Tensor>() : nullptr;
    if (!tensor || tensor->batched || !tensor->isReal() ||
        (!values.empty() && tensor->getShape() != values.front().getShape()))
      return std::nullopt;
    values.push_back(*tensor);
  }
  return values;
}

// From here on, names of the body and definitions of the model that are the
// same for all samples stand for all micro-batches; so does what is logged.
void Evaluator::averageValues(ArrayRef<MicroResult> results, const Site &site) {
  const MicroResult &last = results.back();
  for (size_t index = 0; index < last.move.log->size(); ++index) {
    SmallVector<Tensor> values;
    for (const MicroResult &result : results)
      values.push_back((*result.move.log)[index].second);
    ReportOp::create(function->builder, site.getOpLocation(),
                     average(values, site).value,
                     (*last.move.log)[index].first);
  }
  for (const ast::StmtPtr &stmt : function->move.player->declaration->body) {
    const auto *let = dyn_cast<ast::LetStmt>(stmt.get());
    if (!let)
      continue;
    for (const ast::Name &name : let->names) {
      auto get = [&](const MicroResult &result) -> const Value * {
        Binding *binding = result.scope->find(name.text);
        return binding ? &binding->value : nullptr;
      };
      if (auto values = gather(results, get))
        last.scope->find(name.text)->value = average(*values, site);
    }
  }
  std::vector<const Binding *> lets;
  for (auto &[binding, value] : last.move.values)
    if (binding->kind == Binding::Kind::Let)
      lets.push_back(binding);
  llvm::sort(lets, [](const Binding *a, const Binding *b) {
    return a->name < b->name;
  });
  for (const Binding *let : lets) {
    auto get = [&](const MicroResult &result) -> const Value * {
      auto found = result.move.values.find(let);
      return found == result.move.values.end() ? nullptr : &found->second;
    };
    if (auto values = gather(results, get))
      function->move.values[let] = average(*values, site);
  }
}

void Evaluator::runAccumulated(Player &mover, ArrayRef<Given> given,
                               const Site &site, int64_t count) {
  const ast::MinimizeStmt *update = findUpdate(mover, site);
  if (!update)
    return;
  std::vector<MicroResult> results;
  for (int64_t index = 0; index < count && spend(1, update->loc); ++index) {
    function->micro = {index, count};
    auto result = runMicroBatch(mover, given, *update, site);
    if (!result)
      return;
    results.push_back(std::move(*result));
  }
  Site place = getSite(update->loc);
  averageValues(results, place);
  SmallVector<Tensor> gradients;
  for (size_t i = 0; i < results.front().gradients.size(); ++i) {
    SmallVector<Tensor> ofParameter;
    for (const MicroResult &result : results)
      ofParameter.push_back(result.gradients[i]);
    gradients.push_back(average(ofParameter, place));
  }
  function->move.log.reset();
  Scope &scope = *results.back().scope;
  std::optional<Tensor> gate;
  if (update->condition && !(gate = evaluateGate(*update->condition, scope)))
    return;
  descend(results.back().parameters, gradients, gate, place);
  bool isBehind = false;
  Value nothing = Absent();
  for (const ast::StmtPtr &stmt : mover.declaration->body) {
    if (isBehind)
      execute(*stmt, scope, nothing);
    isBehind |= stmt.get() == update;
  }
  keepValues(mover, scope);
}

} // namespace gan::frontend
