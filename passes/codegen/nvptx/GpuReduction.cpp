// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/ReductionNest.h"
#include "passes/codegen/nvptx/GpuKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t mostThreads = 256;
static constexpr int64_t warp = 32;

namespace {
// The sums of one kernel. Threads of a block are (row, lane, output), outputs
// side by side: a row adds parts, every so manieth; lanes have threads of their
// own where the order adds neighbours. What they find joins in shared memory,
// in the order that #gan.order states.
struct GpuReduction {
  GpuReduction(GpuKernel &g, SmallVector<SumOp> sums);

  GpuKernel &g;
  KernelBuilder &k;
  SmallVector<SumOp> sums;
  ReductionNest nest;
  Type element;
  SumOrder order;
  int64_t rows, width, outputs; // threads of a block
  Value row, lane, output;      // this one
  Value number;                 // of its output, in the result

  void emit();

private:
  Value isLeader();
  void forRows(int64_t count, function_ref<void(Value, Value)> body);
  SmallVector<Value> at(Value position);
  SmallVector<Value> addPart(Value p);
  SmallVector<Value> addLane(Value from, Value to);
  SmallVector<Value> addLanesInTurn(Value from, Value to);
  SmallVector<Value> joinLanes(SmallVector<Value> found);
  void joinPairs(int64_t left, size_t sum);
  SmallVector<Value> sumAll();

  Value lanePlace(size_t sum, Value l) {
    Value slot = k.add(k.constant(sum * rows), row);
    return k.add(k.mul(k.add(k.mul(slot, width), l), outputs), output);
  }
  Value partPlace(size_t sum, Value p) {
    return k.add(k.mul(k.add(k.constant(sum * order.splits), p), outputs),
                 output);
  }
  Value add(Value x, Value y) {
    return arith::AddFOp::create(k.b, k.loc, x, y);
  }
  Value isLess(Value x, Value y) {
    return arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt, x, y);
  }

  Value laneMemory, partMemory; // null where nothing has to join
};
} // namespace

static int64_t atMost(int64_t limit, int64_t wanted) {
  return std::min<int64_t>(limit, llvm::PowerOf2Ceil(wanted));
}

// Threads (rows, width, outputs) of a block: outputs side by side as far as
// they fill a warp where neighbours are kept, else as far as threads are left;
// fewer where the sums that wait would not fit into its memory.
static int64_t chooseOutputs(const ReductionNest &nest, const SumOrder &order,
                             int64_t width, int64_t bytesPerPart) {
  int64_t free =
      mostThreads / (width * std::min(order.splits, mostThreads / width));
  int64_t outputs =
      atMost(nest.lastIsKept() ? warp : std::max<int64_t>(1, free), nest.count);
  while (outputs > 1 && order.splits * outputs * bytesPerPart > mostShared / 2)
    outputs /= 2;
  return outputs;
}

GpuReduction::GpuReduction(GpuKernel &g, SmallVector<SumOp> all)
    : g(g), k(g.k), sums(std::move(all)),
      nest(k, cast<RankedTensorType>(sums[0].getX().getType()),
           sums[0].getDims()),
      element(getElementTypeOrSelf(sums[0].getX())),
      order(sums[0], nest.length) {
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  width = nest.lastIsKept() ? 1 : order.lanes;
  outputs = chooseOutputs(nest, order, width, sums.size() * bytes);
  rows = std::min(order.splits, mostThreads / (width * outputs));
  g.launch.threads = rows * width * outputs;
  g.launch.blocks = llvm::divideCeil(nest.count, outputs);
  output = k.rem(g.thread(), outputs);
  lane = k.rem(k.div(g.thread(), outputs), width);
  row = k.div(g.thread(), outputs * width);
  number = k.add(k.mul(g.block(), outputs), output);
  if (width > 1)
    laneMemory = g.share(sums.size() * g.launch.threads * bytes);
  if (order.splits > 1)
    partMemory = g.share(sums.size() * order.splits * outputs * bytes);
}

// The thread that has the sum in the end.
Value GpuReduction::isLeader() {
  Value place = k.add(k.mul(row, width), lane);
  return isLess(place, k.constant(1));
}

// body(p, p < count) for p = row, row + rows, .. as often in every thread.
void GpuReduction::forRows(int64_t count,
                           function_ref<void(Value, Value)> body) {
  k.loop(k.constant(0), k.constant(llvm::divideCeil(count, rows)), 1,
         [&](Value turn) {
           Value p = k.add(k.mul(turn, rows), row);
           body(p, isLess(p, k.constant(count)));
         });
}

// The addends of all sums; a thread without an output reads those of the last.
SmallVector<Value> GpuReduction::at(Value position) {
  Value known = nest.count % outputs == 0
                    ? number
                    : k.min(number, k.constant(nest.count - 1));
  return llvm::map_to_vector(sums, [&](SumOp sum) {
    return nest.at(sum.getX(), known, position, /*width=*/1, /*alongKept=*/true,
                   /*isAligned=*/false);
  });
}

SmallVector<Value> GpuReduction::addLane(Value from, Value to) {
  SmallVector<Value> zeros(sums.size(), k.number(element, 0));
  return k.reduce(k.add(from, lane), to, order.lanes, zeros,
                  [&](Value position, ValueRange old) {
                    SmallVector<Value> next;
                    for (auto [sum, x] : llvm::zip_equal(old, at(position)))
                      next.push_back(add(sum, x));
                    return next;
                  });
}

// All lanes of a part in one thread.
SmallVector<Value> GpuReduction::addLanesInTurn(Value from, Value to) {
  int64_t lanes = order.lanes, count = sums.size();
  SmallVector<Value> zeros(count * lanes, k.number(element, 0));
  SmallVector<Value> acc =
      k.reduce(from, to, lanes, zeros, [&](Value i, ValueRange old) {
        SmallVector<Value> next(old);
        for (int64_t l = 0; l < lanes; ++l) {
          Value position = k.add(i, k.constant(l)), within;
          if (order.isRagged && l > 0) {
            within = isLess(position, to);
            position = k.min(position, k.constant(nest.length - 1));
          }
          for (auto [s, x] : llvm::enumerate(at(position))) {
            Value &sum = next[s * lanes + l];
            Value more = add(sum, x);
            sum = within
                      ? arith::SelectOp::create(k.b, k.loc, within, more, sum)
                            .getResult()
                      : more;
          }
        }
        return next;
      });
  SmallVector<Value> result;
  for (int64_t s = 0; s < count; ++s)
    result.push_back(addHalves(
        k, SmallVector<Value>(ArrayRef(acc).slice(s * lanes, lanes))));
  return result;
}

// Halving, between threads.
SmallVector<Value> GpuReduction::joinLanes(SmallVector<Value> found) {
  if (width == 1)
    return found;
  for (auto [s, sum] : llvm::enumerate(found))
    k.store(sum, laneMemory, lanePlace(s, lane));
  g.barrier();
  auto load = [&](size_t s, Value l) {
    return k.load(laneMemory, element, lanePlace(s, l));
  };
  for (int64_t half = width / 2; half > 0; half /= 2) {
    k.when(isLess(lane, k.constant(half)), [&] {
      for (size_t s = 0; s < found.size(); ++s) {
        Value other = load(s, k.add(lane, k.constant(half)));
        k.store(add(load(s, lane), other), laneMemory, lanePlace(s, lane));
      }
    });
    g.barrier();
  }
  for (auto [s, sum] : llvm::enumerate(found))
    sum = load(s, k.constant(0));
  g.barrier(); // the next part writes there
  return found;
}

SmallVector<Value> GpuReduction::addPart(Value p) {
  Value from = k.min(k.mul(p, order.part), k.constant(nest.length)),
        to =
            k.min(k.add(from, k.constant(order.part)), k.constant(nest.length));
  return joinLanes(width > 1 ? addLane(from, to) : addLanesInTurn(from, to));
}

// Of `left` parts, adjacent pairs; one without a partner moves up.
void GpuReduction::joinPairs(int64_t left, size_t sum) {
  auto load = [&](Value p) {
    return k.load(partMemory, element, partPlace(sum, p));
  };
  auto store = [&](Value x, Value p) {
    k.store(x, partMemory, partPlace(sum, p));
  };
  int64_t pairs = left / 2;
  forRows(pairs, [&](Value p, Value isPair) {
    Value first = k.mul(k.min(p, k.constant(pairs - 1)), 2);
    Value both = add(load(first), load(k.add(first, k.constant(1))));
    g.barrier();
    k.when(isPair, [&] { store(both, p); });
    g.barrier();
  });
  if (left % 2 == 0)
    return;
  k.when(isLeader(),
         [&] { store(load(k.constant(left - 1)), k.constant(pairs)); });
  g.barrier();
}

SmallVector<Value> GpuReduction::sumAll() {
  if (order.splits == 1)
    return addPart(k.constant(0));
  forRows(order.splits, [&](Value p, Value isPart) {
    SmallVector<Value> found = addPart(p);
    k.when(isPart, [&] {
      for (auto [s, sum] : llvm::enumerate(found))
        k.store(sum, partMemory, partPlace(s, p));
    });
  });
  g.barrier();
  for (int64_t left = order.splits; left > 1; left = llvm::divideCeil(left, 2))
    for (size_t s = 0; s < sums.size(); ++s)
      joinPairs(left, s);
  SmallVector<Value> result;
  for (size_t s = 0; s < sums.size(); ++s)
    result.push_back(k.load(partMemory, element, partPlace(s, k.constant(0))));
  return result;
}

void GpuReduction::emit() {
  SmallVector<Value> totals = sumAll();
  Value isMine = isLeader();
  if (Value exists = g.below(number, nest.count, nest.count % outputs == 0))
    isMine = arith::AndIOp::create(k.b, k.loc, isMine, exists);
  k.when(isMine, [&] {
    Index index = outputIndex(nest.count, number, 1);
    for (auto [sum, total] : llvm::zip_equal(sums, totals))
      k.define(sum.getY(), index, total);
    k.storeOutputs(sums[0].getY(), index);
  });
}

// A thread per output, which looks at all of it.
static LogicalResult emitGpuArgmax(GpuKernel &g, ArgmaxOp op) {
  int64_t count = cast<RankedTensorType>(op.getY().getType()).getNumElements();
  g.launch.threads = mostThreads;
  g.launch.blocks = llvm::divideCeil(count, mostThreads);
  Value output = g.k.add(g.k.mul(g.block(), mostThreads), g.thread());
  LogicalResult result = success();
  g.k.when(g.below(output, count),
           [&] { result = emitArgmaxOf(g.k, op, output); });
  return result;
}

LogicalResult gan::emitGpuReduction(GpuKernel &g) {
  auto argmaxes = g.k.body().getOps<ArgmaxOp>();
  if (!argmaxes.empty())
    return emitGpuArgmax(g, *argmaxes.begin());
  FailureOr<SmallVector<SumOp>> sums = findSums(g.k);
  if (failed(sums))
    return failure();
  GpuReduction reduction(g, std::move(*sums));
  if (failed(reduction.nest.checkOutputs()))
    return failure();
  reduction.emit();
  return success();
}
