// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by tensor cores: mma.sync on operands of tf32 or bf16, sums in f32.
//
// A row of an operand's tile has 64 bytes in shared memory, 16 steps of tf32 or
// 32 of bf16, in chunks of 16 bytes; an instruction takes two of them from 16
// rows of a and 8 columns of b. ldmatrix moves 8 rows of a chunk, of whatever
// elements, so that the two formats differ only where operands are rounded, and
// in the name of the instruction.
//
// Chunk c of row r lies at c ^ (r / 2 ^ r / 8) % 4. So ldmatrix finds a chunk
// of 8 rows that follow each other in all 32 banks, and what comes as vectors
// across k, and is stored to rows 4 apart, meets two stores to a bank at most.
#include "passes/codegen/nvptx/GpuStaging.h"
#include "passes/codegen/nvptx/StageLoop.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t warpLanes = 32;
static constexpr int64_t rowBytes = 64, chunkBytes = 16;
// Of one instruction.
static constexpr int64_t mmaRows = 16, mmaColumns = 8;
// Instructions along k that a stage feeds.
static constexpr int64_t stepsOfStage = 2;

static constexpr int64_t warpsOfBlock = blockThreads / warpLanes;
// Slices fill a stage, as the largest tile does; of bf16 a stage is twice as
// deep, and what is on its way would leave too few registers.
static constexpr TileShape shapesOfTf32[] = {{128}, {64, 2}, {32, 4}},
                           shapesOfBf16[] = {{128}, {64}, {32, 2}};

namespace {
class MmaTile {
public:
  MmaTile(GpuTile &t, RealFormat format);
  void emit();

private:
  // An operand in shared memory: two stages, one being filled while the other
  // is multiplied.
  struct Side {
    Operand operand; // without its rounding
    std::optional<GpuStaging> staging;
    Value memory;
    SmallVector<Value> fragments; // where this lane's row is for each ldmatrix
  };

  void prepare(Side &side, const Space &space, Value first);
  Value placeOf(Value row, Value byte);
  Value chunkOf(Value row, Value chunk);
  void put(Side &side, ArrayRef<Value> words, Value stage);
  SmallVector<Value> pack(ArrayRef<Value> values);
  void placeFragments();
  SmallVector<Value> loadFragment(Side &side, int64_t number, Value stage);
  void multiply(ArrayRef<Value> as, ArrayRef<Value> bs,
                MutableArrayRef<Value> sums);
  void multiplyStage(Value stage, MutableArrayRef<Value> sums);
  SmallVector<Value> sumPart(Value from, Value to);
  // The first row and column of the warp of a slice's thread.
  std::pair<Value, Value> placeOfWarp(Value thread);
  std::pair<Value, Value> place(Value i, Value thread);

  int64_t elementBytes() const { return isTf32 ? 4 : 2; }
  int64_t depth() const { return rowBytes / elementBytes(); }
  int64_t stageBytes() const { return t.slices * t.edge * rowBytes; }
  // The warps of a slice: 2 x 4 parts of the tile, 2 x 2 or 1 x 2.
  int64_t warpsAcross() const { return t.slices == 1 ? 4 : 2; }
  int64_t warpsDown() const { return warpsOfBlock / t.slices / warpsAcross(); }
  // Instructions of a warp.
  int64_t down() const { return t.edge / warpsDown() / mmaRows; }
  int64_t across() const { return t.edge / warpsAcross() / mmaColumns; }

  GpuTile &t;
  KernelBuilder &k;
  bool isTf32;
  Side a, b;
};
} // namespace

static RoundOp roundingOf(const Operand &operand) {
  return operand.tensor.getDefiningOp<RoundOp>();
}

MmaTile::MmaTile(GpuTile &t, RealFormat format)
    : t(t), k(t.k), isTf32(format == RealFormat::TF32) {
  a.operand = t.p.a;
  b.operand = t.p.b;
  prepare(a, t.p.rows, t.firstRow);
  prepare(b, t.p.columns, t.firstColumn);
  placeFragments();
}

// What is multiplied is rounded where it enters shared memory.
void MmaTile::prepare(Side &side, const Space &space, Value first) {
  side.operand.tensor = roundingOf(side.operand).getX();
  side.staging.emplace(t, side.operand, space, first, depth(),
                       /*pack=*/4 / elementBytes());
  side.memory = t.g.share(2 * stageBytes());
}

// The place of chunk `chunk` of `row`, in bytes.
Value MmaTile::chunkOf(Value row, Value chunk) {
  Value turn = arith::XOrIOp::create(k.b, k.loc, k.div(row, 2), k.div(row, 8));
  Value turned = arith::XOrIOp::create(k.b, k.loc, chunk, k.rem(turn, 4));
  return k.add(k.mul(row, rowBytes), k.mul(turned, chunkBytes));
}

Value MmaTile::placeOf(Value row, Value byte) {
  return k.add(chunkOf(row, k.div(byte, chunkBytes)), k.rem(byte, chunkBytes));
}

// Rounded, as the words that ldmatrix moves.
SmallVector<Value> MmaTile::pack(ArrayRef<Value> values) {
  SmallVector<Value> words;
  Type i32 = k.b.getI32Type();
  auto call = [&](StringRef name, Type type, ValueRange operands) {
    return LLVM::CallIntrinsicOp::create(k.b, k.loc, type,
                                         k.b.getStringAttr(name), operands)
        .getResult(0);
  };
  for (size_t i = 0; i < values.size(); i += 4 / elementBytes()) {
    if (isTf32) {
      words.push_back(call("llvm.nvvm.f2tf32.rna", i32, values[i]));
      continue;
    }
    // The first operand becomes the upper half.
    Value both =
        call("llvm.nvvm.ff2bf16x2.rn", VectorType::get(2, k.b.getBF16Type()),
             {values[i + 1], values[i]});
    words.push_back(LLVM::BitcastOp::create(k.b, k.loc, i32, both));
  }
  return words;
}

void MmaTile::put(Side &side, ArrayRef<Value> words, Value stage) {
  GpuStaging &staging = *side.staging;
  size_t count = staging.deep * elementBytes() / 4;
  Value memory = k.advance(side.memory, {}, stage);
  for (const StagedUnit &unit : staging.units)
    for (Value member : unit.members) {
      Value byte = k.mul(unit.ahead, elementBytes());
      k.store(k.assemble(words.take_front(count)),
              k.advance(memory, {}, placeOf(member, byte)), k.constant(0),
              /*aligned=*/true);
      words = words.drop_front(count);
    }
}

// ldmatrix moves four matrices of 8 rows; lane l names row l % 8 of matrix
// l / 8. Of a these are rows 0-7 and 8-15 of a step's first chunk, then of its
// second: 16 rows of a step. Of b they are all chunks, of both steps, of 8
// columns.
void MmaTile::placeFragments() {
  Value lane = k.rem(t.g.thread(), warpLanes);
  auto [warpRow, warpColumn] = placeOfWarp(t.thread);
  warpRow = k.add(warpRow, k.mul(t.slice, t.edge));
  warpColumn = k.add(warpColumn, k.mul(t.slice, t.edge));
  Value inMatrix = k.rem(lane, 8), matrix = k.div(lane, 8);
  Value half = k.mul(k.rem(matrix, 2), 8), chunk = k.div(matrix, 2);
  for (int64_t i = 0; i < down(); ++i)
    for (int64_t step = 0; step < stepsOfStage; ++step) {
      Value row =
          k.add(k.add(warpRow, k.constant(i * mmaRows)), k.add(inMatrix, half));
      a.fragments.push_back(chunkOf(row, k.add(chunk, k.constant(2 * step))));
    }
  for (int64_t j = 0; j < across(); ++j) {
    Value column =
        k.add(k.add(warpColumn, k.constant(j * mmaColumns)), inMatrix);
    b.fragments.push_back(chunkOf(column, matrix));
  }
}

// Four registers.
SmallVector<Value> MmaTile::loadFragment(Side &side, int64_t number,
                                         Value stage) {
  Value from = k.advance(side.memory, {}, k.add(stage, side.fragments[number]));
  Type i32 = k.b.getI32Type();
  auto four =
      LLVM::LLVMStructType::getLiteral(k.b.getContext(), {i32, i32, i32, i32});
  auto loaded = LLVM::CallIntrinsicOp::create(
      k.b, k.loc, four,
      k.b.getStringAttr("llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4.b16"),
      ValueRange{from});
  SmallVector<Value> registers;
  for (int64_t i = 0; i < 4; ++i)
    registers.push_back(
        LLVM::ExtractValueOp::create(k.b, k.loc, loaded.getResult(0), i));
  return registers;
}

// sums += a * b of one instruction.
void MmaTile::multiply(ArrayRef<Value> as, ArrayRef<Value> bs,
                       MutableArrayRef<Value> sums) {
  StringRef name = isTf32 ? "llvm.nvvm.mma.m16n8k8.row.col.tf32"
                          : "llvm.nvvm.mma.m16n8k16.row.col.bf16";
  Type f32 = t.type;
  auto four =
      LLVM::LLVMStructType::getLiteral(k.b.getContext(), {f32, f32, f32, f32});
  SmallVector<Value> operands(as);
  llvm::append_range(operands, bs);
  llvm::append_range(operands, sums);
  auto product = LLVM::CallIntrinsicOp::create(
      k.b, k.loc, four, k.b.getStringAttr(name), operands);
  for (int64_t i = 0; i < 4; ++i)
    sums[i] = LLVM::ExtractValueOp::create(k.b, k.loc, product.getResult(0), i);
}

// sums += a * b of a stage.
void MmaTile::multiplyStage(Value stage, MutableArrayRef<Value> sums) {
  SmallVector<SmallVector<Value>> bs;
  for (int64_t j = 0; j < across(); ++j)
    bs.push_back(loadFragment(b, j, stage));
  for (int64_t step = 0; step < stepsOfStage; ++step)
    for (int64_t i = 0; i < down(); ++i) {
      SmallVector<Value> as = loadFragment(a, i * stepsOfStage + step, stage);
      for (int64_t j = 0; j < across(); ++j)
        multiply(as, ArrayRef(bs[j]).slice(2 * step, 2),
                 sums.slice((i * across() + j) * 4, 4));
    }
}

SmallVector<Value> MmaTile::sumPart(Value from, Value to) {
  auto fetch = [&](Value step) {
    return std::pair(pack(a.staging->fetch(step, to)),
                     pack(b.staging->fetch(step, to)));
  };
  auto put = [&](const StageLoop::Fetched &fetched, Value stage) {
    this->put(a, fetched.first, stage);
    this->put(b, fetched.second, stage);
  };
  auto multiply = [&](Value stage, SmallVector<Value> sums) {
    multiplyStage(stage, sums);
    return sums;
  };
  StageLoop loop = {depth(), stageBytes(), /*stages=*/2, fetch,
                    put,     multiply,     /*copy=*/{}};
  return loop.emit(t, from, to, down() * across() * 4).sums;
}

std::pair<Value, Value> MmaTile::placeOfWarp(Value thread) {
  Value warp = k.div(thread, warpLanes);
  return {k.mul(k.div(warp, warpsAcross()), down() * mmaRows),
          k.mul(k.rem(warp, warpsAcross()), across() * mmaColumns)};
}

// Of an instruction's 16 x 8 results lane l has columns 2 (l % 4) and the next
// of rows l / 4 and l / 4 + 8.
std::pair<Value, Value> MmaTile::place(Value i, Value thread) {
  Value lane = k.rem(thread, warpLanes), product = k.div(i, 4);
  auto [warpRow, warpColumn] = placeOfWarp(thread);
  Value row = k.add(k.mul(k.div(product, across()), mmaRows),
                    k.mul(k.rem(k.div(i, 2), 2), 8));
  Value column =
      k.add(k.mul(k.rem(product, across()), mmaColumns), k.rem(i, 2));
  return {k.add(k.add(warpRow, k.div(lane, 4)), row),
          k.add(k.add(warpColumn, k.mul(k.rem(lane, 4), 2)), column)};
}

void MmaTile::emit() {
  t.emit(down() * across() * 4,
         {[&](Value from, Value to) { return sumPart(from, to); },
          [&](Value i, Value thread) { return place(i, thread); }});
}

std::optional<RealFormat> gan::formatOfProducts(const GpuTile &t) {
  RoundOp a = roundingOf(t.p.a), b = roundingOf(t.p.b);
  if (!a || !b || a.getFormat() != b.getFormat())
    return std::nullopt;
  return a.getFormat();
}

// Tensors of the operand's size that its prologue reads.
static int64_t tensorsBehind(const Operand &operand) {
  auto elements = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getNumElements();
  };
  llvm::SetVector<Value> behind;
  behind.insert(operand.tensor);
  for (size_t i = 0; i < behind.size(); ++i)
    if (Operation *op = behind[i].getDefiningOp())
      behind.insert(op->operand_begin(), op->operand_end());
  return llvm::count_if(behind, [&](Value value) {
    return isa<BlockArgument>(value) &&
           elements(value) == elements(operand.tensor);
  });
}

// The largest tile has no registers left for what a prologue of bf16 reads.
void gan::emitMmaTile(GpuTile &t, RealFormat format) {
  bool isTf32 = format == RealFormat::TF32;
  ArrayRef<TileShape> shapes = isTf32 ? shapesOfTf32 : shapesOfBf16;
  if (!isTf32 && tensorsBehind(t.p.a) + tensorsBehind(t.p.b) > 2)
    shapes = shapes.drop_front();
  t.open(t.chooseShape(shapes, /*free=*/true));
  MmaTile(t, format).emit();
}
