// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
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

// All parts, then adjacent pairs in scratch until one is left; a part without a
// partner moves up as it is.
static SmallVector<Value> addAll(Sums &sums, Value output, int64_t width) {
  KernelBuilder &k = sums.k;
  int64_t splits = sums.order.splits;
  auto addSpan = [&](Value from, Value to) {
    return sums.nest.lastIsKept() || sums.order.lanes == 1
               ? sums.add(output, from, to, width)
               : addInLanes(sums, output, from, to);
  };
  if (splits == 1)
    return addSpan(k.constant(0), k.constant(sums.nest.length));
  auto place = [&](size_t s, Value p) {
    return k.mul(k.add(k.constant(s * splits), p), width);
  };
  auto load = [&](size_t s, Value p) {
    return k.load(k.scratch, sums.element(), place(s, p), width);
  };
  k.loop(k.constant(0), k.constant(splits), 1, [&](Value p) {
    auto [from, to] = sums.bounds(p);
    for (auto [s, sum] : llvm::enumerate(addSpan(from, to)))
      k.store(sum, k.scratch, place(s, p));
  });
  for (int64_t left = splits; left > 1; left = llvm::divideCeil(left, 2))
    for (size_t s = 0; s < sums.ops.size(); ++s) {
      k.loop(k.constant(0), k.constant(left / 2), 1, [&](Value p) {
        Value first = k.mul(p, 2);
        Value both = arith::AddFOp::create(
            k.b, k.loc, load(s, first), load(s, k.add(first, k.constant(1))));
        k.store(both, k.scratch, place(s, p));
      });
      if (left % 2 != 0)
        k.store(load(s, k.constant(left - 1)), k.scratch,
                place(s, k.constant(left / 2)));
    }
  SmallVector<Value> result;
  for (size_t s = 0; s < sums.ops.size(); ++s)
    result.push_back(load(s, k.constant(0)));
  return result;
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
    k.scratchBytes = sums->ops.size() * sums->order.splits * outputBlock * 8;
  sums->nest.forOutputs(
      sums->nest.lastIsKept() ? k.target.lanes(sums->element()) : 1,
      [&](Value output, int64_t width) {
        sums->store(output, width, addAll(*sums, output, width));
      });
  return success();
}
