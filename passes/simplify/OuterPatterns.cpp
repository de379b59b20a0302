// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tensors that are a matrix only to be multiplied with vectors, such as a
// filter W in u^T W v, are freed from that shape. The gradient, an outer
// product, becomes a product of broadcasts, and reshapes move before these: so
// it is computed where it is used, and is never in memory. W v becomes a sum.
#include "passes/simplify/AlgebraPatterns.h"
#include "passes/simplify/LayoutRules.h"

#include "dialect/Splats.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::simplify;

// The axes of shape `to` that hold what axes `dims` of `from` hold; nothing
// where other axes are split or joined with them.
static std::optional<Shape> axesUnder(ShapeRef from, ShapeRef to,
                                      ShapeRef dims) {
  Shape axes;
  for (const AxisGroup &group : groupAxes(from, to)) {
    auto isMeant = [&](int64_t axis) { return llvm::is_contained(dims, axis); };
    if (llvm::all_of(group.from, isMeant))
      llvm::append_range(axes, group.to);
    else if (llvm::any_of(group.from, isMeant))
      return std::nullopt;
  }
  return axes;
}

static std::optional<Shape> axesBehind(ReshapeOp op, ShapeRef dims) {
  return axesUnder(shapeOf(op.getX()), shapeOf(op.getY()), dims);
}

// Whether `value`, before the reshape, is computed from nothing but numbers and
// broadcasts that the reshape keeps apart.
static bool isOfBroadcasts(Value value, ReshapeOp reshape) {
  if (splatOf(value))
    return true;
  Operation *op = value.getDefiningOp();
  if (auto broadcast = dyn_cast_or_null<BroadcastOp>(op))
    return axesBehind(reshape, broadcast.getDims()).has_value();
  return op && op->hasTrait<OpTrait::Elementwise>() && op->hasOneUse() &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isOfBroadcasts(operand, reshape);
         });
}

// `value` repeated along the axes of `type` that are not `dims`.
static Value spread(PatternRewriter &rewriter, Location loc, Value value,
                    RankedTensorType type, ShapeRef dims) {
  Value dense = rewriter.createOrFold<ReshapeOp>(
      loc, type.clone(permute(type.getShape(), dims)), value);
  return BroadcastOp::create(rewriter, loc, type, dense, dims);
}

// What isOfBroadcasts says can be: `value` under the shape of the reshape.
static Value reshapeBroadcasts(PatternRewriter &rewriter, Value value,
                               ReshapeOp reshape) {
  Location loc = value.getLoc();
  auto type =
      cast<RankedTensorType>(value.getType()).clone(shapeOf(reshape.getY()));
  if (std::optional<double> number = splatOf(value))
    return createSplat(rewriter, loc, type, *number);
  Operation *op = value.getDefiningOp();
  if (auto broadcast = dyn_cast<BroadcastOp>(op))
    return spread(rewriter, loc, broadcast.getX(), type,
                  *axesBehind(reshape, broadcast.getDims()));
  IRMapping operands;
  for (Value operand : op->getOperands())
    operands.map(operand, reshapeBroadcasts(rewriter, operand, reshape));
  Operation *moved = rewriter.clone(*op, operands);
  moved->getResult(0).setType(type);
  return moved->getResult(0);
}

// Whether a reshape takes `value`, or what elementwise ops make of it.
static bool isReshaped(Value value) {
  return llvm::any_of(value.getUsers(), [](Operation *user) {
    return isa<ReshapeOp>(user) ||
           (user->hasTrait<OpTrait::Elementwise>() && user->hasOneUse() &&
            isReshaped(user->getResult(0)));
  });
}

namespace {

// a [m, 1] times b [1, n] -> broadcast(a) * broadcast(b), where that is wanted
// under another shape; else it stays a contraction with its epilogue.
struct OuterProduct : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    ShapeRef a = shapeOf(op.getA());
    int64_t rank = a.size();
    if (a[op.getTransposeA() ? rank - 2 : rank - 1] != 1)
      return rewriter.notifyMatchFailure(op, "adds products up");
    if (!isReshaped(op.getY()))
      return rewriter.notifyMatchFailure(op, "is used as it is");
    auto type = cast<RankedTensorType>(op.getType());
    Shape rows = identityLayout(rank - 1), columns = rows;
    columns.back() = rank - 1;
    rewriter.replaceOpWithNewOp<MulOp>(
        op, spread(rewriter, op.getLoc(), op.getA(), type, rows),
        spread(rewriter, op.getLoc(), op.getB(), type, columns));
    return success();
  }
};

// A b -> sum(w * broadcast(b)), and b^T A alike, for a matrix A that is w under
// another shape and a vector b: a sum takes w in any layout, where a product of
// matrices wants the axes of w that A joins side by side.
struct FlattenedMatrixVector : OpRewritePattern<MatmulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MatmulOp op,
                                PatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(op.getType());
    bool isColumn = type.getShape().back() == 1;
    if (type.getRank() != 2 || (!isColumn && type.getDimSize(0) != 1))
      return rewriter.notifyMatchFailure(op, "a product of two matrices");
    auto [matrix, vector] = isColumn ? std::pair(op.getA(), op.getB())
                                     : std::pair(op.getB(), op.getA());
    int64_t inner = isColumn ? !op.getTransposeA() : op.getTransposeB();
    if (auto transpose = matrix.getDefiningOp<TransposeOp>()) {
      matrix = transpose.getX();
      inner = transpose.getPermutation()[inner];
    }
    auto reshape = matrix.getDefiningOp<ReshapeOp>();
    std::optional<Shape> dims =
        reshape ? axesUnder(shapeOf(matrix), shapeOf(reshape.getX()), {inner})
                : std::nullopt;
    if (!dims)
      return rewriter.notifyMatchFailure(op, "no tensor of whole axes");
    Location loc = op.getLoc();
    auto flat = cast<RankedTensorType>(reshape.getX().getType());
    Value products = MulOp::create(rewriter, loc, reshape.getX(),
                                   spread(rewriter, loc, vector, flat, *dims));
    Value sum = SumOp::create(rewriter, loc,
                              type.clone(dropAxes(flat.getShape(), *dims)),
                              products, *dims, OrderAttr());
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, type, sum);
    return success();
  }
};

// reshape(op(broadcast(a), broadcast(b))) -> op(broadcast(reshape(a)), ..): all
// at once, as reshapes of single operands would move back behind the op.
struct ReshapeBeforeBroadcasts : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    if (!isOfBroadcasts(op.getX(), op))
      return rewriter.notifyMatchFailure(op, "not of broadcasts alone");
    rewriter.replaceOp(op, reshapeBroadcasts(rewriter, op.getX(), op));
    return success();
  }
};

} // namespace

void simplify::addOuterPatterns(RewritePatternSet &patterns) {
  patterns.add<OuterProduct, FlattenedMatrixVector, ReshapeBeforeBroadcasts>(
      patterns.getContext());
}
