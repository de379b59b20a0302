// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elementwise functions. On numbers they are computed now, on the clock before
// the move, on tensors on the device.
#include "frontend/Builtin.h"

#include <cmath>

using namespace mlir;
using namespace gan;

namespace gan::frontend {

namespace {

using Scalar = double (*)(double);

double rsqrt(double x) { return 1 / std::sqrt(x); }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x)));
}
double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

// `clockOp` is the operator of clock expressions, empty if the clock has none.
template <typename Op, Scalar scalar>
Value evaluateUnary(BuiltinCall &call, StringRef clockOp = "") {
  if (std::optional<double> number = call[0].getNumber())
    return scalar(*number);
  if (call[0].is<Clock>() && !clockOp.empty())
    return makeClock(clockOp, call[0], call.tensors.getBuilder().getContext());
  std::optional<Tensor> x = call.getTensor(0);
  return x ? Value(call.tensors.unary<Op>(*x)) : Value();
}

Value evaluateExp(BuiltinCall &call) {
  return evaluateUnary<ExpOp, std::exp>(call, "exp");
}
Value evaluateLog(BuiltinCall &call) {
  return evaluateUnary<LogOp, std::log>(call, "log");
}
Value evaluateSqrt(BuiltinCall &call) {
  return evaluateUnary<SqrtOp, std::sqrt>(call, "sqrt");
}
Value evaluateSin(BuiltinCall &call) {
  return evaluateUnary<SinOp, std::sin>(call, "sin");
}
Value evaluateCos(BuiltinCall &call) {
  return evaluateUnary<CosOp, std::cos>(call, "cos");
}
Value evaluateRsqrt(BuiltinCall &call) {
  return evaluateUnary<RsqrtOp, rsqrt>(call);
}
Value evaluateTanh(BuiltinCall &call) {
  return evaluateUnary<TanhOp, std::tanh>(call);
}
Value evaluateSigmoid(BuiltinCall &call) {
  return evaluateUnary<SigmoidOp, sigmoid>(call);
}
Value evaluateSoftplus(BuiltinCall &call) {
  return evaluateUnary<SoftplusOp, softplus>(call);
}
Value evaluateSign(BuiltinCall &call) {
  return evaluateUnary<SignOp, sign>(call);
}

Value evaluateFloor(BuiltinCall &call) {
  if (call[0].is<int64_t>())
    return call[0];
  return evaluateUnary<FloorOp, std::floor>(call, "floor");
}

Value apply(StringRef op, BuiltinCall &call, ArrayRef<Value> operands);

Value evaluateAbs(BuiltinCall &call) {
  if (const auto *number = call[0].getIf<int64_t>())
    return *number < 0 ? apply("-", call, {int64_t{0}, call[0]}) : call[0];
  return evaluateUnary<AbsOp, std::fabs>(call);
}

// max(0, x).
Value evaluateRelu(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  return BuiltinCall::wrap(
      call.tensors.binary<MaxOp>(call.tensors.constant(0), *x));
}

// x > 0 ? x : below, with `below` already computed.
Value choosePositive(BuiltinCall &call, Tensor x, Tensor below) {
  TensorBuilder::Result positive = call.tensors.compare(
      ComparePredicate::GT, call.tensors.toReal(x), call.tensors.constant(0));
  return BuiltinCall::wrap(call.tensors.select(*positive, x, below));
}

Value evaluateLeakyRelu(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0), slope = call.getTensor(1);
  if (!x || !slope)
    return Poison();
  TensorBuilder::Result below = call.tensors.binary<MulOp>(*slope, *x);
  return below ? choosePositive(call, *x, *below) : Value();
}

// x > 0 ? x : alpha * (e^min(x, 0) - 1): the branch not taken stays finite, and
// so does its gradient.
Value exponentialUnit(BuiltinCall &call, Tensor x, double alpha) {
  TensorBuilder &t = call.tensors;
  Tensor low = *t.binary<MinOp>(x, t.constant(0));
  Tensor below = *t.binary<SubOp>(t.unary<ExpOp>(low), t.constant(1));
  return choosePositive(call, x, *t.binary<MulOp>(t.constant(alpha), below));
}

Value evaluateElu(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  std::optional<double> alpha = call.getNumber(1, "alpha");
  return x && alpha ? exponentialUnit(call, *x, *alpha) : Value();
}

// Klambauer et al. 2017, the two constants to double precision.
Value evaluateSelu(BuiltinCall &call) {
  std::optional<Tensor> x = call.getTensor(0);
  if (!x)
    return Poison();
  Value y = exponentialUnit(call, *x, 1.6732632423543772848);
  return BuiltinCall::wrap(call.tensors.binary<MulOp>(
      call.tensors.constant(1.0507009873554804934), y.get<Tensor>()));
}

template <typename Op>
Value foldExtreme(BuiltinCall &call, ArrayRef<Value> values, StringRef name) {
  bool wantsMax = name == "max";
  Value best = values.front();
  for (const Value &next : values.drop_front()) {
    std::optional<double> a = best.getNumber(), b = next.getNumber();
    auto isTimed = [](const Value &v) {
      return v.getNumber() || v.is<Clock>();
    };
    if (a && b) {
      best = (wantsMax ? *b > *a : *b < *a) ? next : best;
    } else if (isTimed(best) && isTimed(next)) {
      best =
          makeClock(name, {best, next}, call.tensors.getBuilder().getContext());
    } else {
      std::optional<Tensor> x = call.getTensor(best), y = call.getTensor(next);
      if (!x || !y)
        return Poison();
      best = BuiltinCall::wrap(call.tensors.binary<Op>(*x, *y));
    }
  }
  return best;
}

Value foldExtreme(BuiltinCall &call, ArrayRef<Value> values, StringRef name) {
  return name == "max" ? foldExtreme<MaxOp>(call, values, name)
                       : foldExtreme<MinOp>(call, values, name);
}

// values..., over, keep: several values with each other, or one over its axes.
Value evaluateExtreme(BuiltinCall &call) {
  ArrayRef<Value> values = call.arguments.drop_back(2);
  if (values.size() == 1)
    return evaluateExtremeOver(call);
  if (!call.arguments.take_back(2)[0].isAbsent())
    return call.fail("'" + call.callee +
                     "' compares several values or goes over axes of one, but "
                     "has " +
                     Twine(values.size()) + " values and 'over'");
  return foldExtreme(call, values, call.callee);
}

// An operator or function of this file on other values than the arguments.
Value apply(StringRef op, BuiltinCall &call, ArrayRef<Value> operands) {
  BuiltinCall inner(op, operands, call.site, call.tensors.getBuilder(),
                    call.pool, call.host);
  if (op == "max" || op == "min")
    return foldExtreme(inner, operands, op);
  return applyOperator(op, inner);
}

Value evaluateClamp(BuiltinCall &call) {
  Value floor = apply("max", call, {call[0], call[1]});
  return apply("min", call, {floor, call[2]});
}

// a + (b - a) * t.
Value evaluateLerp(BuiltinCall &call) {
  Value difference = apply("-", call, {call[1], call[0]});
  return apply("+", call, {call[0], apply("*", call, {difference, call[2]})});
}

Value evaluateWhere(BuiltinCall &call) {
  if (const auto *condition = call[0].getIf<bool>())
    return *condition ? call[1] : call[2];
  std::optional<Tensor> c = call.getTensor(0), a = call.getTensor(1),
                        b = call.getTensor(2);
  if (!c || !a || !b)
    return Poison();
  return BuiltinCall::wrap(call.tensors.select(*c, *a, *b));
}

constexpr Builtin table[] = {
    {"exp", "x", evaluateExp},
    {"log", "x", evaluateLog},
    {"sqrt", "x", evaluateSqrt},
    {"rsqrt", "x", evaluateRsqrt},
    {"sin", "x", evaluateSin},
    {"cos", "x", evaluateCos},
    {"abs", "x", evaluateAbs},
    {"sign", "x", evaluateSign},
    {"floor", "x", evaluateFloor},
    {"tanh", "x", evaluateTanh},
    {"sigmoid", "x", evaluateSigmoid},
    {"softplus", "x", evaluateSoftplus},
    {"relu", "x", evaluateRelu},
    {"leaky_relu", "x, slope = 0.01", evaluateLeakyRelu},
    {"elu", "x, alpha = 1", evaluateElu},
    {"selu", "x", evaluateSelu},
    {"clamp", "x, low, high", evaluateClamp},
    {"where", "condition, a, b", evaluateWhere},
    {"lerp", "a, b, t", evaluateLerp},
    {"max", "..., over =, keep = false", evaluateExtreme},
    {"min", "..., over =, keep = false", evaluateExtreme},
};

} // namespace

ArrayRef<Builtin> getElementwiseBuiltins() { return table; }

} // namespace gan::frontend
