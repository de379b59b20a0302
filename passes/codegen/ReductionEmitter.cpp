// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/PartTree.h"
#include "passes/codegen/Sums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

// One part of one output, the lanes of the order in one vector; what does not
// fill it, lane by lane.
static SmallVector<Value> addInLanes(Sums &sums, Value output, Value from,
                                     Value to) {
  KernelBuilder &k = sums.k;
  int64_t lanes = sums.order.lanes;
  Value whole = k.add(from, k.mul(k.div(k.sub(to, from), lanes), lanes));
  SmallVector<Value> acc =
      k.reduce(from, whole, lanes, sums.zeros(/*each=*/1, lanes),
               [&](Value i, ValueRange old) {
                 SmallVector<Value> next;
                 for (auto [sum, x] : llvm::zip_equal(
                          old, sums.at(output, i, lanes, /*alongKept=*/false)))
                   next.push_back(arith::AddFOp::create(k.b, k.loc, sum, x));
                 return next;
               });
  SmallVector<Value> result;
  for (auto [s, sum] : llvm::enumerate(acc)) {
    SmallVector<Value> each;
    for (int64_t l = 0; l < lanes; ++l) {
      each.push_back(k.extract(sum, l));
      if (!sums.order.isRagged || l == lanes - 1)
        continue;
      Value position = k.add(whole, k.constant(l));
      Value x = sums.nest.at(sums.ops[s].getX(), output, sums.within(position),
                             1, /*alongKept=*/false,
                             /*isAligned=*/true);
      each[l] = sums.addBefore(to, position, each[l], x);
    }
    result.push_back(sums.join(each));
  }
  return result;
}

static SmallVector<Value> addSpan(Sums &sums, Value output, int64_t width,
                                  std::pair<Value, Value> span) {
  auto [from, to] = span;
  return sums.nest.lastIsKept() || sums.order.lanes == 1
             ? sums.add(output, from, to, width)
             : addInLanes(sums, output, from, to);
}

namespace {
// Sums of parts in scratch: those that were added last, then those that wait,
// level by level.
struct PartsInScratch {
  Sums &sums;
  int64_t width;

  static int64_t rows(int64_t parts) { return 1 + levelsOf(parts); }
  Value last() const { return sums.k.constant(0); }
  Value waitingAt(Value level) const {
    return sums.k.add(level, sums.k.constant(1));
  }
  Value place(Value row, size_t s) const {
    KernelBuilder &k = sums.k;
    return k.mul(k.add(k.mul(row, sums.ops.size()), k.constant(s)), width);
  }
  SmallVector<Value> load(Value row) const {
    SmallVector<Value> values;
    for (size_t s = 0; s < sums.ops.size(); ++s)
      values.push_back(
          sums.k.load(sums.k.scratch, sums.element(), place(row, s), width));
    return values;
  }
  void store(ArrayRef<Value> values, Value row) const {
    for (auto [s, value] : llvm::enumerate(values))
      sums.k.store(value, sums.k.scratch, place(row, s));
  }
  void addLevel(Value level) const {
    SmallVector<Value> values = load(last());
    for (auto [value, waiting] :
         llvm::zip_equal(values, load(waitingAt(level))))
      value = arith::AddFOp::create(sums.k.b, sums.k.loc, waiting, value);
    store(values, last());
  }
};
} // namespace

static SmallVector<Value> addAll(Sums &sums, Value output, int64_t width) {
  auto addPart = [&](Value part) {
    return addSpan(sums, output, width, sums.bounds(part));
  };
  if (sums.order.splits == 1)
    return addPart(sums.k.constant(0));
  PartsInScratch parts{sums, width};
  auto sum = [&](Value part) { parts.store(addPart(part), parts.last()); };
  auto keep = [&](Value level) {
    parts.store(parts.load(parts.last()), parts.waitingAt(level));
  };
  auto add = [&](Value level) { parts.addLevel(level); };
  auto recall = [&](Value level) {
    parts.store(parts.load(parts.waitingAt(level)), parts.last());
  };
  PartTree{sum, keep, add, recall}.emit(sums.k, sums.order.splits);
  return parts.load(parts.last());
}

// Sums along leading axes take neighbouring outputs into one register; sums
// along the last axis take the lanes of the order.
LogicalResult gan::emitReduction(KernelBuilder &k) {
  auto argmaxes = k.body().getOps<ArgmaxOp>();
  if (!argmaxes.empty())
    return emitArgmax(k, *argmaxes.begin());
  FailureOr<Sums> sums = Sums::of(k);
  if (failed(sums))
    return failure();
  if (sums->order.splits > 1)
    k.scratchBytes = sums->ops.size() *
                     PartsInScratch::rows(sums->order.splits) * outputBlock * 8;
  sums->nest.forOutputs(
      sums->nest.lastIsKept() ? k.target.lanes(sums->element()) : 1,
      [&](Value output, int64_t width) {
        sums->store(output, width, addAll(*sums, output, width));
      });
  return success();
}
