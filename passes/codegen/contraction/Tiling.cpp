// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/Tiling.h"

#include "llvm/Support/MathExtras.h"

using namespace gan;
using llvm::alignTo;
using llvm::divideCeil;

// Bytes of a row of packed k: a panel of it stays in the first cache. With many
// products at a time, all of them in the second.
static constexpr int64_t depthBytes = 1024, filteringDepthBytes = 256;
// Bytes of both packed operands and the sums: most of the second cache.
static constexpr int64_t cacheBytes = 768 * 1024;
// Cycles to start a tile, and to pack a vector; a vector product takes one.
// A vector that is transformed, too, is packed once more.
static constexpr double startCost = 2000, packCost = 3, transformCost = 3;
// Elements of a vector in these estimates, whatever the target has.
static constexpr int64_t lanes = 16;
static constexpr int64_t threads = 8;
static constexpr int64_t sizes[] = {16,  32,  48,  64,  96, 128,
                                    192, 256, 384, 512, 768};

int64_t gan::depthOf(const Problem &problem, int64_t bytes) {
  return (problem.filtering ? filteringDepthBytes : depthBytes) / bytes;
}

int64_t Tiling::count(const Problem &problem, const Space &space,
                      const BlockShape &block) {
  return divideCeil(problem.runs(space), block.runs) *
         divideCeil(problem.extents[space.run], block.length);
}

// `size` elements of `space` or a little more or less: whole runs, or a part
// of one, in blocks as equal as multiples of `unit`, or of `lanes`, can be.
static BlockShape cut(const Problem &problem, const Space &space, int64_t size,
                      int64_t unit = 1) {
  int64_t run = problem.extents[space.run], runs = problem.runs(space);
  if (run > size)
    return {1, (int64_t)alignTo(divideCeil(run, divideCeil(run, size)),
                                std::max(lanes, unit))};
  int64_t most = std::min(runs, size / run);
  return {(int64_t)alignTo(divideCeil(runs, divideCeil(runs, most)),
                           divideCeil(unit, run)),
          run};
}

// Cycles of all tiles one after the other, and of eight threads at a time.
static double cost(const Problem &problem, const Tiling &tiling) {
  double depth = problem.count(problem.k), rows = tiling.rows.size(),
         columns = divideCeil(tiling.columns.size(), lanes);
  double pack = problem.filtering ? packCost + transformCost : packCost;
  double products = problem.filtering ? problem.filtering->products() : 1;
  double tile =
      startCost + products * depth *
                      (rows * columns + pack * columns + pack * rows / lanes);
  int64_t tiles = problem.fixedCount() *
                  Tiling::count(problem, problem.rows, tiling.rows) *
                  Tiling::count(problem, problem.columns, tiling.columns);
  return tile * (tiles + threads * divideCeil(tiles, threads));
}

BlockShape gan::cutDepth(const Problem &problem, int64_t elements) {
  BlockShape block = cut(problem, problem.k, elements);
  if (problem.skips)
    block.runs = 1;
  return block;
}

Tiling gan::chooseTiling(const Problem &problem, int64_t bytes,
                         bool wholeParts) {
  Tiling best;
  best.k = cutDepth(problem, depthOf(problem, bytes));
  int64_t products = problem.filtering ? problem.filtering->products() : 1;
  double least = 0;
  for (int64_t rows : sizes)
    for (int64_t columns : sizes) {
      Tiling tiling = best;
      tiling.rows =
          cut(problem, problem.rows, rows, wholeParts ? rowsOfPart : 1);
      tiling.columns = cut(problem, problem.columns, columns);
      int64_t m = tiling.rows.size(), n = tiling.columns.size(),
              depth = tiling.k.size();
      if (products * (m * depth + n * depth + m * n) * bytes > cacheBytes)
        continue;
      double now = cost(problem, tiling);
      if (least > 0 && now >= least)
        continue;
      least = now;
      best = tiling;
    }
  return best;
}
