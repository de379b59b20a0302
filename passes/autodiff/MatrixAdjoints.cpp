// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Adjoints of linear algebra on whole matrices, made of the inverse and of
// products (Giles, Collected matrix derivative results, 2008).
#include "passes/autodiff/Adjoint.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

// a^T b or a b^T, of one matrix or of each of several.
static Value multiply(OpBuilder &builder, Location loc, Value a, Value b,
                      bool transposeA) {
  return MatmulOp::create(builder, loc, a.getType(), a, b, transposeA,
                          !transposeA, OrderAttr());
}

namespace {
// d(x^-1) = -y dx y, so dx = -y^T g y^T.
struct InverseAdjoint
    : DifferentiableOpInterface::ExternalModel<InverseAdjoint, InverseOp> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents, ArrayRef<bool>) const {
    Location loc = gradLoc(op);
    Value y = cast<InverseOp>(op).getY();
    Value left = multiply(builder, loc, y, cotangents[0], /*transposeA=*/true);
    Value both = multiply(builder, loc, left, y, /*transposeA=*/false);
    return {builder.createOrFold<NegOp>(loc, both.getType(), both)};
  }
};

// d ln |det x| = trace(x^-1 dx), so dx = g x^-T.
struct LogdetAdjoint
    : DifferentiableOpInterface::ExternalModel<LogdetAdjoint, LogdetOp> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents, ArrayRef<bool>) const {
    Location loc = gradLoc(op);
    Value x = cast<LogdetOp>(op).getX();
    Type type = x.getType();
    bool isBatched = cast<RankedTensorType>(type).getRank() == 3;
    SmallVector<int64_t> kept, turned = {1, 0};
    if (isBatched) {
      kept = {0};
      turned = {0, 2, 1};
    }
    Value inverse = InverseOp::create(builder, loc, x);
    Value transposed = TransposeOp::create(builder, loc, type, inverse, turned);
    Value wide =
        builder.createOrFold<BroadcastOp>(loc, type, cotangents[0], kept);
    return {builder.createOrFold<MulOp>(loc, type, transposed, wide)};
  }
};
} // namespace

void autodiff::attachMatrixAdjoints(MLIRContext *context) {
  InverseOp::attachInterface<InverseAdjoint>(*context);
  LogdetOp::attachInterface<LogdetAdjoint>(*context);
}
