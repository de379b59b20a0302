// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Contractions by a grid of threads: exact f32 (or f64) fma in the order of
// #gan.order.
#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/contraction/Addressing.h"
#include "passes/codegen/nvptx/GpuKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// A block is 16 x 16 threads; each has every 16th row and column of a tile.
static constexpr int64_t side = 16;
static_assert(side * side == blockThreads);
// Steps of k that are staged in shared memory at a time.
static constexpr int64_t depth = 16;
// Fewer tiles than this leave a GPU idle: they are made smaller then.
static constexpr int64_t fewTiles = 64;

namespace {
// One side of the product: which operand, along which space of the problem.
struct Side {
  const Operand &operand;
  const Space &space;
  Value first = {};   // of the block's rows or columns
  Value memory = {};  // [depth, edge] in shared memory
  Value insides = {}; // whether there is anything, where borders are skipped
};

class GpuContraction : Addressing {
public:
  GpuContraction(GpuKernel &g, Operation *op);
  void emit();

private:
  void placeBlock();
  void stage(const Side &from, Value step, Value to);
  void stageElement(const Side &from, Value place, Value position, Value step);
  SmallVector<Value> multiply(Value step, ValueRange sums);
  SmallVector<Value> sumPart(Value from, Value to);
  Value slot(Value number, Value i);
  void forSums(function_ref<void(Value i)> body);
  void sumAll();
  void store();

  int64_t blocksOf(const Space &space) const {
    return divideCeil(p.count(space), edge);
  }

  GpuKernel &g;
  Side a, b;
  int64_t edge, each; // of a tile; elements of a row or column per thread
  Value x, y;         // of this thread
  Value memory;       // the thread's own: its sums, and what waits for them
};
} // namespace

GpuContraction::GpuContraction(GpuKernel &g, Operation *op)
    : Addressing(g.k, op), g(g), a{p.a, p.rows}, b{p.b, p.columns} {
  edge = 4 * side;
  if (p.fixedCount() * blocksOf(p.rows) * blocksOf(p.columns) < fewTiles)
    edge = 2 * side;
  each = edge / side;
  g.launch.blocks = p.fixedCount() * blocksOf(p.rows) * blocksOf(p.columns);
  int64_t bytes = type.getIntOrFloatBitWidth() / 8;
  for (Side *one : {&a, &b}) {
    one->memory = g.share(depth * edge * bytes);
    if (p.skips)
      one->insides = g.share(depth * edge);
  }
  Value slots = LLVM::ConstantOp::create(
      k.b, k.loc, k.b.getI32IntegerAttr((1 + p.levels()) * each * each));
  memory = LLVM::AllocaOp::create(
      k.b, k.loc, LLVM::LLVMPointerType::get(k.b.getContext()), type, slots);
}

// block = (what is fixed, block of rows, block of columns)
void GpuContraction::placeBlock() {
  x = k.rem(g.thread(), side);
  y = k.div(g.thread(), side);
  Value block = k.block;
  b.first = k.mul(take(block, blocksOf(p.columns)), edge);
  a.first = k.mul(take(block, blocksOf(p.rows)), edge);
  setFixed(block);
}

// What is outside is 0, or marked as nothing where borders are skipped.
void GpuContraction::stageElement(const Side &from, Value place, Value position,
                                  Value step) {
  auto put = [&](bool isThere) {
    Value value = isThere ? k.at(from.operand.tensor, index(from.operand))
                          : k.number(type, 0);
    k.store(value, from.memory, place);
    if (p.skips)
      k.store(k.number(k.b.getI1Type(), isThere), from.insides, place);
  };
  setPosition(from.space, position);
  setPosition(p.k, step);
  whenInside(from.operand, [&] { put(true); }, [&] { put(false); });
}

// A tile's rows or columns for `depth` steps, neighbours in memory by
// neighbouring threads.
void GpuContraction::stage(const Side &from, Value step, Value to) {
  bool isAlongK = p.isAlong(from.operand, p.k);
  k.loop(g.thread(), k.constant(depth * edge), side * side, [&](Value i) {
    Value ahead = isAlongK ? k.rem(i, depth) : k.div(i, edge);
    Value member = isAlongK ? k.div(i, depth) : k.rem(i, edge);
    Value position = k.add(from.first, member), at = k.add(step, ahead);
    Value isNeeded =
        arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::slt, at, to);
    if (Value exists = g.isBelow(position, p.count(from.space), edge))
      isNeeded = arith::AndIOp::create(k.b, k.loc, isNeeded, exists);
    Value place = k.add(k.mul(ahead, edge), member);
    k.when(
        isNeeded, [&] { stageElement(from, place, position, at); },
        [&] {
          k.store(k.number(type, 0), from.memory, place);
          if (p.skips)
            k.store(k.number(k.b.getI1Type(), 0), from.insides, place);
        });
  });
}

// sums[i, j] = fma(a[i], b[j], sums[i, j]) for one step of k
SmallVector<Value> GpuContraction::multiply(Value step, ValueRange sums) {
  auto load = [&](Value memory, Type element, Value thread) {
    SmallVector<Value> loaded;
    for (int64_t i = 0; i < each; ++i)
      loaded.push_back(k.load(
          memory, element,
          k.add(k.add(k.mul(step, edge), thread), k.constant(i * side))));
    return loaded;
  };
  SmallVector<Value> as = load(a.memory, type, y), bs = load(b.memory, type, x);
  SmallVector<Value> aIs, bIs, next;
  if (p.skips) {
    aIs = load(a.insides, k.b.getI1Type(), y);
    bIs = load(b.insides, k.b.getI1Type(), x);
  }
  for (int64_t i = 0; i < each; ++i)
    for (int64_t j = 0; j < each; ++j) {
      Value old = sums[i * each + j];
      Value sum = math::FmaOp::create(k.b, k.loc, as[i], bs[j], old);
      if (p.skips) {
        Value both = arith::AndIOp::create(k.b, k.loc, aIs[i], bIs[j]);
        sum = arith::SelectOp::create(k.b, k.loc, both, sum, old);
      }
      next.push_back(sum);
    }
  return next;
}

SmallVector<Value> GpuContraction::sumPart(Value from, Value to) {
  SmallVector<Value> zeros(each * each, k.number(type, 0));
  return k.reduce(from, to, depth, zeros, [&](Value step, ValueRange old) {
    stage(a, step, to);
    stage(b, step, to);
    g.barrier();
    SmallVector<Value> sums =
        k.reduce(k.constant(0), k.min(k.constant(depth), k.sub(to, step)), 1,
                 old, [&](Value ahead, ValueRange before) {
                   return multiply(ahead, before);
                 });
    g.barrier();
    return sums;
  });
}

// Slot 0 has the sums, slot 1 + n what waits at level n.
Value GpuContraction::slot(Value number, Value i) {
  return k.add(k.mul(number, each * each), i);
}

void GpuContraction::forSums(function_ref<void(Value)> body) {
  k.loop(k.constant(0), k.constant(each * each), 1, body);
}

// Parts join in the thread's own memory.
void GpuContraction::sumAll() {
  Value current = k.constant(0);
  auto waiting = [&](Value level) { return k.add(level, k.constant(1)); };
  auto load = [&](Value number, Value i) {
    return k.load(memory, type, slot(number, i));
  };
  auto move = [&](Value from, Value to) {
    forSums([&](Value i) { k.store(load(from, i), memory, slot(to, i)); });
  };
  auto sum = [&](Value from, Value to) {
    int64_t run = p.extents[p.k.run];
    for (auto [i, one] :
         llvm::enumerate(sumPart(k.mul(from, run), k.mul(to, run))))
      k.store(one, memory, k.constant(i));
  };
  auto keep = [&](Value level) { move(current, waiting(level)); };
  auto add = [&](Value level) {
    forSums([&](Value i) {
      Value both = arith::AddFOp::create(k.b, k.loc, load(waiting(level), i),
                                         load(current, i));
      k.store(both, memory, slot(current, i));
    });
  };
  auto recall = [&](Value level) { move(waiting(level), current); };
  sumParts({sum, keep, add, recall});
}

// The epilogue, one element after the other.
void GpuContraction::store() {
  forSums([&](Value i) {
    Value row = k.add(k.add(a.first, y), k.mul(k.div(i, each), side));
    Value column = k.add(k.add(b.first, x), k.mul(k.rem(i, each), side));
    g.whenBelow(row, p.count(p.rows), edge, [&] {
      g.whenBelow(column, p.count(p.columns), edge, [&] {
        setPosition(p.rows, row);
        setPosition(p.columns, column);
        whenInside(p.c, [&] {
          Index at = index(p.c);
          k.define(p.c.tensor, at, k.load(memory, type, i));
          k.storeOutputs(p.c.tensor, at);
        });
      });
    });
  });
}

void GpuContraction::emit() {
  placeBlock();
  sumAll();
  store();
}

LogicalResult gan::emitGpuContraction(GpuKernel &g) {
  FailureOr<Operation *> op = findContraction(g.k);
  if (failed(op))
    return failure();
  GpuContraction(g, *op).emit();
  return success();
}
