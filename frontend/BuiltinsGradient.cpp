// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gradients as values, and what stops or scales them.
#include "frontend/Builtin.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

Value evaluateStopGradient(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  return x ? Value(call.tensors.unary<StopGradientOp>(*x)) : Value();
}

// w x + stop(x - w x): the value of x, w times its gradient.
Value evaluateScaleGradient(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0), w = call.getTensor(1);
  if (!x || !w)
    return Poison();
  TensorBuilder &t = call.tensors;
  TensorBuilder::Result scaled = t.binary<MulOp>(*w, *x);
  if (!scaled)
    return Poison();
  TensorBuilder::Result rest = t.binary<SubOp>(*x, *scaled);
  return BuiltinCall::wrap(
      t.binary<AddOp>(*scaled, t.unary<StopGradientOp>(*rest)));
}

// Whether the compiler could fold `value` to a constant: then its uses are
// those of any equal constant, and a gradient with respect to it means nothing.
bool isMadeOfConstants(mlir::Value value) {
  SmallVector<mlir::Value> open = {value};
  llvm::SmallPtrSet<Operation *, 8> seen;
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || !isMemoryEffectFree(op))
      return false;
    if (op->hasTrait<OpTrait::ConstantLike>() || !seen.insert(op).second)
      continue;
    if (op->getNumOperands() == 0)
      return false;
    llvm::append_range(open, op->getOperands());
  }
  return true;
}

// The gradient of one number with respect to a tensor, or to each parameter of
// a network as a list.
Value evaluateGrad(BuiltinCall &call) {
  std::optional<Tensor> y = call.getTensor(0);
  if (!y)
    return Poison();
  if (y->batched || y->getItemRank() != 0 || !y->isReal())
    return call.fail("'grad' needs one number to differentiate, but found " +
                     describe(*y));
  bool isGroup = call[1].is<Network *>() || call[1].is<const Group *>();
  std::vector<Tensor> xs;
  if (isGroup) {
    auto loaded = call.host.loadParameters(call[1], call.site);
    if (!loaded)
      return Poison();
    xs = *loaded;
  } else if (const auto *x = call[1].getIf<Tensor>()) {
    if (!call.host.dependsOn(y->value, x->value))
      return call.fail(
          "'grad' of a value that does not depend on its second argument");
    if (isMadeOfConstants(x->value))
      return call.fail("'grad' needs something of the device as its second "
                       "argument, but this is made of constants");
    xs.push_back(*x);
  } else {
    return call.mismatch(call[1], "a tensor or params(...)",
                         "its second argument"),
           Poison();
  }
  SmallVector<mlir::Value> operands;
  SmallVector<Type> types;
  for (const Tensor &x : xs) {
    operands.push_back(x.value);
    types.push_back(x.value.getType());
  }
  auto op = GradOp::create(call.tensors.getBuilder(), call.tensors.getLoc(),
                           types, y->value, operands);
  std::vector<Value> gradients;
  for (auto [x, dx] : llvm::zip_equal(xs, op.getDxs()))
    gradients.push_back(Tensor{dx, x.batched});
  return isGroup ? call.pool.list(std::move(gradients)) : gradients.front();
}

// The parameters of a network, all or those whose own name is `named`.
Value evaluateParams(BuiltinCall &call) {
  std::optional<StringRef> name;
  if (const auto *word = call[1].getIf<StringRef>())
    name = *word;
  return call.host.selectParameters(call[0], name, call.site);
}

// The sum of a number over the parameters of a `trains` clause.
Value evaluateTotal(BuiltinCall &call) {
  std::optional<Tensor> term = call.getTensor(0);
  return term ? call.host.sumOverParameters(*term, call.site) : Value();
}

constexpr Builtin table[] = {
    {"stop_gradient", "x", evaluateStopGradient},
    {"scale_gradient", "x, w", evaluateScaleGradient},
    {"grad", "y, x", evaluateGrad},
    {"params", "network, named =", evaluateParams},
    {"total", "x", evaluateTotal},
};

} // namespace

ArrayRef<Builtin> getGradientBuiltins() { return table; }

} // namespace gan::frontend
