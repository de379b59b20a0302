// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Adjoints of the ops that compute an element from the elements at the same
// index: one rule per operand.
#include "passes/autodiff/Adjoint.h"

#include <limits>

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

namespace {
// What a rule is made of: the cotangent g of the result y, and the operands a
// and b (of a unary op: a twice).
struct At {
  Expr g, y, a, b;
};

// The k-th rule gives the adjoint of operand k.
template <typename Op, auto... rules>
struct ElementwiseAdjoint
    : DifferentiableOpInterface::ExternalModel<ElementwiseAdjoint<Op, rules...>,
                                               Op> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents,
                                  ArrayRef<bool> needed) const {
    Location loc = gradLoc(op);
    auto expr = [&](Value value) { return Expr{&builder, loc, value}; };
    At at{expr(cotangents[0]), expr(op->getResult(0)), expr(op->getOperand(0)),
          expr(op->getOperands().back())};
    size_t operand = 0;
    return {(needed[operand++] ? rules(at).value : Value())...};
  }
};

// The condition is not real, so nothing ever asks for its adjoint.
struct SelectAdjoint
    : DifferentiableOpInterface::ExternalModel<SelectAdjoint, SelectOp> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents,
                                  ArrayRef<bool> needed) const {
    Expr g{&builder, gradLoc(op), cotangents[0]};
    auto pass = [&](Value yes, Value no) {
      return builder.createOrFold<SelectOp>(
          g.loc, yes.getType(), cast<SelectOp>(op).getCondition(), yes, no);
    };
    return {Value(), needed[1] ? pass(g.value, g.splat(0).value) : Value(),
            needed[2] ? pass(g.splat(0).value, g.value) : Value()};
  }
};
} // namespace

template <typename Op, auto... rules> static void attach(MLIRContext *context) {
  Op::template attachInterface<ElementwiseAdjoint<Op, rules...>>(*context);
}

// g / (2 y), and 0 where y = 0. Dividing by infinity there, not masking the
// quotient, keeps every higher derivative finite before it is multiplied by 0.
static Expr sqrtRule(At p) {
  Expr infinity = p.y.splat(std::numeric_limits<double>::infinity());
  return p.g * 0.5 /
         select(ComparePredicate::EQ, p.y, p.y.splat(0), infinity, p.y);
}

// The cotangent where `a <predicate> b`, or where not: max and min give it to b
// only where b beats a.
template <ComparePredicate predicate> static Expr where(At p) {
  return select(predicate, p.b, p.a, p.g, p.g.splat(0));
}
template <ComparePredicate predicate> static Expr whereNot(At p) {
  return select(predicate, p.b, p.a, p.g.splat(0), p.g);
}

void autodiff::attachElementwiseAdjoints(MLIRContext *context) {
  attach<NegOp, [](At p) { return -p.g; }>(context);
  attach<VariableOp, [](At p) { return p.g; }>(context);
  attach<ExpOp, [](At p) { return p.g * p.y; }>(context);
  attach<LogOp, [](At p) { return p.g / p.a; }>(context);
  attach<SqrtOp, sqrtRule>(context);
  attach<RsqrtOp, [](At p) { return p.g * (p.y * p.y * p.y * -0.5); }>(context);
  attach<SinOp, [](At p) { return p.g * apply<CosOp>(p.a); }>(context);
  attach<CosOp, [](At p) { return -(p.g * apply<SinOp>(p.a)); }>(context);
  attach<TanhOp, [](At p) { return p.g * (1.0 - p.y * p.y); }>(context);
  attach<SigmoidOp, [](At p) { return p.g * (p.y * (1.0 - p.y)); }>(context);
  attach<SoftplusOp, [](At p) { return p.g * apply<SigmoidOp>(p.a); }>(context);
  attach<AbsOp, [](At p) { return p.g * apply<SignOp>(p.a); }>(context);

  attach<AddOp, [](At p) { return p.g; }, [](At p) { return p.g; }>(context);
  attach<SubOp, [](At p) { return p.g; }, [](At p) { return -p.g; }>(context);
  attach<MulOp, [](At p) { return p.g * p.b; }, [](At p) { return p.g * p.a; }>(
      context);
  attach<DivOp, [](At p) { return p.g / p.b; },
         [](At p) { return -(p.g / p.b * p.y); }>(context);
  attach<PowOp, [](At p) { return p.g * (p.b * apply<PowOp>(p.a, p.b - 1.0)); },
         [](At p) { return p.g * (p.y * apply<LogOp>(p.a)); }>(context);
  attach<MaxOp, whereNot<ComparePredicate::GT>, where<ComparePredicate::GT>>(
      context);
  attach<MinOp, whereNot<ComparePredicate::LT>, where<ComparePredicate::LT>>(
      context);
  SelectOp::attachInterface<SelectAdjoint>(*context);
}
