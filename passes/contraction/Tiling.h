// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How much of a contraction one tile computes on a CPU, how much of k it takes
// at a time, and what that costs: from shapes alone, so that tiles are the same
// for every target.
#ifndef GAN_PASSES_CONTRACTION_TILING_H
#define GAN_PASSES_CONTRACTION_TILING_H

#include "passes/contraction/RowParts.h"

namespace gan {

/// `length` neighbours of each of `runs` runs; with several runs, all of each.
struct BlockShape {
  int64_t runs, length;
  int64_t size() const { return runs * length; }
};

struct Tiling {
  BlockShape rows, columns, k;
  double cost = 0; // cycles, of one thread and of eight

  /// How many blocks cover `space`.
  static int64_t count(const Problem &problem, const Space &space,
                       const BlockShape &block);
};

/// Tiles are cut so that as many threads have work.
inline constexpr int64_t threadsOfTiling = 8;

/// Elements of k in a block, at most.
int64_t depthOf(const Problem &problem, int64_t bytesPerElement);

/// The cheapest of a few sizes, by the cost of multiplying, of packing both
/// operands, of keeping sums, and of tiles that do not fill eight threads. A
/// tile has whole parts of `rowsOfPart` rows if `wholeParts`, which RowParts
/// must allow.
Tiling chooseTiling(const Problem &problem, int64_t bytesPerElement,
                    bool wholeParts);

/// A block of at most so many elements of k.
BlockShape cutDepth(const Problem &problem, int64_t elements);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_TILING_H
