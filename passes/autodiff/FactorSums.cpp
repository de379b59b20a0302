// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/ShapeRules.h"
#include "dialect/Splats.h"
#include "passes/autodiff/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_FACTORSUMSPASS
#include "passes/autodiff/Passes.h.inc"
} // namespace gan

// ---- what is the same for all addends

static bool isFixed(Value x, ShapeRef dims) {
  auto broadcast = x.getDefiningOp<BroadcastOp>();
  return broadcast && llvm::none_of(broadcast.getDims(), [&](int64_t dim) {
           return llvm::is_contained(dims, dim);
         });
}

namespace {
// An addend as scale * fixed factors / fixed divisors * varying factors.
struct Product {
  double scale = 1;
  SmallVector<Value> factors, divisors, varying;

  bool hasFixed() const {
    return scale != 1 || !factors.empty() || !divisors.empty();
  }
};
} // namespace

// Multiplies `product` by `x`, looking through the ops that a product is made
// of.
static void multiplyBy(Product &product, Value x, ShapeRef dims) {
  Operation *op = x.getDefiningOp();
  if (std::optional<double> number = splatOf(x)) {
    product.scale *= *number;
  } else if (isFixed(x, dims)) {
    product.factors.push_back(x);
  } else if (auto neg = dyn_cast_if_present<NegOp>(op)) {
    product.scale = -product.scale;
    multiplyBy(product, neg.getX(), dims);
  } else if (auto mul = dyn_cast_if_present<MulOp>(op)) {
    multiplyBy(product, mul.getA(), dims);
    multiplyBy(product, mul.getB(), dims);
  } else if (auto div = dyn_cast_if_present<DivOp>(op);
             div && isFixed(div.getB(), dims)) {
    product.divisors.push_back(div.getB());
    multiplyBy(product, div.getA(), dims);
  } else if (auto add = dyn_cast_if_present<AddOp>(op);
             add && add.getA() == add.getB()) {
    product.scale *= 2;
    multiplyBy(product, add.getA(), dims);
  } else {
    product.varying.push_back(x);
  }
}

// A fixed tensor without the axes of the sum.
static Value dropSummedAxes(OpBuilder &builder, SumOp sum, Value fixed) {
  auto broadcast = fixed.getDefiningOp<BroadcastOp>();
  Shape kept = otherAxes(sum.getDims(), sum.getX().getType().getRank());
  Shape target;
  for (int64_t dim : broadcast.getDims())
    target.push_back(llvm::find(kept, dim) - kept.begin());
  return builder.createOrFold<BroadcastOp>(sum.getLoc(), sum.getType(),
                                           broadcast.getX(), target);
}

static int64_t addends(SumOp sum) {
  return elementCount(sum.getX().getType().getShape()) /
         elementCount(sum.getType().getShape());
}

// Whether a sum over the axes of `op` adds up the product of `factors`, times
// what is the same for all its addends.
static bool isProductSummed(ArrayRef<Value> factors, SumOp op) {
  auto sorted = [](ArrayRef<Value> values) {
    SmallVector<void *> keys = llvm::map_to_vector(
        values, [](Value value) { return value.getAsOpaquePointer(); });
    llvm::sort(keys);
    return keys;
  };
  SmallVector<Operation *> users(factors.front().getUsers());
  while (!users.empty()) {
    Operation *user = users.pop_back_val();
    if (isa<MulOp, NegOp>(user))
      users.append(user->user_begin(), user->user_end());
    auto sum = dyn_cast<SumOp>(user);
    if (!sum || sum == op || sum.getOrder() || sum.getDims() != op.getDims())
      continue;
    Product product;
    multiplyBy(product, sum.getX(), op.getDims());
    if (sorted(product.varying) == sorted(factors))
      return true;
  }
  return false;
}

// Whether the sum of `x`, over the axes of `op`, needs no pass over a tensor
// that is not made anyway: it is there, or follows from sums that are. `depth`
// bounds the search.
static bool isSummed(Value x, SumOp op, int depth) {
  if (depth > 6)
    return false;
  for (Operation *user : x.getUsers()) {
    auto sum = dyn_cast<SumOp>(user);
    if (sum && sum != op && !sum.getOrder() && sum.getDims() == op.getDims())
      return true;
  }
  Operation *definition = x.getDefiningOp();
  if (isa_and_present<AddOp, SubOp>(definition))
    return llvm::all_of(definition->getOperands(), [&](Value part) {
      return isSummed(part, op, depth + 1);
    });
  Product product;
  multiplyBy(product, x, op.getDims());
  if (product.varying.empty())
    return true;
  if (product.varying.size() > 1)
    return isProductSummed(product.varying, op);
  return product.hasFixed() && isSummed(product.varying.front(), op, depth + 1);
}

// ---- the rewrites

namespace {
// sum(s * f / d * v) -> s * f / d * sum(v), where s is a number and f, d are
// broadcast along the summed axes; without any v, the sum of ones is their
// number.
struct FactorSum : OpRewritePattern<SumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SumOp op,
                                PatternRewriter &rewriter) const override {
    Product product;
    multiplyBy(product, op.getX(), op.getDims());
    if (op.getOrder() || !product.hasFixed())
      return rewriter.notifyMatchFailure(op,
                                         "nothing is the same for all addends");
    Location loc = op.getLoc();
    Type type = op.getType();
    Value result;
    if (product.varying.empty()) {
      product.scale *= addends(op);
    } else {
      Value addend = product.varying.front();
      for (Value factor : llvm::drop_begin(product.varying))
        addend = MulOp::create(rewriter, loc, addend, factor);
      result =
          SumOp::create(rewriter, loc, type, addend, op.getDims(), OrderAttr());
    }
    auto times = [&](Value factor) {
      result = result ? rewriter.createOrFold<MulOp>(loc, type, result, factor)
                      : factor;
    };
    for (Value factor : product.factors)
      times(dropSummedAxes(rewriter, op, factor));
    if (product.scale != 1 || !result)
      times(createSplat(rewriter, loc, type, product.scale));
    for (Value divisor : product.divisors)
      result = rewriter.createOrFold<DivOp>(
          loc, type, result, dropSummedAxes(rewriter, op, divisor));
    rewriter.replaceOp(op, result);
    return success();
  }
};

// sum(a + b) -> sum(a) + sum(b), and likewise for a - b, where one of the two
// is no pass over a tensor; the other takes the place of the whole, and need
// not wait for what the first is made of.
struct DistributeSum : OpRewritePattern<SumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SumOp op,
                                PatternRewriter &rewriter) const override {
    Operation *addend = op.getX().getDefiningOp();
    if (op.getOrder() || !isa_and_present<AddOp, SubOp>(addend))
      return rewriter.notifyMatchFailure(op,
                                         "no sum or difference of free order");
    if (llvm::none_of(addend->getOperands(), [&](Value part) {
          return isSummed(part, op, /*depth=*/0);
        }))
      return rewriter.notifyMatchFailure(op, "no part is summed elsewhere");
    auto sumOf = [&](Value part) -> Value {
      return SumOp::create(rewriter, op.getLoc(), op.getType(), part,
                           op.getDims(), OrderAttr());
    };
    Value a = sumOf(addend->getOperand(0)), b = sumOf(addend->getOperand(1));
    if (isa<AddOp>(addend))
      rewriter.replaceOpWithNewOp<AddOp>(op, a, b);
    else
      rewriter.replaceOpWithNewOp<SubOp>(op, a, b);
    return success();
  }
};

struct FactorSumsPass : gan::impl::FactorSumsPassBase<FactorSumsPass> {
  using FactorSumsPassBase::FactorSumsPassBase;
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FactorSum, DistributeSum>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
