// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The rewrite families of gan-simplify-algebra.
#ifndef GAN_PASSES_SIMPLIFY_ALGEBRAPATTERNS_H
#define GAN_PASSES_SIMPLIFY_ALGEBRAPATTERNS_H

#include "dialect/GanOps.h"

#include "mlir/IR/PatternMatch.h"

namespace gan::simplify {

/// Elementwise ops move before the broadcasts, and reshapes behind the
/// elementwise ops, that they meet. Changes no bit.
void addMotionPatterns(mlir::RewritePatternSet &patterns);

/// Factors that are cheap are multiplied with each other first. Changes
/// rounding: README.md says how.
void addProductPatterns(mlir::RewritePatternSet &patterns);

/// Outer products become products of broadcasts in the shape in which they are
/// used, which keeps all but the sign of zeros; flattened tensors times vectors
/// become sums, which changes rounding: README.md says how.
void addOuterPatterns(mlir::RewritePatternSet &patterns);

/// One select where several stood, and masks read from what is stored anyway.
/// Keeps the value of every element.
void addChoicePatterns(mlir::RewritePatternSet &patterns);

} // namespace gan::simplify

#endif // GAN_PASSES_SIMPLIFY_ALGEBRAPATTERNS_H
