// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by fma, one after the other in the order of k: the bits of the CPU, in
// f32 and f64.
#include "passes/codegen/nvptx/GpuStaging.h"
#include "passes/codegen/nvptx/StageLoop.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gan;

// Steps of k of a stage; those that are written out in a loop over it.
static constexpr int64_t depth = 16, unrolled = 4;
// Of the smaller tiles a stage is multiplied sooner than the next one comes.
static constexpr int64_t mostStages = 4;
static constexpr int64_t largestEdge = 128;
// Elements that part the steps of a stage: threads that store neighbouring
// steps then meet in fewer banks.
static constexpr int64_t padding = 4;

namespace {
class FmaTile {
public:
  explicit FmaTile(GpuTile &t);
  void emit();

private:
  // An operand in shared memory, step by step.
  struct Side {
    std::optional<GpuStaging> staging;
    Value memory, insides; // the latter where borders are skipped
    Value thread;          // along this side
    bool isCopied;         // by cp.async
  };
  struct Row {
    SmallVector<Value> values, insides;
  };

  void prepare(Side &side, const Operand &operand, const Space &space,
               Value first, Value thread);
  void shareStages(Side &side);
  void copy(Side &side, Value step, Value to, Value stage);
  Value placeIn(Value stage, Value step, Value member);
  void put(Side &side, ArrayRef<Value> values, Value stage);
  void putSteps(Side &side, const StagedUnit &unit, ArrayRef<Value> values,
                Value memory, Value stage);
  Row loadRow(const Side &side, Value stage, Value step);
  SmallVector<Value> multiplyStep(Value stage, Value step, ValueRange sums);
  SmallVector<Value> multiply(Value stage, Value steps, int64_t unroll,
                              ValueRange sums);
  SmallVector<Value> sumPart(Value from, Value to);
  bool hasRest() const;
  Value placeAlong(Value i, Value thread);

  int64_t stageSize() const { return depth * stride; }
  int64_t elementBytes() const { return t.type.getIntOrFloatBitWidth() / 8; }

  GpuTile &t;
  KernelBuilder &k;
  int64_t across;      // threads along a side of the tile
  int64_t each, lanes; // sums along a side of the thread's; read at a time
  int64_t stride;      // from step to step
  int64_t stages;      // in shared memory
  Side a, b;
};
} // namespace

FmaTile::FmaTile(GpuTile &t)
    : t(t), k(t.k), across(t.slices == 1 ? 16 : 8), each(t.edge / across),
      lanes(std::min<int64_t>(each, 4)), stride(t.slices * t.edge + padding) {
  prepare(a, t.p.a, t.p.rows, t.firstRow, k.div(t.thread, across));
  prepare(b, t.p.b, t.p.columns, t.firstColumn, k.rem(t.thread, across));
  int64_t bytes = 2 * stageSize() * elementBytes();
  stages =
      a.isCopied && b.isCopied ? std::min(mostStages, mostShared / bytes) : 2;
  shareStages(a);
  shareStages(b);
}

void FmaTile::prepare(Side &side, const Operand &operand, const Space &space,
                      Value first, Value thread) {
  side.staging.emplace(t, operand, space, first, depth, /*pack=*/1);
  // Copies cannot turn a vector: one for each element instead of a load is
  // worth it where a stage alone does not cover their latency.
  side.isCopied =
      side.staging->canCopy() &&
      (!side.staging->isVectorOfSteps() || t.slices * t.edge < largestEdge);
  side.thread = thread;
}

void FmaTile::shareStages(Side &side) {
  side.memory = t.g.share(stages * stageSize() * elementBytes());
  if (t.p.skips)
    side.insides = t.g.share(stages * stageSize());
}

Value FmaTile::placeIn(Value stage, Value step, Value member) {
  return k.add(stage, k.add(k.mul(step, stride), member));
}

// Of one unit, as vectors where its members are.
void FmaTile::putSteps(Side &side, const StagedUnit &unit,
                       ArrayRef<Value> values, Value memory, Value stage) {
  GpuStaging &staging = *side.staging;
  int64_t together = staging.isVectorOfMembers() ? staging.wide : 1;
  for (int64_t step = 0; step < staging.deep; ++step)
    for (int64_t member = 0; member < staging.wide; member += together) {
      SmallVector<Value> vector;
      for (int64_t i = member; i < member + together; ++i)
        vector.push_back(values[i * staging.deep + step]);
      Value place = placeIn(stage, k.add(unit.ahead, k.constant(step)),
                            unit.members[member]);
      k.store(k.assemble(vector), memory, place, /*aligned=*/true);
    }
}

void FmaTile::put(Side &side, ArrayRef<Value> values, Value stage) {
  GpuStaging &staging = *side.staging;
  size_t size = staging.wide * staging.deep;
  for (auto [i, unit] : llvm::enumerate(staging.units)) {
    putSteps(side, unit, values.slice(i * size, size), side.memory, stage);
    if (t.p.skips)
      putSteps(side, unit, ArrayRef(staging.insides).slice(i * size, size),
               side.insides, stage);
  }
}

void FmaTile::copy(Side &side, Value step, Value to, Value stage) {
  if (side.isCopied)
    side.staging->copy(
        step, to, /*keepsSteps=*/false, [&](Value member, Value ahead) {
          return k.advance(side.memory, t.type, placeIn(stage, ahead, member));
        });
}

// Sums i .. i + lanes - 1 lie side by side, the next 16 threads further on.
Value FmaTile::placeAlong(Value i, Value thread) {
  return k.add(k.add(k.mul(k.div(i, lanes), lanes * across), k.rem(i, lanes)),
               k.mul(thread, lanes));
}

FmaTile::Row FmaTile::loadRow(const Side &side, Value stage, Value step) {
  Row row;
  auto load = [&](Value memory, Type type, SmallVector<Value> &to) {
    for (int64_t i = 0; i < each; i += lanes) {
      Value place = placeIn(stage, step,
                            k.add(k.mul(t.slice, t.edge),
                                  placeAlong(k.constant(i), side.thread)));
      Value loaded = k.load(memory, type, place, lanes, /*aligned=*/true);
      for (int64_t lane = 0; lane < lanes; ++lane)
        to.push_back(lanes == 1 ? loaded : k.extract(loaded, lane));
    }
  };
  load(side.memory, t.type, row.values);
  if (t.p.skips)
    load(side.insides, k.b.getI1Type(), row.insides);
  return row;
}

// sums[i, j] = fma(a[i], b[j], sums[i, j]) for one step of k
SmallVector<Value> FmaTile::multiplyStep(Value stage, Value step,
                                         ValueRange sums) {
  Row rows = loadRow(a, stage, step), columns = loadRow(b, stage, step);
  SmallVector<Value> next;
  for (int64_t i = 0; i < each; ++i)
    for (int64_t j = 0; j < each; ++j) {
      Value old = sums[i * each + j];
      Value sum = math::FmaOp::create(k.b, k.loc, rows.values[i],
                                      columns.values[j], old);
      if (t.p.skips) {
        Value both = arith::AndIOp::create(k.b, k.loc, rows.insides[i],
                                           columns.insides[j]);
        sum = arith::SelectOp::create(k.b, k.loc, both, sum, old);
      }
      next.push_back(sum);
    }
  return next;
}

SmallVector<Value> FmaTile::multiply(Value stage, Value steps, int64_t unroll,
                                     ValueRange sums) {
  return k.reduce(
      k.constant(0), steps, unroll, sums, [&](Value step, ValueRange before) {
        SmallVector<Value> sums(before);
        for (int64_t i = 0; i < unroll; ++i)
          sums = multiplyStep(stage, k.add(step, k.constant(i)), sums);
        return sums;
      });
}

// Whether some part ends within a stage. What is staged behind its end is 0,
// but a sum of -0 would not stay what it is.
bool FmaTile::hasRest() const {
  return t.p.part() % depth != 0 || t.p.count(t.p.k) % t.p.part() != 0;
}

SmallVector<Value> FmaTile::sumPart(Value from, Value to) {
  auto fetch = [&](Value step) {
    auto of = [&](Side &side) {
      return side.isCopied ? SmallVector<Value>()
                           : side.staging->fetch(step, to);
    };
    return std::pair(of(a), of(b));
  };
  auto put = [&](const StageLoop::Fetched &fetched, Value stage) {
    if (!a.isCopied)
      this->put(a, fetched.first, stage);
    if (!b.isCopied)
      this->put(b, fetched.second, stage);
  };
  auto copyBoth = [&](Value step, Value stage) {
    copy(a, step, to, stage);
    copy(b, step, to, stage);
  };
  auto multiplyAll = [&](Value stage, SmallVector<Value> sums) {
    return multiply(stage, k.constant(depth), unrolled, sums);
  };
  StageLoop loop = {.depth = depth,
                    .size = stageSize(),
                    .stages = stages,
                    .fetch = fetch,
                    .put = put,
                    .multiply = multiplyAll};
  if (a.isCopied || b.isCopied)
    loop.copy = copyBoth;
  Value full = k.add(from, k.mul(k.div(k.sub(to, from), depth), depth));
  auto [sums, stage] = loop.emit(t, from, full, each * each);
  if (!hasRest())
    return sums;
  SmallVector<Value> all = multiply(stage, k.sub(to, full), /*unroll=*/1, sums);
  t.g.barrier();
  return all;
}

void FmaTile::emit() {
  t.emit(each * each,
         {[&](Value from, Value to) { return sumPart(from, to); },
          [&](Value i, Value thread) {
            return std::pair(placeAlong(k.div(i, each), k.div(thread, across)),
                             placeAlong(k.rem(i, each), k.rem(thread, across)));
          }});
}

// 8 x 8 sums of a thread, 4 x 4 or 2 x 2. Doubles, and what is told of borders
// beside the operands, leave no registers for the first, nor memory for slices.
void gan::emitFmaTile(GpuTile &t) {
  static constexpr TileShape lean[] = {{largestEdge}, {64}, {32, 4}},
                             rich[] = {{64}, {32}};
  bool isLean = t.type.isF32() && !t.p.skips;
  bool hasRest = t.p.part() % depth != 0;
  TileShape shape =
      t.chooseShape(isLean ? ArrayRef(lean) : ArrayRef(rich), /*free=*/false);
  t.open(hasRest ? TileShape{shape.edge} : shape);
  FmaTile(t).emit();
}
