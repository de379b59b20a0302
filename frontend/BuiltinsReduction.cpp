// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions over item axes, the batch, or everything.
#include "frontend/Builtin.h"

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

// Parses x, over, keep and hands them to `reduce`.
template <typename Reduce>
Value evaluateReduction(BuiltinCall &call, Reduce reduce) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<bool> keep = call.getBool(2, "keep");
  if (!x || !keep)
    return Poison();
  std::optional<Axes> axes = call.getAxes(1, *x);
  if (!axes)
    return Poison();
  return reduce(call.tensors.toReal(*x), *axes, *keep);
}

Value evaluateSum(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.sum(x, axes, keep);
  });
}

Value evaluateMean(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.mean(x, axes, keep);
  });
}

Value evaluateVar(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.variance(x, axes, keep);
  });
}

Value evaluateStd(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.unary<SqrtOp>(call.tensors.variance(x, axes, keep));
  });
}

// sqrt(sum x^2); at 0 the derivative of sqrt is 0, so that of the norm is too.
Value evaluateNorm(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    Tensor square = *call.tensors.binary<MulOp>(x, x);
    return call.tensors.unary<SqrtOp>(call.tensors.sum(square, axes, keep));
  });
}

// The number of elements that a reduction over these axes adds.
Value evaluateCount(BuiltinCall &call) {
  if (const auto *list = call[0].getIf<const List *>())
    return static_cast<int64_t>((*list)->items.size());
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  std::optional<Axes> axes = call.getAxes(1, *x);
  return axes ? Value(TensorBuilder::count(*x, *axes)) : Value();
}

constexpr Builtin table[] = {
    {"sum", "x, over =, keep = false", evaluateSum},
    {"mean", "x, over =, keep = false", evaluateMean},
    {"var", "x, over =, keep = false", evaluateVar},
    {"std", "x, over =, keep = false", evaluateStd},
    {"norm", "x, over =, keep = false", evaluateNorm},
    {"count", "x, over =", evaluateCount},
};

} // namespace

ArrayRef<Builtin> getReductionBuiltins() { return table; }

} // namespace gan::frontend
