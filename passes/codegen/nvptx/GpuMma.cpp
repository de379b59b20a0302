// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by mma.sync: 16 rows of a and 8 columns of b an instruction, which
// ldmatrix brings from shared memory.
//
// It moves 8 rows of a chunk, of whatever elements. Turned by r / 2 and r / 8,
// it finds a chunk of 8 rows that follow each other in all 32 banks, and what
// comes as vectors across k, and is stored to rows 4 apart, meets two stores to
// a bank at most.
#include "passes/codegen/nvptx/GpuRounded.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t warpLanes = 32;
// Of one instruction.
static constexpr int64_t mmaRows = 16, mmaColumns = 8;
static constexpr int64_t warpsOfBlock = blockThreads / warpLanes;

namespace {
class MmaTile : public RoundedTile {
public:
  MmaTile(GpuTile &t, RealFormat format) : RoundedTile(t, format, {2, 8}) {
    placeFragments();
  }

private:
  int64_t sumsOfThread() const override { return down() * across() * 4; }
  void multiplyStage(Value stage, MutableArrayRef<Value> sums) override;
  std::pair<Value, Value> place(Value i, Value thread) override;

  void placeFragments();
  SmallVector<Value> loadFragment(Value memory, Value fragment, Value stage);
  void multiply(ArrayRef<Value> as, ArrayRef<Value> bs,
                MutableArrayRef<Value> sums);
  // The first row and column of the warp of a slice's thread.
  std::pair<Value, Value> placeOfWarp(Value thread);

  // The warps of a slice: 2 x 4 parts of the tile, 2 x 2 or 1 x 2.
  int64_t warpsAcross() const { return t.slices == 1 ? 4 : 2; }
  int64_t warpsDown() const { return warpsOfBlock / t.slices / warpsAcross(); }
  // Instructions of a warp.
  int64_t down() const { return t.edge / warpsDown() / mmaRows; }
  int64_t across() const { return t.edge / warpsAcross() / mmaColumns; }

  SmallVector<Value> ofA, ofB; // where this lane's row is for each ldmatrix
};
} // namespace

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
      ofA.push_back(chunkOf(row, k.add(chunk, k.constant(2 * step))));
    }
  for (int64_t j = 0; j < across(); ++j) {
    Value column =
        k.add(k.add(warpColumn, k.constant(j * mmaColumns)), inMatrix);
    ofB.push_back(chunkOf(column, matrix));
  }
}

// Four registers.
SmallVector<Value> MmaTile::loadFragment(Value memory, Value fragment,
                                         Value stage) {
  Value from = k.advance(memory, {}, k.add(stage, fragment));
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
    bs.push_back(loadFragment(b.memory, ofB[j], stage));
  for (int64_t step = 0; step < stepsOfStage; ++step)
    for (int64_t i = 0; i < down(); ++i) {
      SmallVector<Value> as =
          loadFragment(a.memory, ofA[i * stepsOfStage + step], stage);
      for (int64_t j = 0; j < across(); ++j)
        multiply(as, ArrayRef(bs[j]).slice(2 * step, 2),
                 sums.slice((i * across() + j) * 4, 4));
    }
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

void gan::emitMmaTile(GpuTile &t, RealFormat format) {
  MmaTile(t, format).emit();
}
