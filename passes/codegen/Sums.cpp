// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/Sums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

SumOrder::SumOrder(SumOp sum, int64_t length) {
  if (std::optional<OrderAttr> order = sum.getOrder()) {
    splits = order->getSplits();
    lanes = order->getLanes();
  }
  part = llvm::divideCeil(length, splits);
  isRagged = part % lanes != 0 || length % lanes != 0;
}

FailureOr<Sums> Sums::of(KernelBuilder &k) {
  SmallVector<SumOp> ops = llvm::to_vector(k.body().getOps<SumOp>());
  if (ops.empty())
    return k.kernel.emitError("a reduction kernel needs a gan.sum");
  for (SumOp sum : ops)
    if (sum.getX().getType() != ops[0].getX().getType() ||
        sum.getDims() != ops[0].getDims() ||
        sum.getOrder() != ops[0].getOrder())
      return sum.emitOpError(
          "differs in shape, axes or order from the first sum of its kernel");
  ReductionNest nest(k, cast<RankedTensorType>(ops[0].getX().getType()),
                     ops[0].getDims());
  if (failed(nest.checkOutputs()))
    return failure();
  SumOrder order(ops[0], nest.length);
  return Sums{k, std::move(ops), std::move(nest), order};
}

SmallVector<Value> Sums::zeros(int64_t each, int64_t width) {
  return SmallVector<Value>(ops.size() * each, k.number(element(), 0, width));
}

std::pair<Value, Value> Sums::bounds(Value p) {
  Value end = k.constant(nest.length);
  Value from = k.min(k.mul(p, order.part), end);
  return {from, k.min(k.add(from, k.constant(order.part)), end)};
}

SmallVector<Value> Sums::at(Value output, Value position, int64_t width,
                            bool alongKept) {
  return llvm::map_to_vector(ops, [&](SumOp sum) {
    return nest.at(sum.getX(), output, position, width, alongKept,
                   /*isAligned=*/order.part % width == 0);
  });
}

SmallVector<Value> Sums::add(Value output, Value from, Value to,
                             int64_t width) {
  int64_t lanes = order.lanes;
  SmallVector<Value> acc = k.reduce(
      from, to, lanes, zeros(lanes, width), [&](Value i, ValueRange old) {
        SmallVector<Value> next(old);
        for (int64_t l = 0; l < lanes; ++l) {
          Value position = k.add(i, k.constant(l));
          bool mayLeave = order.isRagged && l > 0;
          for (auto [s, x] : llvm::enumerate(
                   at(output, mayLeave ? within(position) : position, width,
                      /*alongKept=*/true))) {
            Value &sum = next[s * lanes + l];
            sum = mayLeave ? addBefore(to, position, sum, x)
                           : arith::AddFOp::create(k.b, k.loc, sum, x);
          }
        }
        return next;
      });
  SmallVector<Value> result;
  for (size_t s = 0; s < ops.size(); ++s)
    result.push_back(
        join(SmallVector<Value>(ArrayRef(acc).slice(s * lanes, lanes))));
  return result;
}

Value Sums::addBefore(Value to, Value position, Value sum, Value x) {
  Value isBefore = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt,
                                         position, to);
  Value more = arith::AddFOp::create(k.b, k.loc, sum, x);
  return arith::SelectOp::create(k.b, k.loc, isBefore, more, sum);
}

Value Sums::within(Value position) {
  return k.min(position, k.constant(nest.length - 1));
}

Value Sums::join(SmallVector<Value> lanes) {
  for (size_t half = lanes.size() / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; ++i)
      lanes[i] = arith::AddFOp::create(k.b, k.loc, lanes[i], lanes[i + half]);
  return lanes[0];
}

void Sums::store(Value output, int64_t width, ArrayRef<Value> totals) {
  Index index = outputIndex(nest.count, output, width);
  for (auto [sum, total] : llvm::zip_equal(ops, totals))
    k.define(sum.getY(), index, total);
  k.storeOutputs(ops[0].getY(), index);
}
