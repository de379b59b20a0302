// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One contraction emitter's nest for a grid of threads: exact f32 (or f64) fma
// in the order of #gan.order.
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
  SmallVector<Value> addLevel(Value level, ValueRange sums);
  void storeLevel(ValueRange sums, Value level);
  void sumParts();
  void store();

  int64_t blocksOf(const Space &space) const {
    return divideCeil(p.count(space), edge);
  }
  Value place(Value level, int64_t i) {
    return k.add(k.mul(level, each * each), k.constant(i));
  }

  GpuKernel &g;
  Side a, b;
  int64_t edge, each; // of a tile; elements of a row or column per thread
  Value x, y;         // of this thread
  Value levels;       // the thread's own memory: sums that wait to be joined
};
} // namespace

GpuContraction::GpuContraction(GpuKernel &g, Operation *op)
    : Addressing(g.k, op), g(g), a{p.a, p.rows}, b{p.b, p.columns} {
  edge = 4 * side;
  if (p.fixedCount() * blocksOf(p.rows) * blocksOf(p.columns) < fewTiles)
    edge = 2 * side;
  each = edge / side;
  g.launch.threads = side * side;
  g.launch.blocks = p.fixedCount() * blocksOf(p.rows) * blocksOf(p.columns);
  int64_t bytes = type.getIntOrFloatBitWidth() / 8;
  for (Side *one : {&a, &b}) {
    one->memory = g.share(depth * edge * bytes);
    if (p.skips)
      one->insides = g.share(depth * edge);
  }
  int64_t waiting = p.splits > 1 ? llvm::Log2_64(p.splits) + 1 : 1;
  Value count = LLVM::ConstantOp::create(
      k.b, k.loc, k.b.getI32IntegerAttr(waiting * each * each));
  levels = LLVM::AllocaOp::create(
      k.b, k.loc, LLVM::LLVMPointerType::get(k.b.getContext()), type, count);
}

// block = (what is fixed, block of rows, block of columns)
void GpuContraction::placeBlock() {
  x = k.rem(g.thread(), side);
  y = k.div(g.thread(), side);
  int64_t columns = blocksOf(p.columns), rows = blocksOf(p.rows);
  b.first = k.mul(k.rem(g.block(), columns), edge);
  Value rest = k.div(g.block(), columns);
  a.first = k.mul(k.rem(rest, rows), edge);
  setFixed(k.div(rest, rows));
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
    if (Value exists = g.below(position, p.count(from.space),
                               p.count(from.space) % edge == 0))
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

SmallVector<Value> GpuContraction::addLevel(Value level, ValueRange sums) {
  SmallVector<Value> next;
  for (auto [i, sum] : llvm::enumerate(sums))
    next.push_back(arith::AddFOp::create(
        k.b, k.loc, k.load(levels, type, place(level, i)), sum));
  return next;
}

void GpuContraction::storeLevel(ValueRange sums, Value level) {
  for (auto [i, sum] : llvm::enumerate(sums))
    k.store(sum, levels, place(level, i));
}

// Adjacent pairs, as a binary counter adds: the sum of part n joins what its
// trailing ones have left waiting. In the end the sums are at level 0.
void GpuContraction::sumParts() {
  Value end = k.constant(p.count(p.k));
  if (p.splits == 1)
    return storeLevel(sumPart(k.constant(0), end), k.constant(0));
  k.loop(k.constant(0), k.constant(p.splits), 1, [&](Value part) {
    Value from = k.min(k.mul(part, p.part()), end);
    Value to = k.min(k.add(from, k.constant(p.part())), end);
    SmallVector<Value> sums = sumPart(from, to);
    Value ones = LLVM::CountTrailingZerosOp::create(
        k.b, k.loc, k.b.getI64Type(), k.sub(k.constant(-1), part),
        /*is_zero_poison=*/false);
    sums = k.reduce(
        k.constant(0), ones, 1, sums,
        [&](Value level, ValueRange old) { return addLevel(level, old); });
    storeLevel(sums, ones);
  });
  SmallVector<Value> sums;
  for (int64_t level = 0; p.splits >> level; ++level) {
    if (!(p.splits >> level & 1))
      continue;
    if (!sums.empty())
      sums = addLevel(k.constant(level), sums);
    else
      for (int64_t i = 0; i < each * each; ++i)
        sums.push_back(k.load(levels, type, place(k.constant(level), i)));
  }
  storeLevel(sums, k.constant(0));
}

// The epilogue, one element after the other.
void GpuContraction::store() {
  k.loop(k.constant(0), k.constant(each * each), 1, [&](Value i) {
    Value row = k.add(k.add(a.first, y), k.mul(k.div(i, each), side));
    Value column = k.add(k.add(b.first, x), k.mul(k.rem(i, each), side));
    Value exists =
        arith::AndIOp::create(k.b, k.loc, g.below(row, p.count(p.rows)),
                              g.below(column, p.count(p.columns)));
    k.when(exists, [&] {
      setPosition(p.rows, row);
      setPosition(p.columns, column);
      whenInside(p.c, [&] {
        Index at = index(p.c);
        k.define(p.c.tensor, at, k.load(levels, type, i));
        k.storeOutputs(p.c.tensor, at);
      });
    });
  });
}

void GpuContraction::emit() {
  placeBlock();
  sumParts();
  store();
}

LogicalResult gan::emitGpuContraction(GpuKernel &g) {
  FailureOr<Operation *> op = findContraction(g.k);
  if (failed(op))
    return failure();
  GpuContraction(g, *op).emit();
  return success();
}
