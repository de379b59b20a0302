// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/Sums.h"
#include "passes/codegen/nvptx/GpuKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t warp = 32;
// Neighbouring bytes that memory gives at a time.
static constexpr int64_t sector = 32;
// Fewer blocks than this leave processors idle.
static constexpr int64_t fewBlocks = 128;

namespace {
// The sums of one kernel. Threads of a block are (row, lane, output), outputs
// side by side: a row adds parts, every so manieth, or none; lanes have their
// own where the order adds neighbours. What they find joins in shared memory,
// in the order that #gan.order states.
struct GpuReduction {
  GpuReduction(GpuKernel &g, Sums &sums);
  void emit();

private:
  Value isLeader();
  void forRows(int64_t count, function_ref<void(Value, Value)> body);
  SmallVector<Value> addPart(Value p);
  SmallVector<Value> addLane(Value from, Value to);
  Value joinLanes(Value found);
  void joinPairs(int64_t left, size_t sum);
  SmallVector<Value> addAll();

  GpuKernel &g;
  KernelBuilder &k;
  Sums &sums;
  Type element;
  int64_t rows, width, outputs; // threads of a block
  Value row, lane, output;      // this one
  Value number;                 // of its output, in the result
  Value known;                  // the same, or the last where there is none
  Value laneMemory, partMemory; // null where nothing has to join

  Value lanePlace(Value l) {
    return k.add(k.mul(k.add(k.mul(row, width), l), outputs), output);
  }
  Value partPlace(size_t sum, Value p) {
    return k.add(k.mul(k.add(k.constant(sum * sums.order.splits), p), outputs),
                 output);
  }
  Value add(Value x, Value y) {
    return arith::AddFOp::create(k.b, k.loc, x, y);
  }
  Value isLess(Value x, Value y) {
    return arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt, x, y);
  }
};
} // namespace

static int64_t atMost(int64_t limit, int64_t wanted) {
  return std::min<int64_t>(limit, llvm::PowerOf2Ceil(wanted));
}

// Outputs side by side as far as they fill a warp where neighbours are kept, or
// a sector where blocks are few; else as far as threads are left. Fewer where
// the sums that wait would not fit into the block's memory. A power of two, as
// the threads are.
static int64_t chooseOutputs(Sums &sums, int64_t width, int64_t bytesPerPart) {
  int64_t splits = sums.order.splits;
  int64_t free = llvm::bit_floor<uint64_t>(
      blockThreads / (width * std::min(splits, blockThreads / width)));
  int64_t outputs =
      atMost(sums.nest.lastIsKept() ? warp : free, sums.nest.count);
  int64_t least = sector * 8 / sums.element().getIntOrFloatBitWidth();
  while (sums.nest.lastIsKept() && outputs > least &&
         llvm::divideCeil(sums.nest.count, outputs) < fewBlocks)
    outputs /= 2;
  while (outputs > 1 && splits * outputs * bytesPerPart > mostShared / 2)
    outputs /= 2;
  return outputs;
}

GpuReduction::GpuReduction(GpuKernel &g, Sums &sums)
    : g(g), k(g.k), sums(sums), element(sums.element()) {
  const SumOrder &order = sums.order;
  int64_t bytesOfOne = element.getIntOrFloatBitWidth() / 8;
  int64_t bytes = sums.ops.size() * bytesOfOne;
  bool spreadsLanes = !sums.nest.lastIsKept() && order.lanes <= blockThreads;
  width = spreadsLanes ? order.lanes : 1;
  outputs = chooseOutputs(sums, width, bytes);
  rows = blockThreads / (width * outputs);
  g.launch.blocks = llvm::divideCeil(sums.nest.count, outputs);
  output = k.rem(g.thread(), outputs);
  lane = k.rem(k.div(g.thread(), outputs), width);
  row = k.div(g.thread(), outputs * width);
  number = k.add(k.mul(g.k.block, outputs), output);
  known = sums.nest.count % outputs == 0
              ? number
              : k.min(number, k.constant(sums.nest.count - 1));
  if (width > 1)
    laneMemory = g.share(blockThreads * bytesOfOne);
  if (order.splits > 1)
    partMemory = g.share(order.splits * outputs * bytes);
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

SmallVector<Value> GpuReduction::addLane(Value from, Value to) {
  return k.reduce(
      k.add(from, lane), to, sums.order.lanes, sums.zeros(/*each=*/1, 1),
      [&](Value position, ValueRange old) {
        SmallVector<Value> next;
        for (auto [sum, x] : llvm::zip_equal(
                 old, sums.at(known, position, 1, /*alongKept=*/true)))
          next.push_back(add(sum, x));
        return next;
      });
}

// Halving, between threads.
Value GpuReduction::joinLanes(Value found) {
  auto load = [&](Value l) {
    return k.load(laneMemory, element, lanePlace(l));
  };
  k.store(found, laneMemory, lanePlace(lane));
  g.barrier();
  for (int64_t half = width / 2; half > 0; half /= 2) {
    k.when(isLess(lane, k.constant(half)), [&] {
      Value other = load(k.add(lane, k.constant(half)));
      k.store(add(load(lane), other), laneMemory, lanePlace(lane));
    });
    g.barrier();
  }
  Value sum = load(k.constant(0));
  g.barrier(); // the next sum or part writes there
  return sum;
}

SmallVector<Value> GpuReduction::addPart(Value p) {
  auto [from, to] = sums.bounds(p);
  if (width == 1)
    return sums.add(known, from, to, 1);
  SmallVector<Value> found = addLane(from, to);
  for (Value &sum : found)
    sum = joinLanes(sum);
  return found;
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

SmallVector<Value> GpuReduction::addAll() {
  int64_t splits = sums.order.splits;
  if (splits == 1)
    return addPart(row); // rows behind the first have nothing to add
  forRows(splits, [&](Value p, Value isPart) {
    SmallVector<Value> found = addPart(p);
    k.when(isPart, [&] {
      for (auto [s, sum] : llvm::enumerate(found))
        k.store(sum, partMemory, partPlace(s, p));
    });
  });
  g.barrier();
  for (int64_t left = splits; left > 1; left = llvm::divideCeil(left, 2))
    for (size_t s = 0; s < sums.ops.size(); ++s)
      joinPairs(left, s);
  SmallVector<Value> result;
  for (size_t s = 0; s < sums.ops.size(); ++s)
    result.push_back(k.load(partMemory, element, partPlace(s, k.constant(0))));
  return result;
}

void GpuReduction::emit() {
  SmallVector<Value> totals = addAll();
  k.when(isLeader(), [&] {
    g.whenBelow(number, sums.nest.count, outputs,
                [&] { sums.store(number, 1, totals); });
  });
}

// A thread per output, which looks at all of it.
static LogicalResult emitGpuArgmax(GpuKernel &g, ArgmaxOp op) {
  int64_t count = cast<RankedTensorType>(op.getY().getType()).getNumElements();
  g.launch.blocks = llvm::divideCeil(count, blockThreads);
  Value output = g.k.add(g.k.mul(g.k.block, blockThreads), g.thread());
  LogicalResult result = success();
  g.whenBelow(output, count, blockThreads,
              [&] { result = emitArgmaxOf(g.k, op, output); });
  return result;
}

LogicalResult gan::emitGpuReduction(GpuKernel &g) {
  auto argmaxes = g.k.body().getOps<ArgmaxOp>();
  if (!argmaxes.empty())
    return emitGpuArgmax(g, *argmaxes.begin());
  FailureOr<Sums> sums = Sums::of(g.k);
  if (failed(sums))
    return failure();
  GpuReduction(g, *sums).emit();
  return success();
}
