// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/autodiff/Adjoint.h"

#include "dialect/Splats.h"
#include "passes/autodiff/Passes.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

Location autodiff::gradLoc(Operation *op) {
  return NameLoc::get(StringAttr::get(op->getContext(), "grad"), op->getLoc());
}

Expr Expr::splat(double number) const {
  return {builder, loc, createSplat(*builder, loc, value.getType(), number)};
}

Expr autodiff::operator-(Expr x) { return apply<NegOp>(x); }
Expr autodiff::operator+(Expr a, Expr b) { return apply<AddOp>(a, b); }
Expr autodiff::operator-(Expr a, Expr b) { return apply<SubOp>(a, b); }
Expr autodiff::operator*(Expr a, Expr b) { return apply<MulOp>(a, b); }
Expr autodiff::operator/(Expr a, Expr b) { return apply<DivOp>(a, b); }
Expr autodiff::operator-(Expr a, double b) { return a - a.splat(b); }
Expr autodiff::operator-(double a, Expr b) { return b.splat(a) - b; }
Expr autodiff::operator*(Expr a, double b) { return a * a.splat(b); }

Expr autodiff::select(ComparePredicate predicate, Expr a, Expr b, Expr yes,
                      Expr no) {
  auto type = cast<RankedTensorType>(a.value.getType());
  Type boolType = type.clone(a.builder->getI1Type());
  Value condition = a.builder->createOrFold<CompareOp>(
      a.loc, boolType, predicate, a.value, b.value);
  return {a.builder, a.loc,
          a.builder->createOrFold<SelectOp>(a.loc, type, condition, yes.value,
                                            no.value)};
}

void gan::registerAdjoints(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, GanDialect *) {
    attachElementwiseAdjoints(context);
    attachShapeAdjoints(context);
    attachContractionAdjoints(context);
    attachMatrixAdjoints(context);
  });
}
