// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums over the rows of what a contraction computes, in two stages: first over
// parts that lie within its tiles (RowParts), so that fusion can add them where
// the result is stored; then over what the parts gave.
//
//   sum of x               p = sum of x over each part,  then sum of p
//   sum of (x - m)^2       m itself comes of a sum of x, so that no tile knows
//   it. With the n elements, the mean q = p / n and the squares
//   s = sum of (x - q)^2 of each part it is  sum of s + n (q - m)^2,
//   as (x - q) adds up to 0 in each part (Chan, Golub, LeVeque 1979).
//
// Nothing cancels that did not before: x - q is no larger than what is within a
// part. Adding the n elements of a part one after the other, parts of a stage
// likewise, and joining those stages by pairs errs less than the parts of 256
// elements that FixOrders makes.
#include "dialect/Entries.h"
#include "dialect/Splats.h"
#include "passes/contraction/RowParts.h"
#include "passes/simplify/Passes.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/Sequence.h"

#include <numeric>

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_SPLITSUMSPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

// Samples of a block, whose sums micro-batches share: see FixOrders.cpp. Parts
// that are added one after the other.
static constexpr int64_t samplesOfBlock = 32, mostParts = 32;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

static bool isElementwise(Operation *op) {
  return op->hasTrait<OpTrait::Elementwise>();
}

static bool addsAllButLast(SumOp sum) {
  int64_t rank = static_cast<int64_t>(shapeOf(sum.getX()).size());
  return rank > 1 &&
         llvm::equal(sum.getDims(), llvm::seq<int64_t>(0, rank - 1));
}

// Whether `value` needs the result of `op`, by any way.
static bool needs(Value value, Operation *op) {
  llvm::DenseSet<Operation *> seen;
  SmallVector<Value> work = {value};
  while (!work.empty()) {
    Operation *def = work.pop_back_val().getDefiningOp();
    if (def == op)
      return true;
    if (def && op->isBeforeInBlock(def) && seen.insert(def).second)
      llvm::append_range(work, def->getOperands());
  }
  return false;
}

// Whether `value` is known where `contraction` stores its result: it needs of
// it only the element at its own index.
static bool isKnownInTile(Value value, Operation *contraction) {
  llvm::DenseSet<Operation *> seen;
  SmallVector<Value> work = {value};
  while (!work.empty()) {
    Value next = work.pop_back_val();
    Operation *def = next.getDefiningOp();
    if (!def || def == contraction || !seen.insert(def).second)
      continue;
    if (isElementwise(def))
      llvm::append_range(work, def->getOperands());
    else if (needs(next, contraction))
      return false;
  }
  return true;
}

namespace {
// A square of a distance: (x - m)^2, m along the last axis.
struct SquaredDistance {
  Value x, m;
};
} // namespace

static std::optional<SquaredDistance> squaredDistanceOf(Value value) {
  auto square = value.getDefiningOp<MulOp>();
  if (!square || square.getA() != square.getB())
    return std::nullopt;
  auto distance = square.getA().getDefiningOp<SubOp>();
  if (!distance)
    return std::nullopt;
  auto broadcast = distance.getB().getDefiningOp<BroadcastOp>();
  int64_t last = static_cast<int64_t>(shapeOf(value).size()) - 1;
  if (!broadcast || broadcast.getDims() != ArrayRef(last))
    return std::nullopt;
  return SquaredDistance{distance.getA(), broadcast.getX()};
}

namespace {
// Writes the two stages of one sum.
struct StageWriter {
  OpBuilder builder;
  Location loc;
  RowParts parts;
  Type element;
  int64_t samples; // of the batch

  Value splat(ArrayRef<int64_t> shape, double number) {
    return createSplat(builder, loc, RankedTensorType::get(shape, element),
                       number);
  }
  Value viewOf(Value x);
  Value sumOfParts(Value view);
  Value sumOverParts(Value ofParts);
  Value write(Value x);
  Value write(const SquaredDistance &distance);
};
} // namespace

Value StageWriter::viewOf(Value x) {
  if (shapeOf(x) == ArrayRef(parts.view))
    return x;
  return ReshapeOp::create(builder, loc,
                           RankedTensorType::get(parts.view, element), x);
}

Value StageWriter::sumOfParts(Value view) {
  return SumOp::create(builder, loc, RankedTensorType::get(parts.kept, element),
                       view, parts.added,
                       OrderAttr::get(builder.getContext(), 1, 1));
}

// Batches of 32, 64, .. samples add as their halves do.
Value StageWriter::sumOverParts(Value ofParts) {
  ArrayRef<int64_t> kept = parts.kept;
  int64_t count = llvm::product_of(kept.drop_back());
  int64_t ofBlock =
      samples % samplesOfBlock == 0 ? count * samplesOfBlock / samples : count;
  int64_t splits = count / std::gcd(ofBlock, mostParts);
  return SumOp::create(builder, loc,
                       RankedTensorType::get(kept.back(), element), ofParts,
                       llvm::to_vector(llvm::seq<int64_t>(0, kept.size() - 1)),
                       OrderAttr::get(builder.getContext(), splits, 1));
}

Value StageWriter::write(Value x) {
  return sumOverParts(sumOfParts(viewOf(x)));
}

Value StageWriter::write(const SquaredDistance &distance) {
  auto broadcast = [&](Value x, ArrayRef<int64_t> shape,
                       ArrayRef<int64_t> dims) {
    return BroadcastOp::create(builder, loc,
                               RankedTensorType::get(shape, element), x, dims);
  };
  auto squareOf = [&](Value x, Value y) {
    Value between = SubOp::create(builder, loc, x, y);
    return MulOp::create(builder, loc, between, between);
  };
  Value view = viewOf(distance.x), sums = sumOfParts(view);
  // Multiplied at every row, lest the mean be stored and read back between.
  auto meanOf = [&](Value sums) {
    return MulOp::create(builder, loc, sums,
                         splat(shapeOf(sums), 1.0 / rowsOfPart));
  };
  SmallVector<int64_t> dims;
  for (int64_t axis : llvm::seq<int64_t>(0, parts.view.size()))
    if (!llvm::is_contained(parts.added, axis))
      dims.push_back(axis);
  Value squares =
      sumOfParts(squareOf(view, meanOf(broadcast(sums, parts.view, dims))));
  int64_t last = static_cast<int64_t>(parts.kept.size()) - 1;
  Value apart = squareOf(meanOf(sums), broadcast(distance.m, parts.kept, last));
  Value weighted =
      MulOp::create(builder, loc, apart, splat(parts.kept, rowsOfPart));
  return sumOverParts(AddOp::create(builder, loc, squares, weighted));
}

// The two stages of `sum`; null where one is as good: what dense layers give is
// small.
static Value split(SumOp sum) {
  Operation *contraction = contractionBehind(sum.getX());
  if (!contraction || isa<MatmulOp>(contraction) || !addsAllButLast(sum) ||
      shapeOf(contraction->getResult(0)) != shapeOf(sum.getX()))
    return {};
  std::optional<RowParts> parts = rowPartsOf(Problem::of(contraction));
  if (!parts)
    return {};
  StageWriter writer{OpBuilder(sum), sum.getLoc(), std::move(*parts),
                     getElementTypeOrSelf(sum.getX()), shapeOf(sum.getX())[0]};
  if (isKnownInTile(sum.getX(), contraction))
    return writer.write(sum.getX());
  std::optional<SquaredDistance> distance = squaredDistanceOf(sum.getX());
  if (distance && isKnownInTile(distance->x, contraction))
    return writer.write(*distance);
  return {};
}

namespace {
struct SplitSumsPass : gan::impl::SplitSumsPassBase<SplitSumsPass> {
  using SplitSumsPassBase::SplitSumsPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    SmallVector<SumOp> sums =
        llvm::to_vector(getOperation().getBody().front().getOps<SumOp>());
    for (SumOp sum : sums)
      if (Value whole = split(sum)) {
        sum.replaceAllUsesWith(whole);
        sum.erase();
        ++numSums;
      }
  }
};
} // namespace
