// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/ClockExpression.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

bool gan::isClockName(StringRef name) {
  return name == "step" || name == "images" || name == "epoch" ||
         name == "progress";
}

unsigned gan::clockOperandCount(StringRef op) {
  return llvm::StringSwitch<unsigned>(op)
      .Cases({"neg", "floor", "sqrt", "exp", "log", "cos", "sin", "not"}, 1)
      .Cases({"+", "-", "*", "/", "//", "%", "^", "min", "max"}, 2)
      .Cases({"==", "!=", "<", "<=", ">", ">=", "and", "or"}, 2)
      .Case("if", 3)
      .Default(0);
}

static LogicalResult
verifyOperation(function_ref<InFlightDiagnostic()> emitError,
                ArrayAttr operation) {
  auto op =
      operation.empty() ? StringAttr() : dyn_cast<StringAttr>(operation[0]);
  if (!op)
    return emitError() << "a clock operation begins with its operator, found "
                       << operation;
  unsigned expected = gan::clockOperandCount(op);
  if (expected == 0)
    return emitError() << "unknown clock operator '" << op.getValue() << "'";
  size_t found = operation.size() - 1;
  if (found != expected)
    return emitError() << "clock operator '" << op.getValue() << "' takes "
                       << expected << " operands, found " << found;
  for (Attribute operand : operation.getValue().drop_front())
    if (failed(gan::verifyClock(emitError, operand)))
      return failure();
  return success();
}

LogicalResult gan::verifyClock(function_ref<InFlightDiagnostic()> emitError,
                               Attribute expression) {
  if (auto number = dyn_cast<FloatAttr>(expression))
    return number.getType().isF64()
               ? success()
               : emitError() << "a clock number must be f64, found " << number;
  if (auto name = dyn_cast<StringAttr>(expression)) {
    if (isClockName(name))
      return success();
    return emitError() << "the clock has 'step', 'images', 'epoch' and "
                          "'progress', found '"
                       << name.getValue() << "'";
  }
  if (auto operation = dyn_cast<ArrayAttr>(expression))
    return verifyOperation(emitError, operation);
  return emitError() << "expected a clock number, name or operation, found "
                     << expression;
}
