// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/autodiff/Passes.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_VERIFYNOGRADPASS
#include "passes/autodiff/Passes.h.inc"
} // namespace gan

namespace {
struct VerifyNoGradPass : gan::impl::VerifyNoGradPassBase<VerifyNoGradPass> {
  using VerifyNoGradPassBase::VerifyNoGradPassBase;
  void runOnOperation() override {
    WalkResult result = getOperation().walk([](Operation *op) -> WalkResult {
      if (isa<GradOp, StopGradientOp, VariableOp>(op))
        return op->emitOpError("is left after gradients were expanded");
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
