// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/simplify/AlgebraPatterns.h"
#include "passes/simplify/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_SIMPLIFYALGEBRAPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

namespace {
struct SimplifyAlgebraPass
    : gan::impl::SimplifyAlgebraPassBase<SimplifyAlgebraPass> {
  using SimplifyAlgebraPassBase::SimplifyAlgebraPassBase;

  // The canonical forms of the dialect are among the patterns: each rewrite is
  // written for one form only, and makes others.
  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet all(context);
    for (RegisteredOperationName op : context->getRegisteredOperations())
      if (op.getDialectNamespace() == GanDialect::getDialectNamespace())
        op.getCanonicalizationPatterns(all, context);
    simplify::addMotionPatterns(all);
    simplify::addOuterPatterns(all);
    simplify::addProductPatterns(all);
    simplify::addChoicePatterns(all);
    patterns = FrozenRewritePatternSet(std::move(all));
    return success();
  }

  void runOnOperation() override {
    if (failed(applyPatternsGreedily(getOperation(), patterns)))
      signalPassFailure();
  }

  FrozenRewritePatternSet patterns;
};
} // namespace
