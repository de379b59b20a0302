// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Adjoints of the ops that move elements, and of their sum. They come in pairs:
// broadcast and sum, slice and pad; a flip is its own.
#include "passes/autodiff/Adjoint.h"

#include "dialect/ShapeRules.h"

using namespace mlir;
using namespace gan;
using namespace gan::autodiff;

static int64_t rankOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getRank();
}

// One adjoint per op: `op` and the cotangent `g` of its result give that of its
// only operand, of type `type`.
static Value adjointOf(BroadcastOp op, OpBuilder &builder, Location loc,
                       Type type, Value g) {
  return builder.createOrFold<SumOp>(
      loc, type, g, otherAxes(op.getDims(), rankOf(g)), OrderAttr());
}
static Value adjointOf(SumOp op, OpBuilder &builder, Location loc, Type type,
                       Value g) {
  return builder.createOrFold<BroadcastOp>(
      loc, type, g, otherAxes(op.getDims(), rankOf(op.getX())));
}
static Value adjointOf(ReshapeOp, OpBuilder &builder, Location loc, Type type,
                       Value g) {
  return builder.createOrFold<ReshapeOp>(loc, type, g);
}
static Value adjointOf(TransposeOp op, OpBuilder &builder, Location loc,
                       Type type, Value g) {
  return builder.createOrFold<TransposeOp>(
      loc, type, g, inversePermutation(op.getPermutation()));
}
static Value adjointOf(SliceOp op, OpBuilder &builder, Location loc, Type type,
                       Value g) {
  return builder.createOrFold<PadOp>(loc, type, g, op.getOffsets());
}
static Value adjointOf(PadOp op, OpBuilder &builder, Location loc, Type type,
                       Value g) {
  return builder.createOrFold<SliceOp>(loc, type, g, op.getLow());
}
static Value adjointOf(FlipOp op, OpBuilder &builder, Location loc, Type,
                       Value g) {
  return builder.createOrFold<FlipOp>(loc, g, op.getDims());
}

namespace {
template <typename Op>
struct ShapeAdjoint
    : DifferentiableOpInterface::ExternalModel<ShapeAdjoint<Op>, Op> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents, ArrayRef<bool>) const {
    Type type = op->getOperand(0).getType();
    return {adjointOf(cast<Op>(op), builder, gradLoc(op), type, cotangents[0])};
  }
};

// Each operand gets the slice of the cotangent where it lies.
struct ConcatAdjoint
    : DifferentiableOpInterface::ExternalModel<ConcatAdjoint, ConcatOp> {
  SmallVector<Value> buildAdjoint(Operation *op, OpBuilder &builder,
                                  ValueRange cotangents,
                                  ArrayRef<bool> needed) const {
    auto concat = cast<ConcatOp>(op);
    Shape offsets(rankOf(concat.getY()), 0);
    SmallVector<Value> adjoints;
    for (auto [x, isNeeded] : llvm::zip_equal(concat.getXs(), needed)) {
      auto type = cast<RankedTensorType>(x.getType());
      adjoints.push_back(isNeeded
                             ? builder.createOrFold<SliceOp>(
                                   gradLoc(op), type, cotangents[0], offsets)
                             : Value());
      offsets[concat.getDim()] += type.getDimSize(concat.getDim());
    }
    return adjoints;
  }
};
} // namespace

template <typename... Ops> static void attach(MLIRContext *context) {
  (Ops::template attachInterface<ShapeAdjoint<Ops>>(*context), ...);
}

void autodiff::attachShapeAdjoints(MLIRContext *context) {
  attach<BroadcastOp, SumOp, ReshapeOp, TransposeOp, SliceOp, PadOp, FlipOp>(
      context);
  ConcatOp::attachInterface<ConcatAdjoint>(*context);
}
