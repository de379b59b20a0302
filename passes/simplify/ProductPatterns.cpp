// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products with numbers and with small tensors. A factor is cheap where it is a
// splat, or a broadcast of at most 1/16 of the elements.
#include "passes/simplify/AlgebraPatterns.h"

#include "dialect/ShapeRules.h"
#include "dialect/Splats.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace gan;

static constexpr int64_t kCheapRatio = 16;

static int64_t elementsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

static bool isCheap(Value value) {
  if (splatOf(value))
    return true;
  auto broadcast = value.getDefiningOp<BroadcastOp>();
  return broadcast &&
         elementsOf(broadcast.getX()) * kCheapRatio <= elementsOf(value);
}

// Whether the product of two cheap factors is cheap again.
static bool combines(Value a, Value b) {
  if (!isCheap(a) || !isCheap(b))
    return false;
  auto first = a.getDefiningOp<BroadcastOp>();
  auto second = b.getDefiningOp<BroadcastOp>();
  if (!first || !second)
    return true;
  ShapeRef small = first.getDims(), large = second.getDims();
  if (small.size() > large.size())
    std::swap(small, large);
  return llvm::all_of(
      small, [&](int64_t dim) { return llvm::is_contained(large, dim); });
}

// c1 * c2, and 1 where it is 1 but for the rounding of a reciprocal: n * (1 /
// n).
static double multiplySplats(Type type, double a, double b) {
  bool isSingle = cast<ShapedType>(type).getElementType().isF32();
  double ulp = std::ldexp(1.0, isSingle ? -23 : -52);
  double product = a * b;
  return std::abs(product - 1) <= ulp ? 1 : product;
}

static Value multiply(PatternRewriter &rewriter, Location loc, Value a,
                      Value b) {
  std::optional<double> x = splatOf(a), y = splatOf(b);
  if (x && y)
    return createSplat(rewriter, loc, a.getType(),
                       multiplySplats(a.getType(), *x, *y));
  return rewriter.createOrFold<MulOp>(loc, a, b);
}

namespace {

// (x * s) * t -> x * (s * t) for cheap s, t; unless x * s is needed anyway and
// t is no number, so that nothing is saved. Nor where x is cheap, too: the
// three would take turns for ever, and HoistBroadcast makes one of them.
struct JoinFactors : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    for (auto [product, outer] :
         {std::pair(op.getA(), op.getB()), std::pair(op.getB(), op.getA())}) {
      auto inner = product.getDefiningOp<MulOp>();
      if (!inner || !isCheap(outer) || isCheap(product))
        continue;
      for (auto [x, factor] : {std::pair(inner.getA(), inner.getB()),
                               std::pair(inner.getB(), inner.getA())}) {
        bool bothSplat = splatOf(factor) && splatOf(outer);
        if (isCheap(x) || !combines(factor, outer) ||
            (!inner->hasOneUse() && !bothSplat))
          continue;
        Value joined = multiply(rewriter, op.getLoc(), factor, outer);
        rewriter.replaceOpWithNewOp<MulOp>(op, x, joined);
        return success();
      }
    }
    return rewriter.notifyMatchFailure(op, "no two cheap factors");
  }
};

// x / broadcast(s) -> x * broadcast(1 / s) for cheap broadcasts
struct MultiplyByReciprocal : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DivOp op,
                                PatternRewriter &rewriter) const override {
    auto divisor = op.getB().getDefiningOp<BroadcastOp>();
    if (!divisor || !isCheap(divisor) || isCheap(op.getA()))
      return rewriter.notifyMatchFailure(op, "no small divisor");
    Location loc = op.getLoc();
    Value one = createSplat(rewriter, loc, divisor.getX().getType(), 1);
    Value reciprocal = DivOp::create(rewriter, loc, one, divisor.getX());
    Value factor = BroadcastOp::create(rewriter, loc, op.getType(), reciprocal,
                                       divisor.getDims());
    rewriter.replaceOpWithNewOp<MulOp>(op, op.getA(), factor);
    return success();
  }
};

// x + x -> x * 2, which is exact and joins other factors
struct DoubleByFactor : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(AddOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getA() != op.getB())
      return rewriter.notifyMatchFailure(op, "adds different tensors");
    Value two = createSplat(rewriter, op.getLoc(), op.getType(), 2);
    rewriter.replaceOpWithNewOp<MulOp>(op, op.getA(), two);
    return success();
  }
};

// x - x -> 0
struct NoDifference : OpRewritePattern<SubOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SubOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getA() != op.getB())
      return rewriter.notifyMatchFailure(op, "subtracts different tensors");
    rewriter.replaceOp(op, createSplat(rewriter, op.getLoc(), op.getType(), 0));
    return success();
  }
};

// -(x * splat c) -> x * splat -c
struct NegateFactor : OpRewritePattern<NegOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(NegOp op,
                                PatternRewriter &rewriter) const override {
    auto product = op.getX().getDefiningOp<MulOp>();
    std::optional<double> factor =
        product ? splatOf(product.getB()) : std::nullopt;
    if (!factor || !product->hasOneUse())
      return rewriter.notifyMatchFailure(op, "no product with a number");
    Value negated = createSplat(rewriter, op.getLoc(), op.getType(), -*factor);
    rewriter.replaceOpWithNewOp<MulOp>(op, product.getA(), negated);
    return success();
  }
};

} // namespace

void simplify::addProductPatterns(RewritePatternSet &patterns) {
  patterns.add<JoinFactors, MultiplyByReciprocal, DoubleByFactor, NoDifference,
               NegateFactor>(patterns.getContext());
}
