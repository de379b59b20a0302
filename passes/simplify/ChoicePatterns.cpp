// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Selects as activations and their gradients leave them. The adjoint of
// select(c, a, b) is a pair of selects with a 0 each; together they are one.
#include "passes/simplify/AlgebraPatterns.h"

#include "dialect/Splats.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;

static bool isZero(Value value) { return splatOf(value) == 0.0; }

// The select that defines `value` for one user, with a 0 among its choices.
static SelectOp halfOf(Value value) {
  auto select = value.getDefiningOp<SelectOp>();
  if (select && select->hasOneUse() &&
      (isZero(select.getA()) || isZero(select.getB())))
    return select;
  return {};
}

namespace {

// select(c, 0, g) * s -> select(c, 0, g * s), and likewise for / s and negation
template <typename Op> struct ScaleChoice : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    for (OpOperand &operand : op->getOpOperands()) {
      SelectOp select = halfOf(operand.get());
      if (!select || (isa<DivOp>(op) && operand.getOperandNumber() == 1))
        continue;
      auto scaled = [&](Value choice) -> Value {
        if (isZero(choice))
          return choice;
        IRMapping mapping;
        mapping.map(operand.get(), choice);
        return rewriter.clone(*op, mapping)->getResult(0);
      };
      rewriter.replaceOpWithNewOp<SelectOp>(op, select.getCondition(),
                                            scaled(select.getA()),
                                            scaled(select.getB()));
      return success();
    }
    return rewriter.notifyMatchFailure(op, "no half of a choice");
  }
};

// select(c, a, 0) + select(c, 0, b) -> select(c, a, b), with a + d in place of
// two choices that are both not 0, and likewise for -
template <typename Op> struct JoinChoices : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    SelectOp a = halfOf(op.getA()), b = halfOf(op.getB());
    if (!a || !b || a.getCondition() != b.getCondition())
      return rewriter.notifyMatchFailure(op, "no two halves of one choice");
    Value yes = rewriter.createOrFold<Op>(op.getLoc(), a.getA(), b.getA());
    Value no = rewriter.createOrFold<Op>(op.getLoc(), a.getB(), b.getB());
    rewriter.replaceOpWithNewOp<SelectOp>(op, a.getCondition(), yes, no);
    return success();
  }
};

// select(c, select(c, a, b), d) -> select(c, a, d), and on the other side
struct DecideOnce : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    auto a = op.getA().getDefiningOp<SelectOp>();
    auto b = op.getB().getDefiningOp<SelectOp>();
    bool first = a && a.getCondition() == op.getCondition();
    bool second = b && b.getCondition() == op.getCondition();
    if (!first && !second)
      return rewriter.notifyMatchFailure(op, "decides anew");
    rewriter.replaceOpWithNewOp<SelectOp>(op, op.getCondition(),
                                          first ? a.getA() : op.getA(),
                                          second ? b.getB() : op.getB());
    return success();
  }
};

} // namespace

// ---- masks

static bool isSignOf(Value condition, Value x) {
  auto compare = condition.getDefiningOp<CompareOp>();
  return compare && compare.getPredicate() == ComparePredicate::GT &&
         compare.getA() == x && isZero(compare.getB());
}

// Whether `y` is above 0 where x is, and nowhere else:
//   x * select(x > 0, 1, k) with k >= 0, or max(0, x)
static bool keepsSign(Operation *y, Value x) {
  if (isa<MaxOp>(y))
    return isZero(y->getOperand(0)) || isZero(y->getOperand(1));
  if (!isa<MulOp>(y))
    return false;
  Value slope = y->getOperand(y->getOperand(0) == x ? 1 : 0);
  auto choice = slope.getDefiningOp<SelectOp>();
  return choice && isSignOf(choice.getCondition(), x) &&
         splatOf(choice.getA()) == 1.0 && splatOf(choice.getB()) >= 0.0;
}

namespace {
// f(x > 0) -> f(y > 0) behind y = leaky_relu(x) or relu(x), for a select f:
// then the gradient needs y, which the next layer reads anyway, and x is never
// stored. Exact for any x: what is not above 0 stays so, NaN included.
struct MaskFromActivation : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    auto sign = op.getCondition().getDefiningOp<CompareOp>();
    if (!sign || !isSignOf(sign, sign.getA()))
      return rewriter.notifyMatchFailure(op, "does not choose by a sign");
    Value x = sign.getA();
    Operation *y = nullptr;
    for (Operation *user : x.getUsers()) {
      if (user == sign)
        continue;
      if (y || !keepsSign(user, x))
        return rewriter.notifyMatchFailure(op, "x has other readers");
      y = user;
    }
    auto isLater = [&](OpOperand &use) {
      return use.getOwner() != y && y->isBeforeInBlock(use.getOwner());
    };
    if (!y || llvm::none_of(op->getUses(), isLater))
      return rewriter.notifyMatchFailure(op, "no activation is there to ask");
    rewriter.setInsertionPointAfter(op->isBeforeInBlock(y) ? y : op);
    Value mask =
        CompareOp::create(rewriter, sign.getLoc(), sign.getType(),
                          ComparePredicate::GT, y->getResult(0), sign.getB());
    Value later = SelectOp::create(rewriter, op.getLoc(), op.getType(), mask,
                                   op.getA(), op.getB());
    rewriter.replaceUsesWithIf(op, later, isLater);
    return success();
  }
};
} // namespace

void simplify::addChoicePatterns(RewritePatternSet &patterns) {
  patterns.add<ScaleChoice<MulOp>, ScaleChoice<DivOp>, ScaleChoice<NegOp>,
               JoinChoices<AddOp>, JoinChoices<SubOp>, DecideOnce,
               MaskFromActivation>(patterns.getContext());
}
