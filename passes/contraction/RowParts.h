// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The rows of a contraction's result in parts that never lie in two tiles, so
// that a sum over the rows can be added part by part where tiles are stored.
#ifndef GAN_PASSES_CONTRACTION_ROWPARTS_H
#define GAN_PASSES_CONTRACTION_ROWPARTS_H

#include "passes/contraction/Problem.h"

namespace gan {

/// Rows of a part: of every edge of a GPU's tile a divisor.
inline constexpr int64_t rowsOfPart = 32;

/// Rows r with the same r / rowsOfPart, in the order in which tiles take them:
/// a part. In a view of the result whose axes are cut where parts are, one adds
/// over some axes.
struct RowParts {
  llvm::SmallVector<int64_t> view;  // shape of that view
  llvm::SmallVector<int64_t> added; // its axes that lie within a part
  llvm::SmallVector<int64_t> kept;  // the extents of the others
  /// Of each axis of Problem::c how much of its extent lies within a part.
  llvm::SmallVector<int64_t> within;
};

/// Nothing where a part would begin in one run and end in another, where rows
/// do not follow each other in memory as they do in tiles, or where rows and
/// columns have changed places, or rows are patches.
std::optional<RowParts> rowPartsOf(const Problem &problem);

/// The last contraction from whose result `value` is computed elementwise; null
/// where there is none.
mlir::Operation *contractionBehind(mlir::Value value);

/// Whether `view` shows what is computed elementwise from the last contraction
/// behind it, with axes as its parts want them.
bool isPartView(ReshapeOp view);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_ROWPARTS_H
