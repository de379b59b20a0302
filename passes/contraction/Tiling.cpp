// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/Tiling.h"

#include "llvm/Support/MathExtras.h"

using namespace gan;
using llvm::alignTo;
using llvm::divideCeil;

// Bytes of a row of packed k: a panel of it stays in the first cache. With many
// products at a time, all of them in the second.
static constexpr int64_t depthBytes = 1024, filteringDepthBytes = 256;
// Bytes of both packed operands and the sums: about the second cache of server
// processors (1 MiB of Zen 4, 1.25 of Ice Lake, 2 of Sapphire Rapids).
static constexpr int64_t cacheBytes = 1200 * 1024;
// Cycles to start a tile, to move a vector into its place or a sum out and back
// in, to read or write a vector of a patch, whose places lie far apart, for an
// operation of its transform, and to add a vector where it overlaps others; a
// vector product takes one.
static constexpr double startCost = 2000, moveCost = 3, sumCost = 2,
                        placeCost = 5, transformCost = 0.75, addCost = 6;
// Elements of a vector in these estimates, whatever the target has.
static constexpr int64_t lanes = 16;
static constexpr int64_t threads = threadsOfTiling;
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

// Cycles for a vector of each place of a patch to become one of each product.
static double costOf(const Patches &patches) {
  const SmallMatrix &m = patches.matrix;
  int64_t terms = m.numbers.size() - llvm::count(m.numbers, 0);
  double operations = (terms - m.rows) * (m.rows + m.columns);
  return placeCost * (patches.count() + patches.transformed()) +
         transformCost * operations;
}

// Cycles of all tiles one after the other, and of eight threads at a time.
static double costOf(const Problem &problem, const Tiling &tiling) {
  double depth = problem.count(problem.k), rows = tiling.rows.size(),
         columns = divideCeil(tiling.columns.size(), lanes), products = 1,
         ofA = moveCost, ofB = moveCost, ofC = 0;
  if (const auto &filtering = problem.filtering) {
    products = filtering->products();
    ofA = costOf(filtering->a);
    ofB = costOf(filtering->b);
    ofC = costOf(filtering->c);
  } else if (problem.overlap) {
    ofC = addCost;
  }
  double blocks = Tiling::count(problem, problem.k, tiling.k);
  double tile = startCost + products * rows * columns * depth +
                ofA * rows / lanes * depth + ofB * columns * depth +
                (ofC + products * sumCost * blocks) * rows * columns;
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

// Whether both packed operands and the sums fit.
static bool fits(const Problem &problem, const Tiling &tiling, int64_t bytes) {
  int64_t m = tiling.rows.size(), n = tiling.columns.size(),
          depth = tiling.k.size(),
          products = problem.filtering ? problem.filtering->products() : 1;
  return products * (m * depth + n * depth + m * n) * bytes <= cacheBytes;
}

// Where products overlap, whole groups of rows.
static BlockShape cutRows(const Problem &problem, int64_t size,
                          bool wholeParts) {
  if (!problem.overlap)
    return cut(problem, problem.rows, size, wholeParts ? rowsOfPart : 1);
  int64_t run = problem.extents[problem.rows.run], runs = problem.overlap->runs;
  return {runs * std::max<int64_t>(1, size / (runs * run)), run};
}

// Likewise, all columns.
static BlockShape cutColumns(const Problem &problem, int64_t size) {
  if (!problem.overlap)
    return cut(problem, problem.columns, size);
  return {problem.runs(problem.columns), problem.extents[problem.columns.run]};
}

// Of many products a block of half the depth may leave room for larger tiles.
// The first is the smallest: it is taken even where it does not fit, as a group
// of rows whose products overlap may not, where those are long.
Tiling gan::chooseTiling(const Problem &problem, int64_t bytes,
                         bool wholeParts) {
  Tiling best;
  int64_t most = depthOf(problem, bytes),
          least = problem.filtering ? most / 2 : most;
  for (int64_t depth = most; depth >= least; depth /= 2)
    for (int64_t rows : sizes)
      for (int64_t columns : sizes) {
        Tiling tiling;
        tiling.k = cutDepth(problem, depth);
        tiling.rows = cutRows(problem, rows, wholeParts);
        tiling.columns = cutColumns(problem, columns);
        bool isFirst = best.cost == 0;
        if (!isFirst && !fits(problem, tiling, bytes))
          continue;
        tiling.cost = costOf(problem, tiling);
        if (best.cost == 0 || tiling.cost < best.cost)
          best = tiling;
      }
  return best;
}
