// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Selects as activations and their gradients leave them. The adjoint of
// select(c, a, b) is a pair of selects with a 0 each; together they are one.
#include "passes/simplify/AlgebraPatterns.h"

#include "dialect/Splats.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

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

//===-- masks
//--------------------------------------------------------------===//

// Whether `y` is x where x > 0 and not above 0 elsewhere:
//   select(x > 0, x, x * k) with k >= 0, or max(0, x)
static bool keepsSign(Value y, Value x) {
  if (auto max = y.getDefiningOp<MaxOp>())
    return (max.getA() == x && isZero(max.getB())) ||
           (max.getB() == x && isZero(max.getA()));
  auto select = y.getDefiningOp<SelectOp>();
  auto compare =
      select ? select.getCondition().getDefiningOp<CompareOp>() : CompareOp();
  if (!compare || compare.getPredicate() != ComparePredicate::GT ||
      compare.getA() != x || !isZero(compare.getB()) || select.getA() != x)
    return false;
  auto slope = select.getB().getDefiningOp<MulOp>();
  return isZero(select.getB()) ||
         (slope && slope.getA() == x && splatOf(slope.getB()) >= 0.0);
}

// Whether `x` leaves a contraction, perhaps with a bias and under another
// shape, and is nowhere else: it is stored for its readers alone.
static bool leavesContraction(Value x) {
  while (Operation *op = x.getDefiningOp()) {
    if (isa<MatmulOp, Conv2dOp, Conv2dInputGradOp>(op))
      return true;
    if (isa<AddOp>(op) && op->getOperand(0).getDefiningOp<BroadcastOp>())
      x = op->getOperand(1);
    else if (isa<TransposeOp, ReshapeOp>(op) ||
             (isa<AddOp>(op) && op->getOperand(1).getDefiningOp<BroadcastOp>()))
      x = op->getOperand(0);
    else
      return false;
    if (!x.hasOneUse())
      return false;
  }
  return false;
}

namespace {
// x > 0 -> y > 0, where y = leaky_relu(x) or relu(x), outside of y: then the
// gradient needs y, which the next layer reads anyway, and x is never stored.
// Exact, for any x: what is not above 0 stays so, NaN included.
struct MaskFromActivation : OpRewritePattern<CompareOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(CompareOp op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getA();
    if (op.getPredicate() != ComparePredicate::GT || !isZero(op.getB()) ||
        !leavesContraction(x))
      return rewriter.notifyMatchFailure(op, "no sign of a product");
    Value y;
    for (Operation *user : x.getUsers())
      if (isa<SelectOp, MaxOp>(user) && keepsSign(user->getResult(0), x))
        y = user->getResult(0);
    if (!y)
      return rewriter.notifyMatchFailure(op, "nothing keeps its sign");
    Operation *activation = y.getDefiningOp();
    bool onlyHere = llvm::all_of(op->getUsers(), [&](Operation *user) {
      return user == activation || user->isBeforeInBlock(activation);
    });
    if (onlyHere)
      return rewriter.notifyMatchFailure(op, "asked in the activation only");
    rewriter.setInsertionPointAfter(activation);
    Value mask = CompareOp::create(rewriter, op.getLoc(), op.getType(),
                                   op.getPredicate(), y, op.getB());
    rewriter.replaceUsesWithIf(op, mask, [&](OpOperand &use) {
      return activation->isBeforeInBlock(use.getOwner());
    });
    return success();
  }
};
} // namespace

void simplify::addChoicePatterns(RewritePatternSet &patterns) {
  patterns.add<ScaleChoice<MulOp>, ScaleChoice<DivOp>, ScaleChoice<NegOp>,
               JoinChoices<AddOp>, JoinChoices<SubOp>, DecideOnce,
               MaskFromActivation>(patterns.getContext());
}
