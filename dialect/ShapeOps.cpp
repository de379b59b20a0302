// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"
#include "dialect/ShapeRules.h"
#include "dialect/Splats.h"

using namespace mlir;
using namespace gan;

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// A splat under another shape, or nothing.
static OpFoldResult foldSplat(Attribute x, Type type) {
  auto elements = dyn_cast_if_present<DenseElementsAttr>(x);
  if (!elements || !elements.isSplat())
    return {};
  return elements.resizeSplat(cast<ShapedType>(type));
}

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

// ---- broadcast

LogicalResult BroadcastOp::verify() {
  return checkBroadcast([&] { return emitOpError(); },
                        shapeOf(getX()), // (C1), (C2)
                        shapeOf(getY()), getDims());
}

// broadcast to the same shape -> x; of a splat -> splat
OpFoldResult BroadcastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  return foldSplat(adaptor.getX(), getType());
}

// broadcast(broadcast(x, inner), outer) -> broadcast(x, outer[inner])
struct BroadcastOfBroadcast : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BroadcastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<BroadcastOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "x is no broadcast");
    rewriter.replaceOpWithNewOp<BroadcastOp>(
        op, op.getType(), inner.getX(), permute(op.getDims(), inner.getDims()));
    return success();
  }
};

void BroadcastOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<BroadcastOfBroadcast>(context);
}

// ---- reshape

LogicalResult ReshapeOp::verify() {
  return checkReshape([&] { return emitOpError(); }, shapeOf(getX()), // (C1)
                      shapeOf(getY()));
}

// reshape to the same shape -> x; of a constant -> constant
OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  auto elements = dyn_cast_if_present<DenseElementsAttr>(adaptor.getX());
  if (!elements)
    return {};
  return elements.reshape(cast<ShapedType>(getType()));
}

// reshape(reshape(x)) -> reshape(x)
struct ReshapeOfReshape : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<ReshapeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "x is no reshape");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), inner.getX());
    return success();
  }
};

// reshape(f(reshape(x), splats)) -> f(x, splats), where x has the shape that
// comes out and nobody else reads f: what the kept axes of a mean leave behind.
struct ReshapeThereAndBack : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    Operation *f = op.getX().getDefiningOp();
    if (!f || !f->hasTrait<OpTrait::Elementwise>() || !f->hasOneUse())
      return rewriter.notifyMatchFailure(op, "no elementwise op to go through");
    auto isBack = [&](Value operand) {
      auto inner = operand.getDefiningOp<ReshapeOp>();
      return inner && inner.getX().getType() == op.getType();
    };
    if (!llvm::all_of(f->getOperands(), [&](Value operand) {
          return isBack(operand) || splatOf(operand);
        }))
      return rewriter.notifyMatchFailure(op, "another shape takes part");
    auto operands =
        llvm::map_to_vector(f->getOperands(), [&](Value operand) -> Value {
          if (isBack(operand))
            return operand.getDefiningOp<ReshapeOp>().getX();
          return createSplat(rewriter, operand.getLoc(), op.getType(),
                             *splatOf(operand));
        });
    Operation *result = rewriter.clone(*f);
    result->setOperands(operands);
    result->getResult(0).setType(op.getType());
    rewriter.replaceOp(op, result);
    return success();
  }
};

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<ReshapeOfReshape, ReshapeThereAndBack>(context);
}

// ---- transpose

LogicalResult TransposeOp::verify() {
  auto error = [&] { return emitOpError(); };
  FailureOr<Shape> y =
      inferTranspose(error, shapeOf(getX()), getPermutation()); // (C1)
  if (failed(y))
    return failure();
  return checkShape(error, "y", *y, shapeOf(getY())); // (C2)
}

// transpose by the identity -> x; of a splat -> splat
OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  if (llvm::is_sorted(getPermutation()))
    return getX();
  return foldSplat(adaptor.getX(), getType());
}

// transpose(transpose(x, inner), outer) -> transpose(x, inner[outer])
struct TransposeOfTranspose : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<TransposeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "x is no transpose");
    rewriter.replaceOpWithNewOp<TransposeOp>(
        op, op.getType(), inner.getX(),
        permute(inner.getPermutation(), op.getPermutation()));
    return success();
  }
};

// transpose that keeps the order of all axes of extent > 1 -> reshape
struct TransposeOfUnitAxes : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &rewriter) const override {
    ShapeRef x = shapeOf(op.getX());
    Shape moved(op.getPermutation());
    llvm::erase_if(moved, [&](int64_t axis) { return x[axis] == 1; });
    if (!llvm::is_sorted(moved))
      return rewriter.notifyMatchFailure(op, "moves elements");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};

void TransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<TransposeOfTranspose, TransposeOfUnitAxes>(context);
}

// ---- slice, pad, concat

LogicalResult SliceOp::verify() {
  return checkSlice([&] { return emitOpError(); },
                    shapeOf(getX()), // (C1), (C2)
                    shapeOf(getY()), getOffsets());
}

// slice of everything -> x; of a splat -> splat
OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  return foldSplat(adaptor.getX(), getType());
}

// slice(slice(x, inner), outer) -> slice(x, inner + outer)
struct SliceOfSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SliceOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getX().getDefiningOp<SliceOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "x is no slice");
    Shape offsets(op.getOffsets());
    for (auto [offset, more] : llvm::zip_equal(offsets, inner.getOffsets()))
      offset += more;
    rewriter.replaceOpWithNewOp<SliceOp>(op, op.getType(), inner.getX(),
                                         offsets);
    return success();
  }
};

void SliceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<SliceOfSlice>(context);
}

LogicalResult PadOp::verify() {
  return checkPad([&] { return emitOpError(); }, shapeOf(getX()), // (C1), (C2)
                  shapeOf(getY()), getLow());
}

// pad by nothing -> x; of zeros -> zeros
OpFoldResult PadOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  if (splatOf(adaptor.getX()) != 0.0)
    return {};
  return foldSplat(adaptor.getX(), getType());
}

LogicalResult ConcatOp::verify() {
  auto error = [&] { return emitOpError(); };
  SmallVector<ShapeRef> shapes = llvm::map_to_vector(getXs(), shapeOf);
  FailureOr<Shape> y = inferConcat(error, shapes, getDim()); // (C1), (C2)
  if (failed(y))
    return failure();
  return checkShape(error, "y", *y, shapeOf(getY())); // (C3)
}

// concat of one -> x; of equal splats -> splat
OpFoldResult ConcatOp::fold(FoldAdaptor adaptor) {
  if (getXs().size() == 1)
    return getXs().front();
  auto first = dyn_cast_if_present<DenseElementsAttr>(adaptor.getXs().front());
  if (!first || !first.isSplat())
    return {};
  for (Attribute x : adaptor.getXs().drop_front()) {
    auto other = dyn_cast_if_present<DenseElementsAttr>(x);
    if (!other || !other.isSplat() ||
        other.getSplatValue<Attribute>() != first.getSplatValue<Attribute>())
      return {};
  }
  return foldSplat(first, getType());
}

// ---- sum

LogicalResult SumOp::verify() {
  auto error = [&] { return emitOpError(); };
  FailureOr<Shape> y = inferSum(error, shapeOf(getX()), getDims()); // (C1)
  if (failed(y))
    return failure();
  return checkShape(error, "y", *y, shapeOf(getY())); // (C2)
}

// sum over no axis -> x; of a splat v -> splat n * v
OpFoldResult SumOp::fold(FoldAdaptor adaptor) {
  if (getDims().empty())
    return getX();
  std::optional<double> value = splatOf(adaptor.getX());
  if (!value)
    return {};
  auto type = cast<ShapedType>(getType());
  int64_t count = elementCount(shapeOf(getX())) / elementCount(type.getShape());
  return splatAttr(type, *value * count);
}

// sum(x: [8, 1, 64], dims = [1]) -> reshape(x)
struct SumOfUnitAxes : OpRewritePattern<SumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SumOp op,
                                PatternRewriter &rewriter) const override {
    if (elementCount(shapeOf(op.getX())) != elementCount(shapeOf(op.getY())))
      return rewriter.notifyMatchFailure(op, "there is something to add");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};

// sum over axes that a broadcast made -> product with their extent:
//   sum(broadcast(x, bdims), dims) -> n * broadcast(sum(x, those of dims in
//   bdims))
struct SumOfBroadcast : OpRewritePattern<SumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SumOp op,
                                PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast || op.getOrder())
      return rewriter.notifyMatchFailure(op, "no broadcast of free order");
    ShapeRef wide = shapeOf(broadcast.getY());
    int64_t copies = 1;
    for (int64_t dim : op.getDims())
      if (!llvm::is_contained(broadcast.getDims(), dim))
        copies *= wide[dim];
    if (copies == 1)
      return rewriter.notifyMatchFailure(op, "adds no copies");
    // Axes of x: those to be added, and where the others go in the result.
    Shape kept = otherAxes(op.getDims(), wide.size());
    Shape added, target;
    for (auto [k, dim] : llvm::enumerate(broadcast.getDims())) {
      if (llvm::is_contained(op.getDims(), dim))
        added.push_back(k);
      else
        target.push_back(llvm::find(kept, dim) - kept.begin());
    }
    Location loc = op.getLoc();
    Value x = broadcast.getX();
    auto sumType =
        RankedTensorType::get(dropAxes(shapeOf(x), added),
                              cast<ShapedType>(op.getType()).getElementType());
    Value sum =
        rewriter.createOrFold<SumOp>(loc, sumType, x, added, OrderAttr());
    Value spread =
        rewriter.createOrFold<BroadcastOp>(loc, op.getType(), sum, target);
    Value factor = createSplat(rewriter, loc, op.getType(), copies);
    rewriter.replaceOpWithNewOp<MulOp>(op, spread, factor);
    return success();
  }
};

void SumOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<SumOfUnitAxes, SumOfBroadcast>(context);
}
