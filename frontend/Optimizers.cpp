// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The stages of `trains ... with`: functions of a parameter and its gradient,
// whose states belong to both player and parameter.
#include "frontend/Evaluator.h"

#include "llvm/ADT/ScopeExit.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

std::optional<Tensor> Evaluator::applyStage(const ast::Expr &stage,
                                            Scope &scope, Storage &parameter,
                                            Tensor value, Tensor gradient) {
  Site site = getSite(stage.loc);
  std::string path = function->move.player->name + "." + parameter.path;
  BodyState here{.path = path,
                 .stream = path,
                 .layer = site.user,
                 .isLabelled = true,
                 .owner = function->move.player->name,
                 .stateKind = StorageKind::Optimizer,
                 .addsSegments = false};
  BodyState *outer = std::exchange(body, &here);
  llvm::scope_exit restore([&] { body = outer; });
  std::vector<Given> given = {{"", stage.loc, value},
                              {"", stage.loc, gradient}};
  const auto *stageCall = dyn_cast<ast::CallExpr>(&stage);
  Value callee = evaluate(stageCall ? *stageCall->callee : stage, scope);
  if (stageCall) {
    auto more = evaluateArguments(stageCall->arguments, scope);
    if (!more)
      return std::nullopt;
    llvm::append_range(given, *more);
  }
  if (callee.isPoison())
    return std::nullopt;
  Value result = call(callee, std::move(given), site, stage.loc, std::nullopt);
  BuiltinCall made("with", result, site, getBuilder(), pool, *this);
  std::optional<Tensor> tensor = made.getTensor(0);
  if (!tensor)
    return std::nullopt;
  if (tensor->batched || tensor->getShape() != ArrayRef(parameter.shape)) {
    site.error("a stage gives a tensor like '")
        << parameter.path << "', " << describeShape(parameter.shape)
        << ", but this one gives " << describe(*tensor);
    return std::nullopt;
  }
  return tensor;
}

Value Evaluator::sumOverParameters(Tensor term, const Site &site) {
  if (!total) {
    site.error("'total' stands in a stage of 'trains ... with'");
    return Poison();
  }
  if (term.batched || term.getItemRank() != 0) {
    site.error("'total' adds one number per parameter, but this is ")
        << describe(term);
    return Poison();
  }
  size_t index = total->next++;
  if (index < total->sums.size())
    return total->sums[index];
  total->terms.push_back(term);
  return Poison();
}

// One stage for each parameter. `total(e)` needs e of all parameters first: the
// stage then runs once more.
bool Evaluator::runStage(const ast::Expr &stage, Scope &scope,
                         ArrayRef<Storage *> parameters,
                         ArrayRef<Tensor> values,
                         MutableArrayRef<Tensor> gradients) {
  TotalState totals;
  TotalState *outer = std::exchange(total, &totals);
  llvm::scope_exit restore([&] { total = outer; });
  SmallVector<Tensor> results;
  llvm::DenseSet<const Storage *> declared = function->move.declared;
  do {
    results.clear();
    totals.terms.clear();
    totals.stores.clear();
    function->move.declared = declared;
    for (auto [index, parameter] : llvm::enumerate(parameters)) {
      totals.next = 0;
      std::optional<Tensor> result =
          applyStage(stage, scope, *parameter, values[index], gradients[index]);
      if (result)
        results.push_back(*result);
      else if (totals.terms.empty())
        return false;
    }
    if (!totals.terms.empty())
      closeTotal(getSite(stage.loc));
  } while (!totals.terms.empty());
  llvm::copy(results, gradients.begin());
  return true;
}

// The terms of one `total` become its sum.
void Evaluator::closeTotal(const Site &site) {
  for (Operation *store : total->stores)
    store->erase();
  TensorBuilder tensors(getBuilder(), site);
  Tensor sum = total->terms.front();
  for (Tensor term : ArrayRef(total->terms).drop_front())
    sum = *tensors.binary<AddOp>(sum, term);
  total->sums.push_back(sum);
}

} // namespace gan::frontend
