// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where a tile has its operands and its sums.
#include "dialect/Arithmetic.h"
#include "passes/codegen/PartTree.h"
#include "passes/codegen/contraction/AmxProduct.h"
#include "passes/codegen/contraction/Contraction.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::alignTo;
using llvm::divideCeil;

// Rows in scratch are this much longer than their elements, and so are the
// buffers of many products, so that they do not all fall into the same few sets
// of a cache.
static constexpr int64_t skew = 16;

// What is read where it lies fits beside all else into the second cache, and
// its rows do not all fall into the same sets of the first.
static constexpr int64_t bytesInPlace = 256 * 1024, bytesOfSets = 4096;
// Sums that are added to at the same time, so that none waits for another.
static constexpr int64_t fewestSums = 8;

static bool multipliesByAmx(const Problem &problem, const TargetInfo &target) {
  return target.hasAmx &&
         formatOfProducts(problem.c.tensor.getDefiningOp()) == RealFormat::BF16;
}

static bool roundsRows(const Problem &problem, const TargetInfo &target) {
  return multipliesByAmx(problem, target) &&
         problem.isAlong(problem.a, problem.k);
}

// Rows of bf16 are twice as deep in as many bytes.
Tiling gan::tilingFor(const Problem &problem, Tiling tiling, Type element,
                      const TargetInfo &target) {
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  if (roundsRows(problem, target))
    tiling.k = cutDepth(problem, 2 * depthOf(problem, bytes));
  return tiling;
}

Layout::Layout(const Problem &problem, const Tiling &tiling, Type element,
               const TargetInfo &target)
    : usesAmx(multipliesByAmx(problem, target)), lanes(target.lanes(element)) {
  int64_t registers = divideCeil(tiling.columns.size(), lanes);
  vectors =
      std::min(registers, usesAmx ? AmxProduct::most : target.tileVectors);
  last = registers % vectors;
  int64_t together = problem.skips ? tiling.rows.length : tiling.rows.size();
  tile = usesAmx ? std::min<int64_t>(AmxProduct::most * AmxProduct::side,
                                     alignTo(together, AmxProduct::side))
                 : std::min(tileRows(target, vectors), tiling.rows.size());
  aByRows = problem.isAlong(problem.a, problem.k);
  aIsRounded = roundsRows(problem, target);
  rowsPerRun = problem.skips ? (int64_t)alignTo(tiling.rows.length, tile)
                             : tiling.rows.length;
  rows = alignTo(rowsPerRun * tiling.rows.runs, tile);
  depth = alignTo(tiling.k.size(), usesAmx ? AmxProduct::depth : 1);
  if (problem.filtering) {
    products = problem.filtering->products();
    results = problem.filtering->c.transformed();
    zeros = mostZeros;
  }
  if (problem.overlap)
    window = alignTo(problem.overlap->size(), lanes);
  int64_t stepsOfRow = aIsRounded ? depth / 2 : depth;
  aStride = (aByRows ? stepsOfRow : rows) + skew;
  aSize = alignTo((aByRows ? rows : depth) * aStride, lanes) + skew;
  panel = depth * width();
  bStride = width();
  bSize = divideCeil(registers, vectors) * panel + skew;
  sumStride = alignTo(tiling.columns.size(), width()) + skew;
  sumSize = alignTo(rows * sumStride, lanes) + skew;
  levels = levelsOf(problem.splits);
  if (!usesAmx && !problem.skips && !problem.filtering)
    readInPlace(problem, tiling);
}

// Whether what follows the last of a run of `space` is the first of the next.
static bool isLinear(const Problem &problem, const Operand &operand,
                     const Space &space) {
  int inner = space.run;
  for (int outer : llvm::reverse(space.leading)) {
    if (operand.stride(outer) != operand.stride(inner) * problem.extents[inner])
      return false;
    inner = outer;
  }
  return true;
}

// Whether all blocks of `space` are whole, in a tensor that the kernel only
// reads; `stride` is from row to row.
static bool mayReadInPlace(const Problem &problem, const Operand &operand,
                           const Space &space, const BlockShape &block,
                           const Tiling &tiling, int64_t stride) {
  auto tensor = dyn_cast<BlockArgument>(operand.tensor);
  if (!tensor || problem.mayLeave(operand) ||
      problem.extents[space.run] % block.length != 0 ||
      problem.runs(space) % block.runs != 0)
    return false;
  if ((block.runs > 1 && !isLinear(problem, operand, space)) ||
      (tiling.k.runs > 1 && !isLinear(problem, operand, problem.k)))
    return false;
  auto type = cast<RankedTensorType>(tensor.getType());
  int64_t bytes = type.getElementTypeBitWidth() / 8;
  return type.getNumElements() * bytes <= bytesInPlace &&
         stride * bytes % bytesOfSets != 0;
}

// Rows of a in place are those of a register tile without any others, and so
// are the columns of b.
void Layout::readInPlace(const Problem &problem, const Tiling &tiling) {
  int64_t stepOfA =
              problem.a.stride(aByRows ? problem.rows.run : problem.k.run),
          whole = tile;
  while (tiling.rows.size() % whole != 0)
    --whole;
  bool isAlong = aByRows || problem.isAlong(problem.a, problem.rows);
  if (isAlong && whole * vectors >= fewestSums &&
      mayReadInPlace(problem, problem.a, problem.rows, tiling.rows, tiling,
                     stepOfA)) {
    aInPlace = true;
    aStride = stepOfA;
    tile = whole;
  }
  int64_t stepOfB = problem.b.stride(problem.k.run);
  if (problem.isAlong(problem.b, problem.columns) &&
      tiling.columns.size() % lanes == 0 &&
      mayReadInPlace(problem, problem.b, problem.columns, tiling.columns,
                     tiling, stepOfB)) {
    bInPlace = true;
    bStride = stepOfB;
  }
}
