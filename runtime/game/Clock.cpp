// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/Clock.h"

#include <algorithm>
#include <cmath>

using namespace gan;
using namespace gan::runtime;
using format::ClockOp;

static double evaluateUnary(ClockOp op, double a) {
  switch (op) {
  case ClockOp::Neg:
    return -a;
  case ClockOp::Floor:
    return std::floor(a);
  case ClockOp::Sqrt:
    return std::sqrt(a);
  case ClockOp::Exp:
    return std::exp(a);
  case ClockOp::Log:
    return std::log(a);
  case ClockOp::Cos:
    return std::cos(a);
  case ClockOp::Sin:
    return std::sin(a);
  default:
    return a == 0; // Not
  }
}

static double evaluateBinary(ClockOp op, double a, double b) {
  switch (op) {
  case ClockOp::Add:
    return a + b;
  case ClockOp::Sub:
    return a - b;
  case ClockOp::Mul:
    return a * b;
  case ClockOp::Div:
    return a / b;
  case ClockOp::FloorDiv:
    return std::floor(a / b);
  case ClockOp::Mod:
    return a - b * std::floor(a / b);
  case ClockOp::Pow:
    return std::pow(a, b);
  case ClockOp::Min:
    return std::min(a, b);
  case ClockOp::Max:
    return std::max(a, b);
  case ClockOp::Eq:
    return a == b;
  case ClockOp::Ne:
    return a != b;
  case ClockOp::Lt:
    return a < b;
  case ClockOp::Le:
    return a <= b;
  case ClockOp::Gt:
    return a > b;
  case ClockOp::Ge:
    return a >= b;
  case ClockOp::And:
    return a != 0 && b != 0;
  default:
    return a != 0 || b != 0; // Or
  }
}

double gan::runtime::evaluateClock(const format::ClockExpression &expression,
                                   const Clock &clock) {
  switch (expression.op()) {
  case ClockOp::Number:
    return expression.value();
  case ClockOp::Step:
    return clock.step;
  case ClockOp::Images:
    return clock.images;
  case ClockOp::Epoch:
    return clock.epoch;
  case ClockOp::Progress:
    return clock.progress;
  default:
    break;
  }
  auto operand = [&](unsigned i) {
    return evaluateClock(*expression.arguments()->Get(i), clock);
  };
  if (expression.op() == ClockOp::If)
    return operand(operand(0) != 0 ? 1 : 2);
  if (expression.arguments()->size() == 1)
    return evaluateUnary(expression.op(), operand(0));
  return evaluateBinary(expression.op(), operand(0), operand(1));
}
