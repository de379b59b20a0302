// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/FusionRules.h"
#include "passes/fusion/Passes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_ROUNDOPERANDSPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

// The longest side of what one instruction multiplies: 16 x 8, 16 (bf16) or 8
// (tf32) deep. Rows and columns may change places.
static constexpr int64_t kSmallest = 16;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

static int64_t pixels(Value images) {
  return llvm::product_of(shapeOf(images).drop_back());
}

namespace {
struct Sides {
  int64_t rows, columns, depth;
  int64_t least() const { return std::min({rows, columns, depth}); }
};
} // namespace

// Of one matrix of a batch, of one group, of one phase of a strided gradient.
static Sides sidesOf(Operation *op) {
  return TypeSwitch<Operation *, Sides>(op)
      .Case([](MatmulOp op) {
        ArrayRef<int64_t> y = shapeOf(op.getY()), a = shapeOf(op.getA());
        return Sides{y[y.size() - 2], y.back(),
                     a[a.size() - (op.getTransposeA() ? 2 : 1)]};
      })
      .Case([](Conv2dOp op) {
        ArrayRef<int64_t> w = shapeOf(op.getW());
        int64_t groups = op.getGroups();
        return Sides{pixels(op.getY()), w[3] / groups, pixels(op.getW())};
      })
      .Case([](Conv2dInputGradOp op) {
        ArrayRef<int64_t> w = shapeOf(op.getW());
        int64_t phases = llvm::product_of(op.getStrides());
        return Sides{pixels(op.getDx()) / phases, w[2],
                     w[0] * w[1] / phases * (w[3] / (int64_t)op.getGroups())};
      })
      .Case([](Conv2dWeightGradOp op) {
        ArrayRef<int64_t> w = op.getFilterShape();
        return Sides{w[0] * w[1] * w[2], w[3] / (int64_t)op.getGroups(),
                     pixels(op.getDy()) / (int64_t)op.getParts()};
      })
      .Default([](Operation *) { return Sides{0, 0, 0}; });
}

namespace {
struct RoundOperandsPass : gan::impl::RoundOperandsPassBase<RoundOperandsPass> {
  using RoundOperandsPassBase::RoundOperandsPassBase;

  void runOnOperation() override {
    std::optional<RealFormat> format = symbolizeRealFormat(to);
    if (!format) {
      if (to == "none")
        return;
      getOperation().emitError("operands are rounded to 'tf32', 'bf16' or "
                               "'none', found '")
          << to << "'";
      return signalPassFailure();
    }
    getOperation().walk([&](KernelOp kernel) {
      for (Operation &op : kernel.getBody().front())
        if (isContraction(&op))
          roundOperands(&op, *format);
    });
  }

  void roundOperands(Operation *op, RealFormat format) {
    if (!getElementTypeOrSelf(op->getResult(0)).isF32() ||
        sidesOf(op).least() < kSmallest)
      return;
    OpBuilder builder(op);
    for (OpOperand &operand : op->getOpOperands())
      operand.set(
          RoundOp::create(builder, op->getLoc(), operand.get(), format));
    ++numContractions;
  }
};
} // namespace
