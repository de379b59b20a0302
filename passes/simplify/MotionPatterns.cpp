// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Work moves to where tensors are smaller, or where it meets its like.
#include "passes/simplify/AlgebraPatterns.h"

#include "dialect/ShapeRules.h"
#include "dialect/Splats.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

static bool isSplat(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  return constant && constant.getValue().isSplat();
}

static RankedTensorType withShape(Type type, ShapeRef shape) {
  return cast<RankedTensorType>(type).clone(shape);
}

// The splat `value` under another shape.
static Value resizeSplat(PatternRewriter &rewriter, Value value,
                         ShapeRef shape) {
  auto constant = value.getDefiningOp<ConstantOp>();
  auto elements = cast<DenseElementsAttr>(constant.getValue());
  return ConstantOp::create(
      rewriter, constant.getLoc(),
      elements.resizeSplat(withShape(value.getType(), shape)));
}

// Whether the reshape only adds or drops axes of extent 1.
static bool keepsExtents(ReshapeOp op) {
  auto isLong = [](int64_t extent) { return extent != 1; };
  return llvm::equal(llvm::make_filter_range(shapeOf(op.getX()), isLong),
                     llvm::make_filter_range(shapeOf(op.getY()), isLong));
}

// `op` on operands of another shape.
static Value rebuild(PatternRewriter &rewriter, Operation *op,
                     ValueRange operands, ShapeRef shape) {
  OperationState state(op->getLoc(), op->getName());
  state.addOperands(operands);
  state.addTypes(withShape(op->getResult(0).getType(), shape));
  state.addAttributes(op->getDiscardableAttrDictionary().getValue());
  state.propertiesAttr = op->getPropertiesAsAttribute();
  return rewriter.create(state)->getResult(0);
}

// Where axes `dims` of the result are among the axes `base`; nothing if one is
// not.
static std::optional<Shape> positionsIn(ShapeRef dims, ShapeRef base) {
  Shape positions;
  for (int64_t dim : dims) {
    const int64_t *found = llvm::find(base, dim);
    if (found == base.end())
      return std::nullopt;
    positions.push_back(found - base.begin());
  }
  return positions;
}

namespace {

// op(broadcast(a), broadcast(b), splat) -> broadcast(op(a, b, splat)), where
// the axes of b are among those of a; b is broadcast to a.
struct HoistBroadcast : OpTraitRewritePattern<OpTrait::Elementwise> {
  using OpTraitRewritePattern::OpTraitRewritePattern;
  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    BroadcastOp base;
    for (Value operand : op->getOperands()) {
      auto broadcast = operand.getDefiningOp<BroadcastOp>();
      if (!broadcast && !isSplat(operand))
        return rewriter.notifyMatchFailure(op, "an operand is no broadcast");
      if (broadcast &&
          (!base || broadcast.getDims().size() > base.getDims().size()))
        base = broadcast;
    }
    if (!base)
      return rewriter.notifyMatchFailure(op, "all operands are constant");
    ShapeRef small = shapeOf(base.getX());
    for (Value operand : op->getOperands())
      if (auto broadcast = operand.getDefiningOp<BroadcastOp>();
          broadcast && !positionsIn(broadcast.getDims(), base.getDims()))
        return rewriter.notifyMatchFailure(op, "axes are not nested");
    SmallVector<Value> operands;
    for (Value operand : op->getOperands()) {
      auto broadcast = operand.getDefiningOp<BroadcastOp>();
      operands.push_back(
          broadcast ? rewriter.createOrFold<BroadcastOp>(
                          broadcast.getLoc(),
                          withShape(operand.getType(), small), broadcast.getX(),
                          *positionsIn(broadcast.getDims(), base.getDims()))
                    : resizeSplat(rewriter, operand, small));
    }
    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, op->getResultTypes().front(),
        rebuild(rewriter, op, operands, small), base.getDims());
    return success();
  }
};

// op(reshape(a), reshape(b), splat) -> reshape(op(a, b, splat)), where a and b
// have one shape and the reshapes only add or drop axes of extent 1: they may
// then meet their inverses. Those that split and join axes stay where the
// program has them, as layouts do not pass all of them.
struct SinkReshape : OpTraitRewritePattern<OpTrait::Elementwise> {
  using OpTraitRewritePattern::OpTraitRewritePattern;
  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    std::optional<ShapeRef> shape;
    for (Value operand : op->getOperands()) {
      if (isSplat(operand))
        continue;
      auto reshape = operand.getDefiningOp<ReshapeOp>();
      if (!reshape || (shape && *shape != shapeOf(reshape.getX())) ||
          !keepsExtents(reshape))
        return rewriter.notifyMatchFailure(op, "an operand is no such reshape");
      shape = shapeOf(reshape.getX());
    }
    if (!shape)
      return rewriter.notifyMatchFailure(op, "no operand is a reshape");
    SmallVector<Value> operands;
    for (Value operand : op->getOperands()) {
      auto reshape = operand.getDefiningOp<ReshapeOp>();
      operands.push_back(reshape ? reshape.getX()
                                 : resizeSplat(rewriter, operand, *shape));
    }
    rewriter.replaceOpWithNewOp<ReshapeOp>(
        op, op->getResultTypes().front(),
        rebuild(rewriter, op, operands, *shape));
    return success();
  }
};

// broadcast(reshape(x: [64] -> [64, 1, 1]), dims) -> broadcast(x, dims of the
// axes that are left)
struct BroadcastOfUnitAxes : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto reshape = op.getX().getDefiningOp<ReshapeOp>();
    if (!reshape)
      return rewriter.notifyMatchFailure(op, "x is no reshape");
    Shape dims, shape;
    for (auto [dim, extent] : llvm::zip_equal(op.getDims(), shapeOf(op.getX())))
      if (extent != 1) {
        dims.push_back(dim);
        shape.push_back(extent);
      }
    if (shapeOf(reshape.getX()) != ShapeRef(shape))
      return rewriter.notifyMatchFailure(op, "moves elements");
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), reshape.getX(),
                                             dims);
    return success();
  }
};

} // namespace

void simplify::addMotionPatterns(RewritePatternSet &patterns) {
  patterns.add<HoistBroadcast, SinkReshape, BroadcastOfUnitAxes>(
      patterns.getContext());
}
