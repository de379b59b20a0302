// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

// Additions per tile, at least; outputs per tile come in multiples of `block`,
// which every vector length divides.
static constexpr int64_t work = 16384, block = 16;

namespace {

// The sums of one kernel: alike in shape, axes and order, they share one loop
// nest.
struct Reduction {
  explicit Reduction(KernelBuilder &k) : k(k) {}

  KernelBuilder &k;
  SmallVector<SumOp> sums;
  SmallVector<int64_t> extents; // of x, neighbouring axes joined when both are
                                // reduced or both kept
  SmallVector<bool> reduced;    // which of them disappear
  int64_t length = 1;           // n: elements per sum
  int64_t count = 1;            // sums
  int64_t splits = 1, lanes = 1, part = 1;

  Type element() {
    return cast<RankedTensorType>(sums[0].getX().getType()).getElementType();
  }
  bool lastIsKept() { return extents.empty() || !reduced.back(); }

  LogicalResult collect();
  Index join(Value output, Value position, int64_t width, bool alongKept);
  SmallVector<Value> values(Value output, Value position, int64_t width,
                            bool alongKept);
  SmallVector<Value> sumPart(Value output, Value from, Value to, int64_t width);
  SmallVector<Value> sumPartInLanes(Value output, Value from, Value to);
  SmallVector<Value> sumAll(Value output, int64_t width);
  void emit(Value output, int64_t width);
};

} // namespace

LogicalResult Reduction::collect() {
  for (SumOp sum : k.body().getOps<SumOp>()) {
    sums.push_back(sum);
    if (sum.getX().getType() != sums[0].getX().getType() ||
        sum.getDims() != sums[0].getDims() ||
        sum.getOrder() != sums[0].getOrder())
      return sum.emitOpError(
          "differs in shape, axes or order from the first sum of its kernel");
  }
  if (sums.empty())
    return k.kernel.emitError("a reduction kernel needs a gan.sum");
  for (auto [axis, extent] : llvm::enumerate(
           cast<RankedTensorType>(sums[0].getX().getType()).getShape())) {
    bool isReduced = llvm::is_contained(sums[0].getDims(), (int64_t)axis);
    if (extents.empty() || reduced.back() != isReduced) {
      extents.push_back(1);
      reduced.push_back(isReduced);
    }
    extents.back() *= extent;
    (isReduced ? length : count) *= extent;
  }
  if (std::optional<OrderAttr> order = sums[0].getOrder()) {
    splits = order->getSplits();
    lanes = order->getLanes();
  }
  part = llvm::divideCeil(length, splits);
  for (Value value : k.yield().getValues())
    if (cast<RankedTensorType>(value.getType()).getNumElements() != count)
      return k.kernel.emitError("outputs of a reduction kernel must have one "
                                "element per sum, ")
             << count;
  return success();
}

// The index in x of addend `position` of sum `output`; lanes run along the kept
// or along the reduced axes.
Index Reduction::join(Value output, Value position, int64_t width,
                      bool alongKept) {
  SmallVector<int64_t> kept, gone;
  for (auto [extent, isReduced] : llvm::zip_equal(extents, reduced))
    (isReduced ? gone : kept).push_back(extent);
  Index outer, inner;
  outer.digits = {{count, output}};
  inner.digits = {{length, position}};
  std::optional<Index> keptDigits = k.regroup(outer, kept),
                       goneDigits = k.regroup(inner, gone);
  Index result;
  size_t i = 0, j = 0;
  for (bool isReduced : reduced)
    result.digits.push_back(isReduced ? goneDigits->digits[j++]
                                      : keptDigits->digits[i++]);
  result.lanes = width;
  if (width > 1)
    result.lane = result.digits.size() - 1;
  result.aligned = true;
  return result;
}

// The addends of all sums. Where a vector would run over the end of the last
// axis, one element at a time.
SmallVector<Value> Reduction::values(Value output, Value position,
                                     int64_t width, bool alongKept) {
  SmallVector<Value> result;
  bool whole =
      width == 1 || (extents.back() % width == 0 &&
                     (alongKept || part % width == 0 || reduced.size() == 1));
  for (SumOp sum : sums) {
    if (whole) {
      result.push_back(
          k.at(sum.getX(), join(output, position, width, alongKept)));
      continue;
    }
    SmallVector<Value> elements;
    for (int64_t i = 0; i < width; ++i) {
      Value step = k.constant(i);
      Index index = alongKept ? join(k.add(output, step), position, 1, true)
                              : join(output, k.add(position, step), 1, false);
      elements.push_back(k.at(sum.getX(), index));
    }
    result.push_back(k.assemble(elements));
  }
  return result;
}

// Halving: l with l + n / 2, until one is left.
static Value addHalves(KernelBuilder &k, SmallVector<Value> lanes) {
  for (size_t half = lanes.size() / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; ++i)
      lanes[i] = arith::AddFOp::create(k.b, k.loc, lanes[i], lanes[i + half]);
  return lanes[0];
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
  bool ragged = part % lanes != 0 || length % lanes != 0;
  SmallVector<Value> zeros(sums.size() * lanes, k.number(element(), 0, width));
  SmallVector<Value> acc =
      k.reduce(from, to, lanes, zeros, [&](Value i, ValueRange old) {
        SmallVector<Value> next(old);
        for (int64_t l = 0; l < lanes; ++l) {
          Value position = k.add(i, k.constant(l)), within;
          if (ragged && l > 0) {
            within = arith::CmpIOp::create(
                k.b, k.loc, arith::CmpIPredicate::slt, position, to);
            position = k.min(position, k.constant(length - 1));
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
  bool ragged = part % lanes != 0 || length % lanes != 0;
  SmallVector<Value> result;
  for (auto [s, sum] : llvm::enumerate(acc)) {
    SmallVector<Value> each;
    for (int64_t l = 0; l < lanes; ++l) {
      each.push_back(k.extract(sum, l));
      if (!ragged || l == lanes - 1)
        continue;
      Value position = k.add(whole, k.constant(l));
      Value within = arith::CmpIOp::create(
          k.b, k.loc, arith::CmpIPredicate::slt, position, to);
      position = k.min(position, k.constant(length - 1));
      each[l] = addIf(k, within, each[l],
                      k.at(sums[s].getX(), join(output, position, 1, false)));
    }
    result.push_back(addHalves(k, each));
  }
  return result;
}

// All parts, then adjacent pairs in scratch until one is left; a part without a
// partner moves up as it is.
SmallVector<Value> Reduction::sumAll(Value output, int64_t width) {
  auto sumSpan = [&](Value from, Value to) {
    return lastIsKept() || lanes == 1 ? sumPart(output, from, to, width)
                                      : sumPartInLanes(output, from, to);
  };
  if (splits == 1)
    return sumSpan(k.constant(0), k.constant(length));
  auto place = [&](size_t s, Value p) {
    return k.mul(k.add(k.constant(s * splits), p), width);
  };
  k.loop(k.constant(0), k.constant(splits), 1, [&](Value p) {
    Value from = k.min(k.mul(p, part), k.constant(length)),
          to = k.min(k.add(from, k.constant(part)), k.constant(length));
    for (auto [s, sum] : llvm::enumerate(sumSpan(from, to)))
      k.store(sum, k.scratch, place(s, p));
  });
  for (int64_t left = splits; left > 1; left = llvm::divideCeil(left, 2))
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
  Index index;
  index.digits = {{count, output}};
  index.lanes = width;
  index.lane = width > 1 ? 0 : -1;
  index.aligned = true;
  for (auto [sum, value] : llvm::zip_equal(sums, sumAll(output, width)))
    k.define(sum.getY(), index, value);
  k.storeOutputs(sums[0].getY(), index);
}

// Sums along leading axes take neighbouring outputs into one register; sums
// along the last axis take the lanes of the order. A tile is a block of
// outputs.
LogicalResult gan::emitReduction(KernelBuilder &k) {
  Reduction r(k);
  if (failed(r.collect()))
    return failure();
  int64_t width = r.lastIsKept() ? k.target.lanes(r.element()) : 1;
  int64_t outputs = block * std::max<int64_t>(1, work / (block * r.length));
  if (!r.lastIsKept())
    outputs = std::max<int64_t>(1, work / r.length);
  k.tiles = llvm::divideCeil(r.count, outputs);
  if (r.splits > 1)
    k.scratchBytes = r.sums.size() * r.splits * block * 8;
  Value from = k.mul(k.begin, outputs),
        to = k.min(k.mul(k.end, outputs), k.constant(r.count));
  Value vectors = k.mul(k.div(to, width), width);
  if (r.count >= width)
    k.loop(from, vectors, width, [&](Value output) { r.emit(output, width); });
  if (r.count % width != 0)
    k.loop(k.max(from, vectors), to, 1,
           [&](Value output) { r.emit(output, 1); });
  return success();
}
