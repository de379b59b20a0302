// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the largest elements stand. Candidates, pairs of a value and its
// position, are totally ordered, so that the winner does not depend on who met
// whom: not on lanes, not on the order of axes in memory.
#include "dialect/ShapeRules.h"
#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/ReductionNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;
using arith::CmpFPredicate;

namespace {

// Scalars or registers: reals, and positions in i32.
struct Candidate {
  Value value, position;
};

struct Argmax {
  Argmax(KernelBuilder &k, ArgmaxOp op)
      : k(k), op(op), nest(k, op.getX().getType(), op.getDims()),
        real(op.getX().getType().getElementType()) {}

  void emit(Value output, int64_t width);
  int64_t lanesAlongReduced();

  KernelBuilder &k;
  ArgmaxOp op;
  ReductionNest nest;
  Type real;

private:
  Value positionOf(Value place);
  int64_t laneStep();
  Candidate better(Candidate a, Candidate b) const;
  Candidate best(Value output, int64_t width, bool alongKept);
  Candidate joinLanes(Candidate lanes, int64_t width) const;
};

} // namespace

// The position, counted along `dims` in their order, of an element that comes
// at `place` in memory order.
Value Argmax::positionOf(Value place) {
  ShapeRef shape = op.getX().getType().getShape();
  Shape axes(op.getDims());
  llvm::sort(axes);
  Index index;
  index.digits = {{nest.length, place}};
  std::optional<Index> digits = k.regroup(index, permute(shape, axes));
  Value position = k.constant(0);
  for (int64_t axis : op.getDims())
    position =
        k.add(k.mul(position, shape[axis]),
              digits->digits[llvm::find(axes, axis) - axes.begin()].value);
  return arith::TruncIOp::create(k.b, k.loc, k.b.getI32Type(), position);
}

// By how much positions grow from one element to the next in memory.
int64_t Argmax::laneStep() {
  ShapeRef dims = op.getDims();
  const auto *last = llvm::max_element(dims);
  return elementCount(permute(op.getX().getType().getShape(),
                              dims.drop_front(last - dims.begin() + 1)));
}

// How many elements of one output are compared at once: within the innermost
// axis, as many as a register holds and the axis is a multiple of.
int64_t Argmax::lanesAlongReduced() {
  if (nest.lastIsKept())
    return 1;
  int64_t innermost = op.getX().getType().getShape().back(),
          lanes = k.target.lanes(real);
  while (innermost % lanes != 0)
    lanes /= 2;
  return lanes;
}

// b where it is larger, or as large and in front: (b > a, or b is NaN and a is
// not) or (equal or both NaN, and position b < position a).
Candidate Argmax::better(Candidate a, Candidate b) const {
  auto compare = [&](CmpFPredicate predicate, Value x, Value y) -> Value {
    return arith::CmpFOp::create(k.b, k.loc, predicate, x, y);
  };
  auto both = [&](Value x, Value y) -> Value {
    return arith::AndIOp::create(k.b, k.loc, x, y);
  };
  auto either = [&](Value x, Value y) -> Value {
    return arith::OrIOp::create(k.b, k.loc, x, y);
  };
  Value isLarger = both(compare(CmpFPredicate::UGT, b.value, a.value),
                        compare(CmpFPredicate::ORD, a.value, a.value));
  Value isEqual = either(compare(CmpFPredicate::OEQ, b.value, a.value),
                         both(compare(CmpFPredicate::UNO, a.value, a.value),
                              compare(CmpFPredicate::UNO, b.value, b.value)));
  Value isInFront = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt,
                                          b.position, a.position);
  Value wins = either(isLarger, both(isEqual, isInFront));
  return {arith::SelectOp::create(k.b, k.loc, wins, b.value, a.value),
          arith::SelectOp::create(k.b, k.loc, wins, b.position, a.position)};
}

// Of `width` outputs, or of `width` interleaved parts of one. It starts from
// (-infinity, 0), which no candidate loses to but the element at 0 equals.
Candidate Argmax::best(Value output, int64_t width, bool alongKept) {
  Type i32 = k.b.getI32Type();
  Candidate least{k.number(real, -INFINITY, width), k.number(i32, 0, width)};
  SmallVector<Value> found = k.reduce(
      k.constant(0), k.constant(nest.length), alongKept ? 1 : width,
      {least.value, least.position},
      [&](Value place, ValueRange old) -> SmallVector<Value> {
        Candidate next{nest.at(op.getX(), output, place, width, alongKept,
                               /*isAligned=*/true),
                       k.splat(positionOf(place), width)};
        if (!alongKept && width > 1)
          next.position = arith::AddIOp::create(k.b, k.loc, next.position,
                                                k.ramp(i32, laneStep(), width));
        Candidate winner = better({old[0], old[1]}, next);
        return {winner.value, winner.position};
      });
  return {found[0], found[1]};
}

Candidate Argmax::joinLanes(Candidate lanes, int64_t width) const {
  if (width == 1)
    return lanes;
  Candidate winner{k.extract(lanes.value, 0), k.extract(lanes.position, 0)};
  for (int64_t i = 1; i < width; ++i)
    winner = better(winner,
                    {k.extract(lanes.value, i), k.extract(lanes.position, i)});
  return winner;
}

void Argmax::emit(Value output, int64_t width) {
  Index index = outputIndex(nest.count, output, width);
  int64_t lanes = lanesAlongReduced();
  Candidate winner = nest.lastIsKept()
                         ? best(output, width, /*alongKept=*/true)
                         : joinLanes(best(output, lanes, false), lanes);
  k.define(op.getY(), index, winner.position);
  k.storeOutputs(op.getY(), index);
}

LogicalResult gan::emitArgmaxOf(KernelBuilder &k, ArgmaxOp op, Value output) {
  Argmax argmax(k, op);
  if (failed(argmax.nest.checkOutputs()))
    return failure();
  argmax.emit(output, /*width=*/1);
  return success();
}

// One argmax, and what is made of it.
LogicalResult gan::emitArgmax(KernelBuilder &k, ArgmaxOp op) {
  Argmax argmax(k, op);
  if (failed(argmax.nest.checkOutputs()))
    return failure();
  argmax.nest.forOutputs(
      argmax.nest.lastIsKept() ? k.target.lanes(argmax.real) : 1,
      [&](Value output, int64_t width) { argmax.emit(output, width); });
  return success();
}
