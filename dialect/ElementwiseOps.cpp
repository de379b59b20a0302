// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanOps.h"
#include "dialect/Splats.h"

#include "mlir/Dialect/CommonFolders.h"

#include <cmath>

using namespace mlir;
using namespace gan;

// ---- constants: computed in the element type

// `function` of one real, in float for f32 and in double for f64.
template <typename Function>
static APFloat compute(Function function, const APFloat &x) {
  if (&x.getSemantics() == &APFloat::IEEEsingle())
    return APFloat(static_cast<float>(function(x.convertToFloat())));
  return APFloat(static_cast<double>(function(x.convertToDouble())));
}
template <typename Function>
static APFloat compute(Function function, const APFloat &a, const APFloat &b) {
  if (&a.getSemantics() == &APFloat::IEEEsingle())
    return APFloat(
        static_cast<float>(function(a.convertToFloat(), b.convertToFloat())));
  return APFloat(
      static_cast<double>(function(a.convertToDouble(), b.convertToDouble())));
}

template <typename Function>
static OpFoldResult foldUnary(Attribute x, Function function) {
  return constFoldUnaryOp<FloatAttr, APFloat, void>(
      {x}, [&](const APFloat &value) { return compute(function, value); });
}
template <typename Function>
static OpFoldResult foldBinary(ArrayRef<Attribute> operands,
                               Function function) {
  return constFoldBinaryOp<FloatAttr, APFloat, void>(
      operands, [&](const APFloat &a, const APFloat &b) {
        return compute(function, a, b);
      });
}

// ---- unary folds

// neg(neg(x)) -> x
OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getX().getDefiningOp<NegOp>())
    return inner.getX();
  return foldUnary(adaptor.getX(), [](auto x) { return -x; });
}
OpFoldResult ExpOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::exp(x); });
}
OpFoldResult LogOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::log(x); });
}
OpFoldResult SqrtOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::sqrt(x); });
}
OpFoldResult RsqrtOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return 1 / std::sqrt(x); });
}
OpFoldResult SinOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::sin(x); });
}
OpFoldResult CosOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::cos(x); });
}
OpFoldResult TanhOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::tanh(x); });
}
OpFoldResult SigmoidOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(),
                   [](auto x) { return 1 / (1 + std::exp(-x)); });
}
OpFoldResult SoftplusOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) {
    return std::max(x, decltype(x)(0)) + std::log1p(std::exp(-std::abs(x)));
  });
}
OpFoldResult AbsOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::abs(x); });
}
OpFoldResult SignOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return (x > 0) - (x < 0); });
}
OpFoldResult FloorOp::fold(FoldAdaptor adaptor) {
  return foldUnary(adaptor.getX(), [](auto x) { return std::floor(x); });
}
// stop_gradient(stop_gradient(x)) -> stop_gradient(x)
OpFoldResult StopGradientOp::fold(FoldAdaptor adaptor) {
  if (getX().getDefiningOp<StopGradientOp>())
    return getX();
  return adaptor.getX();
}

// round(round(x)) -> round(x) to the same format
OpFoldResult RoundOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getX().getDefiningOp<RoundOp>();
      inner && inner.getFormat() == getFormat())
    return getX();
  bool isTf32 = getFormat() == RealFormat::TF32;
  return constFoldUnaryOp<FloatAttr, APFloat, void>(
      {adaptor.getX()}, [&](APFloat value) {
        bool losesInfo = false;
        value.convert(isTf32 ? APFloat::FloatTF32() : APFloat::BFloat(),
                      isTf32 ? APFloat::rmNearestTiesToAway
                             : APFloat::rmNearestTiesToEven,
                      &losesInfo);
        value.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven,
                      &losesInfo);
        return value;
      });
}

// ---- binary folds; dialect/README.md says what they may change

// x + 0 -> x
OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getB()) == 0.0)
    return getA();
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return a + b; });
}
// x - 0 -> x
OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getB()) == 0.0)
    return getA();
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return a - b; });
}
// x * 1 -> x;  x * 0 -> 0
OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  std::optional<double> factor = splatOf(adaptor.getB());
  if (factor == 1.0)
    return getA();
  if (factor == 0.0)
    return splatAttr(cast<ShapedType>(getType()), 0.0);
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return a * b; });
}
// x / 1 -> x
OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getB()) == 1.0)
    return getA();
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return a / b; });
}
// x ^ 1 -> x;  x ^ 0 -> 1
OpFoldResult PowOp::fold(FoldAdaptor adaptor) {
  std::optional<double> exponent = splatOf(adaptor.getB());
  if (exponent == 1.0)
    return getA();
  if (exponent == 0.0)
    return splatAttr(cast<ShapedType>(getType()), 1.0);
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return std::pow(a, b); });
}
// max(x, x) -> x
OpFoldResult MaxOp::fold(FoldAdaptor adaptor) {
  if (getA() == getB())
    return getA();
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return b > a ? b : a; });
}
// min(x, x) -> x
OpFoldResult MinOp::fold(FoldAdaptor adaptor) {
  if (getA() == getB())
    return getA();
  return foldBinary(adaptor.getOperands(),
                    [](auto a, auto b) { return b < a ? b : a; });
}

// ---- canonical forms: none changes the rounding of a result

// add(a, neg(b)) -> sub(a, b)
struct AddOfNeg : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(AddOp op,
                                PatternRewriter &rewriter) const override {
    Value a = op.getA(), b = op.getB();
    if (!b.getDefiningOp<NegOp>())
      std::swap(a, b);
    auto neg = b.getDefiningOp<NegOp>();
    if (!neg)
      return rewriter.notifyMatchFailure(op, "no operand is negated");
    rewriter.replaceOpWithNewOp<SubOp>(op, a, neg.getX());
    return success();
  }
};

// sub(a, neg(b)) -> add(a, b);  sub(0, b) -> neg(b)
struct SimplifySub : OpRewritePattern<SubOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SubOp op,
                                PatternRewriter &rewriter) const override {
    if (auto neg = op.getB().getDefiningOp<NegOp>()) {
      rewriter.replaceOpWithNewOp<AddOp>(op, op.getA(), neg.getX());
      return success();
    }
    if (splatOf(op.getA()) != 0.0)
      return rewriter.notifyMatchFailure(op, "nothing is negated");
    rewriter.replaceOpWithNewOp<NegOp>(op, op.getB());
    return success();
  }
};

// mul(neg(a), neg(b)) -> mul(a, b);  mul(neg(a), splat c) -> mul(a, splat -c);
// mul(a, splat -1) -> neg(a)
struct MulOfNeg : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<double> factor = splatOf(op.getB());
    if (factor == -1.0) {
      rewriter.replaceOpWithNewOp<NegOp>(op, op.getA());
      return success();
    }
    auto a = op.getA().getDefiningOp<NegOp>();
    auto b = op.getB().getDefiningOp<NegOp>();
    if (a && b) {
      rewriter.replaceOpWithNewOp<MulOp>(op, a.getX(), b.getX());
      return success();
    }
    if (!a || !factor)
      return rewriter.notifyMatchFailure(op, "no sign to move");
    Value constant =
        createSplat(rewriter, op.getB().getLoc(), op.getType(), -*factor);
    rewriter.replaceOpWithNewOp<MulOp>(op, a.getX(), constant);
    return success();
  }
};

// div(a, splat 2^n) -> mul(a, splat 2^-n), which is exact; no other quotient
// becomes a product.
struct DivByPowerOfTwo : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DivOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<double> divisor = splatOf(op.getB());
    int exponent = 0;
    if (!divisor || std::abs(std::frexp(*divisor, &exponent)) != 0.5 ||
        std::abs(exponent) > 100) // 2^100 and its inverse are normal in f32.
      return rewriter.notifyMatchFailure(op, "the divisor is no power of two");
    Value factor =
        createSplat(rewriter, op.getB().getLoc(), op.getType(), 1 / *divisor);
    rewriter.replaceOpWithNewOp<MulOp>(op, op.getA(), factor);
    return success();
  }
};

// a^n for n >= 1, by squaring: the same products in the same order for every
// element.
static Value buildPower(OpBuilder &builder, Location loc, Value a, int64_t n) {
  Value result;
  for (Value square = a; n > 0; n /= 2) {
    if (n % 2)
      result = result ? MulOp::create(builder, loc, result, square) : square;
    if (n > 1)
      square = MulOp::create(builder, loc, square, square);
  }
  return result;
}

// pow(a, splat n) -> products, over 1 for n < 0;  pow(a, 0.5) -> sqrt(a);
// pow(a, -0.5) -> rsqrt(a)
struct PowByConstant : OpRewritePattern<PowOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(PowOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<double> exponent = splatOf(op.getB());
    if (exponent == 0.5) {
      rewriter.replaceOpWithNewOp<SqrtOp>(op, op.getA());
      return success();
    }
    if (exponent == -0.5) {
      rewriter.replaceOpWithNewOp<RsqrtOp>(op, op.getA());
      return success();
    }
    if (!exponent || *exponent == 0 || std::floor(*exponent) != *exponent ||
        std::abs(*exponent) > 1024)
      return rewriter.notifyMatchFailure(op,
                                         "the exponent is no small integer");
    int64_t n = static_cast<int64_t>(*exponent);
    Value power = buildPower(rewriter, op.getLoc(), op.getA(), std::abs(n));
    if (n < 0) {
      Value one = createSplat(rewriter, op.getLoc(), op.getType(), 1.0);
      power = DivOp::create(rewriter, op.getLoc(), one, power);
    }
    rewriter.replaceOp(op, power);
    return success();
  }
};

void AddOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<AddOfNeg>(context);
}
void SubOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<SimplifySub>(context);
}
void MulOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<MulOfNeg>(context);
}
void DivOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<DivByPowerOfTwo>(context);
}
void PowOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<PowByConstant>(context);
}

// ---- compare, select, cast

static bool holds(ComparePredicate predicate, double a, double b) {
  switch (predicate) {
  case ComparePredicate::EQ:
    return a == b;
  case ComparePredicate::NE:
    return a != b;
  case ComparePredicate::LT:
    return a < b;
  case ComparePredicate::LE:
    return a <= b;
  case ComparePredicate::GT:
    return a > b;
  case ComparePredicate::GE:
    return a >= b;
  }
  llvm_unreachable("unknown predicate");
}

OpFoldResult CompareOp::fold(FoldAdaptor adaptor) {
  std::optional<double> a = splatOf(adaptor.getA()),
                        b = splatOf(adaptor.getB());
  if (!a || !b)
    return {};
  return DenseElementsAttr::get(getType(), holds(getPredicate(), *a, *b));
}

// select(c, x, x) -> x;  select(true, a, b) -> a;  select(false, a, b) -> b
OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (getA() == getB())
    return getA();
  auto condition =
      dyn_cast_if_present<DenseElementsAttr>(adaptor.getCondition());
  if (!condition || !condition.isSplat())
    return {};
  return condition.getSplatValue<bool>() ? getA() : getB();
}

// select(c, x, mul(x, a)) -> mul(x, select(c, 1, a)), and with the branches
// exchanged: x * 1 is x. What is left has one path from x, so the derivative of
// a leaky relu is one product.
struct SelectOfMultiple : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getA(), factor = factorOf(op.getB(), x);
    bool isFirst = static_cast<bool>(factor);
    if (!isFirst) {
      x = op.getB();
      factor = factorOf(op.getA(), x);
    }
    if (!factor)
      return rewriter.notifyMatchFailure(op, "no branch is a multiple");
    Value one = createSplat(rewriter, op.getLoc(), op.getType(), 1.0);
    Value choice =
        SelectOp::create(rewriter, op.getLoc(), op.getType(), op.getCondition(),
                         isFirst ? one : factor, isFirst ? factor : one);
    rewriter.replaceOpWithNewOp<MulOp>(op, x, choice);
    return success();
  }

private:
  // a where `value` is x * a or a * x; null where it is neither.
  static Value factorOf(Value value, Value x) {
    auto mul = value.getDefiningOp<MulOp>();
    if (!mul || (mul.getA() != x && mul.getB() != x))
      return nullptr;
    return mul.getA() == x ? mul.getB() : mul.getA();
  }
};

void SelectOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<SelectOfMultiple>(context);
}

LogicalResult CastOp::verify() {
  Type from = getX().getType().getElementType(),
       to = getY().getType().getElementType();
  if ((from.isBF16() && !to.isF32()) || (to.isBF16() && !from.isF32()))
    return emitOpError("of bf16 has f32 on its other side, but found ") // C3
           << (from.isBF16() ? to : from);
  return success();
}

// A constant, or the identity.
OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  auto x = dyn_cast_if_present<DenseElementsAttr>(adaptor.getX());
  if (!x || !x.isSplat() || getType().getElementType().isBF16())
    return {};
  auto type = cast<ShapedType>(getType());
  if (std::optional<double> value = splatOf(x))
    return splatAttr(type, *value);
  APInt value = x.getSplatValue<APInt>();
  bool isBool = value.getBitWidth() == 1;
  return splatAttr(type, isBool ? value.getZExtValue() : value.getSExtValue());
}
