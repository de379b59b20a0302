// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The operators of the language, at each of the three times.
#include "frontend/Builtin.h"

#include "llvm/ADT/StringSwitch.h"

#include <cmath>

using namespace mlir;
using namespace gan;

namespace gan::frontend {

static std::optional<ComparePredicate> getPredicate(StringRef op) {
  return llvm::StringSwitch<std::optional<ComparePredicate>>(op)
      .Case("==", ComparePredicate::EQ)
      .Case("!=", ComparePredicate::NE)
      .Case("<", ComparePredicate::LT)
      .Case("<=", ComparePredicate::LE)
      .Case(">", ComparePredicate::GT)
      .Case(">=", ComparePredicate::GE)
      .Default(std::nullopt);
}

template <typename T>
static bool holds(ComparePredicate predicate, const T &a, const T &b) {
  switch (predicate) {
  case ComparePredicate::EQ:
    return a == b;
  case ComparePredicate::NE:
    return a != b;
  case ComparePredicate::LT:
    return a < b;
  case ComparePredicate::LE:
    return a <= b;
  case ComparePredicate::GT:
    return a > b;
  case ComparePredicate::GE:
    return a >= b;
  }
  return false;
}

static int64_t floorDivide(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

// By squaring; nothing if it does not fit.
static std::optional<int64_t> integerPower(int64_t base, int64_t exponent) {
  int64_t result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 && __builtin_mul_overflow(result, base, &result))
      return std::nullopt;
    if (exponent > 1 && __builtin_mul_overflow(base, base, &base))
      return std::nullopt;
  }
  return result;
}

// Ints stay ints but for `/` and negative powers; nothing if `op` is not one of
// ints.
static Value foldInts(StringRef op, int64_t a, int64_t b, BuiltinCall &call) {
  if ((op == "//" || op == "%" || op == "/") && b == 0)
    return call.fail("division by zero");
  int64_t result = 0;
  bool overflow = b == -1 && a == INT64_MIN && (op == "//" || op == "%");
  if (overflow)
    return call.fail("this int does not fit into 64 bits");
  if (op == "+")
    overflow = __builtin_add_overflow(a, b, &result);
  else if (op == "-")
    overflow = __builtin_sub_overflow(a, b, &result);
  else if (op == "*")
    overflow = __builtin_mul_overflow(a, b, &result);
  else if (op == "//")
    result = floorDivide(a, b);
  else if (op == "%")
    result = a - floorDivide(a, b) * b;
  else if (op == "^" && b >= 0) {
    std::optional<int64_t> power = integerPower(a, b);
    overflow = !power;
    result = power.value_or(0);
  } else {
    return Absent();
  }
  if (overflow)
    return call.fail("this int does not fit into 64 bits");
  return result;
}

static Value foldFloats(StringRef op, double a, double b) {
  if (op == "+")
    return a + b;
  if (op == "-")
    return a - b;
  if (op == "*")
    return a * b;
  if (op == "/")
    return a / b;
  if (op == "//")
    return std::floor(a / b);
  if (op == "%")
    return a - std::floor(a / b) * b;
  return std::pow(a, b);
}

Attribute toClockAttr(const Value &value, MLIRContext *context) {
  Builder builder(context);
  if (const auto *clock = value.getIf<Clock>())
    return clock->expression;
  if (const auto *truth = value.getIf<bool>())
    return builder.getF64FloatAttr(*truth ? 1 : 0);
  return builder.getF64FloatAttr(*value.getNumber());
}

Value makeClock(StringRef op, ArrayRef<Value> operands, MLIRContext *context) {
  Builder builder(context);
  SmallVector<Attribute> parts = {builder.getStringAttr(op)};
  for (const Value &operand : operands)
    parts.push_back(toClockAttr(operand, context));
  bool isBool = getPredicate(op) || op == "not" || op == "and" || op == "or";
  return Clock{builder.getArrayAttr(parts), isBool};
}

static Value applyConst(StringRef op, const Value &a, const Value &b,
                        BuiltinCall &call) {
  std::optional<ComparePredicate> predicate = getPredicate(op);
  const auto *left = a.getIf<int64_t>(), *right = b.getIf<int64_t>();
  if (left && right) {
    if (predicate)
      return holds(*predicate, *left, *right);
    Value result = foldInts(op, *left, *right, call);
    if (!result.isAbsent())
      return result;
  }
  if (predicate)
    return holds(*predicate, *a.getNumber(), *b.getNumber());
  return foldFloats(op, *a.getNumber(), *b.getNumber());
}

static Value applyTensors(StringRef op, BuiltinCall &call) {
  TensorBuilder &tensors = call.tensors;
  const auto *exponent = call[1].getIf<int64_t>();
  if (exponent && op == "^" && std::abs(*exponent) <= 64)
    if (std::optional<Tensor> base = call.getTensor(0))
      return tensors.power(*base, *exponent);
  std::optional<Tensor> a = call.getTensor(0), b = call.getTensor(1);
  if (!a || !b)
    return Poison();
  if (std::optional<ComparePredicate> predicate = getPredicate(op))
    return BuiltinCall::wrap(tensors.compare(*predicate, *a, *b));
  if (op == "+")
    return BuiltinCall::wrap(tensors.binary<AddOp>(*a, *b));
  if (op == "-")
    return BuiltinCall::wrap(tensors.binary<SubOp>(*a, *b));
  if (op == "*")
    return BuiltinCall::wrap(tensors.binary<MulOp>(*a, *b));
  if (op == "^")
    return BuiltinCall::wrap(tensors.power(*a, *b));
  TensorBuilder::Result quotient = tensors.binary<DivOp>(*a, *b);
  if (!quotient || op == "/")
    return BuiltinCall::wrap(quotient);
  Tensor whole = tensors.unary<FloorOp>(*quotient);
  if (op == "//")
    return whole;
  return BuiltinCall::wrap(
      tensors.binary<SubOp>(*a, *tensors.binary<MulOp>(*b, whole)));
}

// Bools are 0 and 1: `and` is the product, `or` the maximum, `not` the
// difference from 1.
static Value applyLogic(StringRef op, BuiltinCall &call) {
  SmallVector<Value> operands(call.arguments);
  for (const Value &operand : operands) {
    const auto *clock = operand.getIf<Clock>();
    const auto *tensor = operand.getIf<Tensor>();
    if (!operand.is<bool>() && !(clock && clock->isBool) &&
        !(tensor && tensor->isBool()))
      return call.mismatch(operand, "a bool", "an operand"), Poison();
  }
  if (llvm::all_of(operands, [](Value v) { return v.is<bool>(); })) {
    bool a = operands[0].get<bool>();
    if (op == "not")
      return !a;
    bool b = operands[1].get<bool>();
    return op == "and" ? a && b : a || b;
  }
  TensorBuilder &tensors = call.tensors;
  if (llvm::none_of(operands, [](Value v) { return v.is<Tensor>(); }))
    return makeClock(op, operands, tensors.getBuilder().getContext());
  std::optional<Tensor> a = call.getTensor(0);
  std::optional<Tensor> b = op == "not" ? a : call.getTensor(1);
  if (!a || !b)
    return Poison();
  TensorBuilder::Result result;
  if (op == "not")
    result = tensors.binary<SubOp>(tensors.constant(1), *a);
  else if (op == "and")
    result = tensors.binary<MulOp>(*a, *b);
  else
    result = tensors.binary<MaxOp>(*a, *b);
  if (!result)
    return Poison();
  return BuiltinCall::wrap(
      tensors.compare(ComparePredicate::NE, *result, tensors.constant(0)));
}

static Value negate(BuiltinCall &call) {
  if (const auto *number = call[0].getIf<int64_t>())
    return foldInts("-", 0, *number, call);
  if (const auto *number = call[0].getIf<double>())
    return -*number;
  if (call[0].is<Clock>())
    return makeClock("neg", call.arguments,
                     call.tensors.getBuilder().getContext());
  std::optional<Tensor> x = call.getTensor(0);
  return x ? Value(call.tensors.unary<NegOp>(*x)) : Value();
}

// Lists are joined by +, strings and lists compared by == and !=.
static std::optional<Value> applyToLists(StringRef op, BuiltinCall &call) {
  const auto *a = call[0].getIf<const List *>();
  const auto *b = call[1].getIf<const List *>();
  if (a && b && op == "+") {
    size_t length = (*a)->items.size() + (*b)->items.size();
    if (length > longestList)
      return call.fail("a list of " + Twine(length) + " is longer than " +
                       Twine(longestList));
    std::vector<Value> items((*a)->items);
    items.insert(items.end(), (*b)->items.begin(), (*b)->items.end());
    return call.pool.list(std::move(items));
  }
  bool same = call[0].is<StringRef>() && call[1].is<StringRef>();
  same |= a && b && call[0].isConst() && call[1].isConst();
  same |= call[0].is<bool>() && call[1].is<bool>();
  if (same && op == "==")
    return Value(spell(call[0]) == spell(call[1]));
  if (same && op == "!=")
    return Value(spell(call[0]) != spell(call[1]));
  return std::nullopt;
}

Value applyOperator(StringRef op, BuiltinCall &call) {
  if (llvm::any_of(call.arguments, [](Value v) { return v.isPoison(); }))
    return Poison();
  if (op == "and" || op == "or" || op == "not")
    return applyLogic(op, call);
  if (call.size() == 1)
    return negate(call);
  if (std::optional<Value> result = applyToLists(op, call))
    return *result;
  auto isKnown = [](const Value &v) { return v.getNumber().has_value(); };
  auto isTimed = [&](const Value &v) { return isKnown(v) || v.is<Clock>(); };
  if (llvm::all_of(call.arguments, isKnown))
    return applyConst(op, call[0], call[1], call);
  if (llvm::all_of(call.arguments, isTimed))
    return makeClock(op, call.arguments,
                     call.tensors.getBuilder().getContext());
  return applyTensors(op, call);
}

} // namespace gan::frontend
