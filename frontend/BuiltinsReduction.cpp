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

Value evaluateArgmax(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.argmax(x, axes, keep);
  });
}

// The smallest of x is the largest of -x, and the first of equals stays the
// first.
Value evaluateArgmin(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    return call.tensors.argmax(call.tensors.unary<NegOp>(x), axes, keep);
  });
}

// e^(x - m) and their sum over the axes, with the m that keeps them finite.
struct Exponentials {
  Exponentials(TensorBuilder &t, Tensor x, const Axes &axes)
      : below(t.belowMaximum(x, axes, shift)), each(t.unary<ExpOp>(below)),
        total(t.sum(each, axes, /*keep=*/true)) {}
  Tensor shift, below, each, total;
};

// log(sum e^x) = m + log(sum e^(x - m)).
Value evaluateLogSumExp(BuiltinCall &call) {
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    TensorBuilder &t = call.tensors;
    Exponentials e(t, x, axes);
    Tensor y = *t.binary<AddOp>(e.shift, t.unary<LogOp>(e.total));
    return keep ? y : t.dropAxes(y, axes);
  });
}

// x and over, which must be given.
template <typename Function>
Value evaluateNormalisation(BuiltinCall &call, Function function) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<Axes> axes;
  if (x)
    axes = call.getAxes(1, *x);
  if (!axes)
    return Poison();
  return BuiltinCall::wrap(
      function(Exponentials(call.tensors, call.tensors.toReal(*x), *axes)));
}

Value evaluateSoftmax(BuiltinCall &call) {
  return evaluateNormalisation(call, [&](const Exponentials &e) {
    return call.tensors.binary<DivOp>(e.each, e.total);
  });
}

Value evaluateLogSoftmax(BuiltinCall &call) {
  return evaluateNormalisation(call, [&](const Exponentials &e) {
    return call.tensors.binary<SubOp>(e.below,
                                      call.tensors.unary<LogOp>(e.total));
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
    {"argmax", "x, over =, keep = false", evaluateArgmax},
    {"argmin", "x, over =, keep = false", evaluateArgmin},
    {"logsumexp", "x, over =, keep = false", evaluateLogSumExp},
    {"softmax", "x, over", evaluateSoftmax},
    {"log_softmax", "x, over", evaluateLogSoftmax},
};

} // namespace

Value evaluateExtremeOver(BuiltinCall &call) {
  bool wantsMax = call.callee == "max";
  return evaluateReduction(call, [&](Tensor x, const Axes &axes, bool keep) {
    TensorBuilder &t = call.tensors;
    Tensor most = t.maximum(wantsMax ? x : t.unary<NegOp>(x), axes, keep);
    return wantsMax ? most : t.unary<NegOp>(most);
  });
}

ArrayRef<Builtin> getReductionBuiltins() { return table; }

} // namespace gan::frontend
