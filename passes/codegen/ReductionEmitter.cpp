// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/ReductionNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

namespace {

// The sums of one kernel: alike in shape, axes and order, they share one loop
// nest.
struct Reduction {
  Reduction(KernelBuilder &k, SmallVector<SumOp> sums)
      : k(k), sums(std::move(sums)),
        nest(k, cast<RankedTensorType>(this->sums[0].getX().getType()),
             this->sums[0].getDims()),
        order(this->sums[0], nest.length), lanes(order.lanes) {}

  KernelBuilder &k;
  SmallVector<SumOp> sums;
  ReductionNest nest;
  SumOrder order;
  int64_t lanes;

  Type element() {
    return cast<RankedTensorType>(sums[0].getX().getType()).getElementType();
  }

  SmallVector<Value> values(Value output, Value position, int64_t width,
                            bool alongKept);
  SmallVector<Value> sumPart(Value output, Value from, Value to, int64_t width);
  SmallVector<Value> sumPartInLanes(Value output, Value from, Value to);
  SmallVector<Value> sumAll(Value output, int64_t width);
  void emit(Value output, int64_t width);
};

} // namespace

// The addends of all sums.
SmallVector<Value> Reduction::values(Value output, Value position,
                                     int64_t width, bool alongKept) {
  return llvm::map_to_vector(sums, [&](SumOp sum) {
    return nest.at(sum.getX(), output, position, width, alongKept,
                   /*isAligned=*/order.part % width == 0);
  });
}

static Value addIf(KernelBuilder &k, Value condition, Value sum, Value x) {
  Value more = arith::AddFOp::create(k.b, k.loc, sum, x);
  return condition ? arith::SelectOp::create(k.b, k.loc, condition, more, sum)
                         .getResult()
                   : more;
}

// One part for `width` neighbouring outputs, a register per lane of the order:
//   for i in [from, to) by lanes: for l: acc[l] += x[i + l]
SmallVector<Value> Reduction::sumPart(Value output, Value from, Value to,
                                      int64_t width) {
  SmallVector<Value> zeros(sums.size() * lanes, k.number(element(), 0, width));
  SmallVector<Value> acc =
      k.reduce(from, to, lanes, zeros, [&](Value i, ValueRange old) {
        SmallVector<Value> next(old);
        for (int64_t l = 0; l < lanes; ++l) {
          Value position = k.add(i, k.constant(l)), within;
          if (order.isRagged && l > 0) {
            within = arith::CmpIOp::create(
                k.b, k.loc, arith::CmpIPredicate::slt, position, to);
            position = k.min(position, k.constant(nest.length - 1));
          }
          for (auto [s, x] : llvm::enumerate(
                   values(output, position, width, /*alongKept=*/true)))
            next[s * lanes + l] = addIf(k, within, next[s * lanes + l], x);
        }
        return next;
      });
  SmallVector<Value> result;
  for (size_t s = 0; s < sums.size(); ++s)
    result.push_back(addHalves(
        k, SmallVector<Value>(ArrayRef(acc).slice(s * lanes, lanes))));
  return result;
}

// One part of one output, the lanes of the order in one vector; what does not
// fill it, lane by lane.
SmallVector<Value> Reduction::sumPartInLanes(Value output, Value from,
                                             Value to) {
  SmallVector<Value> zeros(sums.size(), k.number(element(), 0, lanes));
  Value whole = k.add(from, k.mul(k.div(k.sub(to, from), lanes), lanes));
  SmallVector<Value> acc =
      k.reduce(from, whole, lanes, zeros, [&](Value i, ValueRange old) {
        SmallVector<Value> next;
        for (auto [sum, x] : llvm::zip_equal(
                 old, values(output, i, lanes, /*alongKept=*/false)))
          next.push_back(arith::AddFOp::create(k.b, k.loc, sum, x));
        return next;
      });
  SmallVector<Value> result;
  for (auto [s, sum] : llvm::enumerate(acc)) {
    SmallVector<Value> each;
    for (int64_t l = 0; l < lanes; ++l) {
      each.push_back(k.extract(sum, l));
      if (!order.isRagged || l == lanes - 1)
        continue;
      Value position = k.add(whole, k.constant(l));
      Value within = arith::CmpIOp::create(
          k.b, k.loc, arith::CmpIPredicate::slt, position, to);
      position = k.min(position, k.constant(nest.length - 1));
      each[l] = addIf(k, within, each[l],
                      nest.at(sums[s].getX(), output, position, 1,
                              /*alongKept=*/false, /*isAligned=*/true));
    }
    result.push_back(addHalves(k, each));
  }
  return result;
}

// All parts, then adjacent pairs in scratch until one is left; a part without a
// partner moves up as it is.
SmallVector<Value> Reduction::sumAll(Value output, int64_t width) {
  auto sumSpan = [&](Value from, Value to) {
    return nest.lastIsKept() || lanes == 1 ? sumPart(output, from, to, width)
                                           : sumPartInLanes(output, from, to);
  };
  if (order.splits == 1)
    return sumSpan(k.constant(0), k.constant(nest.length));
  auto place = [&](size_t s, Value p) {
    return k.mul(k.add(k.constant(s * order.splits), p), width);
  };
  k.loop(k.constant(0), k.constant(order.splits), 1, [&](Value p) {
    Value from = k.min(k.mul(p, order.part), k.constant(nest.length)),
          to = k.min(k.add(from, k.constant(order.part)),
                     k.constant(nest.length));
    for (auto [s, sum] : llvm::enumerate(sumSpan(from, to)))
      k.store(sum, k.scratch, place(s, p));
  });
  for (int64_t left = order.splits; left > 1; left = llvm::divideCeil(left, 2))
    for (size_t s = 0; s < sums.size(); ++s) {
      k.loop(k.constant(0), k.constant(left / 2), 1, [&](Value p) {
        Value first =
            k.load(k.scratch, element(), place(s, k.mul(p, 2)), width);
        Value second =
            k.load(k.scratch, element(),
                   place(s, k.add(k.mul(p, 2), k.constant(1))), width);
        k.store(arith::AddFOp::create(k.b, k.loc, first, second), k.scratch,
                place(s, p));
      });
      if (left % 2 != 0)
        k.store(
            k.load(k.scratch, element(), place(s, k.constant(left - 1)), width),
            k.scratch, place(s, k.constant(left / 2)));
    }
  SmallVector<Value> result;
  for (size_t s = 0; s < sums.size(); ++s)
    result.push_back(
        k.load(k.scratch, element(), place(s, k.constant(0)), width));
  return result;
}

void Reduction::emit(Value output, int64_t width) {
  Index index = outputIndex(nest.count, output, width);
  for (auto [sum, value] : llvm::zip_equal(sums, sumAll(output, width)))
    k.define(sum.getY(), index, value);
  k.storeOutputs(sums[0].getY(), index);
}

// Sums along leading axes take neighbouring outputs into one register; sums
// along the last axis take the lanes of the order.
static LogicalResult emitSums(KernelBuilder &k, SmallVector<SumOp> sums) {
  Reduction r(k, std::move(sums));
  if (failed(r.nest.checkOutputs()))
    return failure();
  if (r.order.splits > 1)
    k.scratchBytes = r.sums.size() * r.order.splits * outputBlock * 8;
  r.nest.forOutputs(
      r.nest.lastIsKept() ? k.target.lanes(r.element()) : 1,
      [&](Value output, int64_t width) { r.emit(output, width); });
  return success();
}

LogicalResult gan::emitReduction(KernelBuilder &k) {
  auto argmaxes = k.body().getOps<ArgmaxOp>();
  if (!argmaxes.empty())
    return emitArgmax(k, *argmaxes.begin());
  FailureOr<SmallVector<SumOp>> sums = findSums(k);
  return failed(sums) ? failure() : emitSums(k, std::move(*sums));
}
