// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the families of adjoints share: the location of an adjoint, and
// arithmetic that reads like the formula.
#ifndef GAN_PASSES_AUTODIFF_ADJOINT_H
#define GAN_PASSES_AUTODIFF_ADJOINT_H

#include "dialect/GanOps.h"

namespace gan::autodiff {

/// The location of what differentiates `op`: that of `op`, named "grad".
mlir::Location gradLoc(mlir::Operation *op);

/// A real tensor in a formula. Every operator builds one op, or folds it, at
/// the insertion point of `builder`; all tensors of a formula have one type,
/// and a number stands for a splat of it.
struct Expr {
  mlir::OpBuilder *builder;
  mlir::Location loc;
  mlir::Value value;

  /// A splat of `number` of this type.
  Expr splat(double number) const;
};

Expr operator-(Expr x);
Expr operator+(Expr a, Expr b);
Expr operator-(Expr a, Expr b);
Expr operator*(Expr a, Expr b);
Expr operator/(Expr a, Expr b);
Expr operator-(Expr a, double b);
Expr operator-(double a, Expr b);
Expr operator*(Expr a, double b);

/// The tensor-level op `Op` of one or two operands.
template <typename Op> Expr apply(Expr a) {
  return {a.builder, a.loc,
          a.builder->createOrFold<Op>(a.loc, a.value.getType(), a.value)};
}
template <typename Op> Expr apply(Expr a, Expr b) {
  return {
      a.builder, a.loc,
      a.builder->createOrFold<Op>(a.loc, a.value.getType(), a.value, b.value)};
}

/// `(a <predicate> b) ? yes : no`, elementwise.
Expr select(ComparePredicate predicate, Expr a, Expr b, Expr yes, Expr no);

/// Attach the adjoints of one family.
void attachElementwiseAdjoints(mlir::MLIRContext *context);
void attachShapeAdjoints(mlir::MLIRContext *context);
void attachContractionAdjoints(mlir::MLIRContext *context);
void attachMatrixAdjoints(mlir::MLIRContext *context);

} // namespace gan::autodiff

#endif // GAN_PASSES_AUTODIFF_ADJOINT_H
