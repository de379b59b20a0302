// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Clock.h"

#include "llvm/ADT/StringSwitch.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace gan::reference;

static double now(StringRef name, const Clock &clock) {
  return llvm::StringSwitch<double>(name)
      .Case("step", clock.step)
      .Case("images", clock.images)
      .Case("epoch", clock.epoch)
      .Default(clock.progress);
}

static double evaluateUnary(StringRef op, double a) {
  if (op == "neg")
    return -a;
  if (op == "floor")
    return std::floor(a);
  if (op == "sqrt")
    return std::sqrt(a);
  if (op == "exp")
    return std::exp(a);
  if (op == "log")
    return std::log(a);
  if (op == "cos")
    return std::cos(a);
  if (op == "sin")
    return std::sin(a);
  return a == 0; // not
}

static double evaluateBinary(StringRef op, double a, double b) {
  return llvm::StringSwitch<double>(op)
      .Case("+", a + b)
      .Case("-", a - b)
      .Case("*", a * b)
      .Case("/", a / b)
      .Case("//", std::floor(a / b))
      .Case("%", a - b * std::floor(a / b))
      .Case("^", std::pow(a, b))
      .Case("min", std::min(a, b))
      .Case("max", std::max(a, b))
      .Case("==", a == b)
      .Case("!=", a != b)
      .Case("<", a < b)
      .Case("<=", a <= b)
      .Case(">", a > b)
      .Case(">=", a >= b)
      .Case("and", a != 0 && b != 0)
      .Default(a != 0 || b != 0); // or
}

double gan::reference::evaluateClock(Attribute expression, const Clock &clock) {
  if (auto number = dyn_cast<FloatAttr>(expression))
    return number.getValueAsDouble();
  if (auto name = dyn_cast<StringAttr>(expression))
    return now(name, clock);
  auto operation = cast<ArrayAttr>(expression);
  StringRef op = cast<StringAttr>(operation[0]);
  double a = evaluateClock(operation[1], clock);
  if (op == "if")
    return evaluateClock(operation[a != 0 ? 2 : 3], clock);
  if (operation.size() == 2)
    return evaluateUnary(op, a);
  return evaluateBinary(op, a, evaluateClock(operation[2], clock));
}
