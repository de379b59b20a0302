// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Adjoints of the ops that multiply and add. Each is linear in either operand,
// and the family is closed: matmul is its own adjoint, the three convolutions
// are each other's. The order of the new sums is left open.
#include "passes/autodiff/Adjoint.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

static UnitAttr flag(OpBuilder &builder, bool isSet) {
  return isSet ? builder.getUnitAttr() : UnitAttr();
}

namespace {
// y = A B, so dA = g B^T and dB = A^T g. An operand that is stored transposed
// gets its adjoint transposed, from the same product with its sides exchanged,
// so no transposition is ever made. Batches of matrices go the same way.
struct MatmulAdjoint
    : DifferentiableOpInterface::ExternalModel<MatmulAdjoint, MatmulOp> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents,
                                  ArrayRef<bool> needed) const {
    auto matmul = cast<MatmulOp>(op);
    Value a = matmul.getA(), b = matmul.getB(), g = cotangents[0];
    bool ta = matmul.getTransposeA(), tb = matmul.getTransposeB();
    auto product = [&](Value like, Value left, bool tl, Value right,
                       bool tr) -> Value {
      return MatmulOp::create(builder, gradLoc(op), like.getType(), left, right,
                              flag(builder, tl), flag(builder, tr),
                              OrderAttr());
    };
    Value da, db;
    if (needed[0])
      da = ta ? product(a, b, tb, g, true) : product(a, g, false, b, !tb);
    if (needed[1])
      db = tb ? product(b, g, true, a, ta) : product(b, a, !ta, g, false);
    return {da, db};
  }
};

// conv2d, conv2d_input_grad and conv2d_weight_grad are the three partial
// derivatives of one number that is linear in each of x, w and y: sum x[n, h,
// w', c] w[i, j, c, o] y[n, p, q, o], in the same window and groups. An op has
// two of them for operands; an adjoint has the other operand and the cotangent,
// which is of the type of the third.
template <typename Op>
struct ConvolutionAdjoint
    : DifferentiableOpInterface::ExternalModel<ConvolutionAdjoint<Op>, Op> {
  SmallVector<Value> buildAdjoint(Operation *operation, OpBuilder &builder,
                                  ValueRange cotangents,
                                  ArrayRef<bool> needed) const {
    auto op = cast<Op>(operation);
    SmallVector<Value> adjoints;
    for (auto [k, operand] : llvm::enumerate(op->getOperands()))
      adjoints.push_back(needed[k] ? adjointOf(op, k, builder,
                                               operand.getType(), cotangents[0])
                                   : Value());
    return adjoints;
  }

private:
  template <typename Adjoint>
  static Value build(Op op, OpBuilder &builder, Type type, Value first,
                     Value second) {
    return Adjoint::create(builder, gradLoc(op), type, first, second,
                           op.getStrides(), op.getPadding(), op.getDilations(),
                           op.getGroups(), OrderAttr(),
                           /*winograd=*/IntegerAttr());
  }
  static Value adjointOf(Conv2dOp op, size_t operand, OpBuilder &builder,
                         Type type, Value g) {
    return operand == 0
               ? build<Conv2dInputGradOp>(op, builder, type, g, op.getW())
               : build<Conv2dWeightGradOp>(op, builder, type, op.getX(), g);
  }
  static Value adjointOf(Conv2dInputGradOp op, size_t operand,
                         OpBuilder &builder, Type type, Value g) {
    return operand == 0
               ? build<Conv2dOp>(op, builder, type, g, op.getW())
               : build<Conv2dWeightGradOp>(op, builder, type, g, op.getDy());
  }
  static Value adjointOf(Conv2dWeightGradOp op, size_t operand,
                         OpBuilder &builder, Type type, Value g) {
    return operand == 0
               ? build<Conv2dInputGradOp>(op, builder, type, op.getDy(), g)
               : build<Conv2dOp>(op, builder, type, op.getX(), g);
  }
};
} // namespace

void autodiff::attachContractionAdjoints(MLIRContext *context) {
  MatmulOp::attachInterface<MatmulAdjoint>(*context);
  Conv2dOp::attachInterface<ConvolutionAdjoint<Conv2dOp>>(*context);
  Conv2dInputGradOp::attachInterface<ConvolutionAdjoint<Conv2dInputGradOp>>(
      *context);
  Conv2dWeightGradOp::attachInterface<ConvolutionAdjoint<Conv2dWeightGradOp>>(
      *context);
}
