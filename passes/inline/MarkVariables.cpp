// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/inline/Passes.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_MARKVARIABLESPASS
#include "passes/inline/Passes.h.inc"
} // namespace gan

namespace {
struct MarkVariablesPass : gan::impl::MarkVariablesPassBase<MarkVariablesPass> {
  using MarkVariablesPassBase::MarkVariablesPassBase;
  void runOnOperation() override {
    getOperation().walk([&](GradOp grad) {
      for (Value x : grad.getXs())
        if (x.getDefiningOp() && !x.getDefiningOp<VariableOp>())
          setApart(x);
    });
  }

private:
  // All uses of x become uses of the variable.
  void setApart(Value x) {
    OpBuilder builder(x.getContext());
    builder.setInsertionPointAfterValue(x);
    auto variable = VariableOp::create(builder, x.getLoc(), x);
    x.replaceAllUsesExcept(variable, variable);
    ++numVariables;
  }
};
} // namespace
