// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Interpreter.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace gan;
using namespace gan::reference;

// y[i] = f(a[i], b[i], ...) over all elements.
template <typename Function, typename... Rest>
static Tensor map(Function f, const Tensor &a, const Rest &...rest) {
  Tensor y = Tensor::zeros(a.shape);
  for (size_t i = 0; i < y.values.size(); ++i)
    y.values[i] = f(a.values[i], rest.values[i]...);
  return y;
}

static double negate(double x) { return -x; }
static double reciprocalRoot(double x) { return 1 / std::sqrt(x); }
static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
static double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}
static double sign(double x) { return (x > 0) - (x < 0); }
static double identity(double x) { return x; }

// To `bits` bits of fraction, with the exponents of f32.
static double roundTo(int bits, double (*nearest)(double), double x) {
  if (!std::isfinite(x) || x == 0)
    return x;
  double step = std::ldexp(1.0, std::max(std::ilogb(x), -126) - bits);
  double y = nearest(x / step) * step;
  return std::abs(y) < 0x1p128 ? y : std::copysign(INFINITY, x);
}
static double roundToTf32(double x) { return roundTo(10, std::round, x); }
static double roundToBf16(double x) { return roundTo(7, std::nearbyint, x); }

using Unary = double (*)(double);
static Unary unaryOf(Operation &op) {
  return TypeSwitch<Operation &, Unary>(op)
      .Case([](NegOp) { return negate; })
      .Case([](ExpOp) -> Unary { return std::exp; })
      .Case([](LogOp) -> Unary { return std::log; })
      .Case([](SqrtOp) -> Unary { return std::sqrt; })
      .Case([](RsqrtOp) { return reciprocalRoot; })
      .Case([](SinOp) -> Unary { return std::sin; })
      .Case([](CosOp) -> Unary { return std::cos; })
      .Case([](TanhOp) -> Unary { return std::tanh; })
      .Case([](SigmoidOp) { return sigmoid; })
      .Case([](SoftplusOp) { return softplus; })
      .Case([](AbsOp) -> Unary { return std::abs; })
      .Case([](SignOp) { return sign; })
      .Case([](FloorOp) -> Unary { return std::floor; })
      .Case([](StopGradientOp) { return identity; })
      .Case([](VariableOp) { return identity; })
      .Case([](CastOp cast) {
        return cast.getType().getElementType().isBF16() ? roundToBf16
                                                        : identity;
      })
      .Case([](RoundOp round) {
        return round.getFormat() == RealFormat::TF32 ? roundToTf32
                                                     : roundToBf16;
      })
      .Case([](CopyOp) { return identity; })
      .Default([](Operation &) { return nullptr; });
}

static double add(double a, double b) { return a + b; }
static double subtract(double a, double b) { return a - b; }
static double multiply(double a, double b) { return a * b; }
static double divide(double a, double b) { return a / b; }
static double larger(double a, double b) { return b > a ? b : a; }
static double smaller(double a, double b) { return b < a ? b : a; }

using Binary = double (*)(double, double);
static Binary binaryOf(Operation &op) {
  return TypeSwitch<Operation &, Binary>(op)
      .Case([](AddOp) { return add; })
      .Case([](SubOp) { return subtract; })
      .Case([](MulOp) { return multiply; })
      .Case([](DivOp) { return divide; })
      .Case([](PowOp) -> Binary { return std::pow; })
      .Case([](MaxOp) { return larger; })
      .Case([](MinOp) { return smaller; })
      .Default([](Operation &) { return nullptr; });
}

static Tensor compare(ComparePredicate predicate, const Tensor &a,
                      const Tensor &b) {
  return map(
      [predicate](double x, double y) -> double {
        switch (predicate) {
        case ComparePredicate::EQ:
          return x == y;
        case ComparePredicate::NE:
          return x != y;
        case ComparePredicate::LT:
          return x < y;
        case ComparePredicate::LE:
          return x <= y;
        case ComparePredicate::GT:
          return x > y;
        case ComparePredicate::GE:
          return x >= y;
        }
        llvm_unreachable("unknown predicate");
      },
      a, b);
}

static Tensor select(const Tensor &condition, const Tensor &a,
                     const Tensor &b) {
  return map([](double c, double x, double y) { return c != 0 ? x : y; },
             condition, a, b);
}

// The sum of xs[begin .. end), halves first: adjacent pairs for a power of two.
static double addPairs(Operands xs, size_t begin, size_t end, size_t element) {
  if (end - begin == 1)
    return xs[begin]->values[element];
  size_t half = 1;
  while (2 * half < end - begin)
    half *= 2;
  return addPairs(xs, begin, begin + half, element) +
         addPairs(xs, begin + half, end, element);
}

static Tensor average(Operands xs) {
  Tensor y = Tensor::zeros(xs[0]->shape);
  for (size_t i = 0; i < y.values.size(); ++i)
    y.values[i] = addPairs(xs, 0, xs.size(), i) / xs.size();
  return y;
}

std::optional<Tensor> reference::evaluateElementwise(Operation &op,
                                                     Operands operands) {
  if (Unary f = unaryOf(op))
    return map(f, *operands[0]);
  if (Binary f = binaryOf(op))
    return map(f, *operands[0], *operands[1]);
  if (auto comparison = dyn_cast<CompareOp>(op))
    return compare(comparison.getPredicate(), *operands[0], *operands[1]);
  if (isa<AverageOp>(op))
    return average(operands);
  if (isa<SelectOp>(op))
    return select(*operands[0], *operands[1], *operands[2]);
  return std::nullopt;
}
