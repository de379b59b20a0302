// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/Addressing.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

Addressing::Addressing(KernelBuilder &k, Operation *op)
    : k(k), p(Problem::of(op)),
      type(cast<RankedTensorType>(op->getResult(0).getType()).getElementType()),
      digits(p.extents.size()) {}

// table[position], of numbers that are known.
static Value lookUp(KernelBuilder &k, ArrayRef<int64_t> table, Value position) {
  if (table.size() == 1)
    return k.constant(table[0]);
  auto type = RankedTensorType::get(table.size(), k.b.getI64Type());
  return k.load(k.table(DenseElementsAttr::get(type, table)),
                type.getElementType(), position);
}

Value Addressing::take(Value &number, int64_t count) {
  Value digit = k.rem(number, count);
  number = k.div(number, count);
  return digit;
}

void Addressing::setFixed(Value number) {
  for (const Phase &phase : p.phases) {
    Value residue = take(number, p.extents[phase.residue]);
    digits[phase.residue] = residue;
    digits[phase.quotient] = lookUp(k, phase.quotients, residue);
    digits[phase.tap] = lookUp(k, phase.taps, residue);
  }
  digits[p.batch] = take(number, p.extents[p.batch]);
}

void Addressing::setPosition(const Space &space, Value position) {
  int64_t extent = p.extents[space.run];
  setRun(space, k.div(position, extent));
  digits[space.run] =
      space.leading.empty() ? position : k.rem(position, extent);
}

void Addressing::setRun(const Space &space, Value run) {
  for (int digit : llvm::reverse(space.leading)) {
    bool first = digit == space.leading.front();
    digits[digit] = first ? run : k.rem(run, p.extents[digit]);
    run = k.div(run, p.extents[digit]);
  }
}

Value Addressing::coordinate(const Coordinate &axis) {
  Value sum = k.constant(0);
  for (auto [digit, factor] : axis.terms)
    sum = factor == -1 ? k.sub(sum, digits[digit])
                       : k.add(sum, k.mul(digits[digit], factor));
  return k.sub(sum, k.constant(axis.before));
}

// One unsigned comparison per axis that may be left; null where none is.
Value Addressing::isInside(ArrayRef<Coordinate> axes) {
  Value all;
  for (const Coordinate &axis : axes) {
    if (!p.mayLeave(axis))
      continue;
    Value inside =
        arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ult,
                              coordinate(axis), k.constant(axis.extent));
    all = all ? arith::AndIOp::create(k.b, k.loc, all, inside).getResult()
              : inside;
  }
  return all;
}

void Addressing::whenInside(ArrayRef<Coordinate> axes,
                            function_ref<void()> then,
                            function_ref<void()> otherwise) {
  if (Value inside = isInside(axes))
    k.when(inside, then, otherwise);
  else
    then();
}

Index Addressing::index(const Operand &operand, int64_t lanes, int laneAxis) {
  Index result;
  for (const Coordinate &axis : operand.axes)
    result.digits.push_back({axis.extent, coordinate(axis)});
  result.lanes = lanes;
  result.lane = lanes > 1 ? laneAxis : -1;
  return result;
}

Index Addressing::index(const RowParts &parts, int64_t lanes) {
  Index result;
  for (auto [axis, within] : llvm::zip_equal(p.c.axes, parts.within))
    if (within < axis.extent || within == 1)
      result.digits.push_back(
          {axis.extent / within, k.div(coordinate(axis), within)});
  result.lanes = lanes;
  result.lane = lanes > 1 ? (int)result.digits.size() - 1 : -1;
  return result;
}

std::pair<Value, Value> Addressing::runsOf(Value part) {
  Value runs = k.constant(p.runs(p.k));
  if (p.splits == 1)
    return {k.constant(0), runs};
  int64_t length = p.part() / p.extents[p.k.run];
  Value from = k.min(k.mul(part, length), runs);
  return {from, k.min(k.add(from, k.constant(length)), runs)};
}
