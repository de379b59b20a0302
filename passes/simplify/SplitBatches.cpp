// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gradients of filters with few elements, and sums that leave few, of many
// samples, in two stages: a block of a GPU has a tile of results, or as many
// sums as lie side by side in a sector, and few of them would have all the
// work. A thread of a CPU has a tile of results, too, and where there are few
// it is better that each reads some samples than that all read the same.
//
//   dw = conv2d_weight_grad x, dy order <splits = S>
// becomes
//   p = conv2d_weight_grad x, dy parts = B order <splits = S / B>
//   dw = sum p dims = [0] order <splits = B>
//
//   y = sum x dims = [0, 1, 2] order <splits = S>, x [B, .., .., C]
// becomes
//   p = sum x dims = [1, 2] order <splits = S / B>
//   y = sum p dims = [0] order <splits = B>
//
// No bit changes: what S parts give is joined by adjacent pairs, and where
// S / B is a power of two, those within one of B parts are joined first.
#include "dialect/Entries.h"
#include "passes/contraction/Tiling.h"
#include "passes/simplify/Passes.h"

#include "llvm/ADT/Sequence.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

namespace gan {
#define GEN_PASS_DEF_SPLITBATCHESPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

namespace {
// What works side by side: the side of a tile of results where there are few,
// and how many tiles are enough.
struct Workers {
  int64_t edge, tiles;
};
} // namespace
// As many blocks are a third of the processors of a large GPU. More parts would
// write and read more: those of a filter of 4 x 4 x 3 x 64 take 24 KiB each.
static constexpr Workers blocksOfGpu = {32, 48};
// Each with all results in its second cache.
static constexpr Workers threadsOfCpu = {96, threadsOfTiling};
// What parts may write and read again, of what is read for them.
static constexpr int64_t shareOfRead = 16;
// So few steps are not worth a part.
static constexpr int64_t fewSteps = 1024;

// Into how many parts the batch is cut; 1 where that gains nothing or would
// join anything else.
static int64_t chooseParts(Conv2dWeightGradOp op, const Problem &p,
                           Workers workers) {
  int64_t steps = p.count(p.k), samples = op.getX().getType().getDimSize(0);
  int64_t tiles = divideCeil(p.count(p.rows), workers.edge) *
                  divideCeil(p.count(p.columns), workers.edge);
  int64_t read = op.getX().getType().getNumElements() +
                 op.getDy().getType().getNumElements(),
          more = 2 * op.getDw().getType().getNumElements();
  int64_t most = std::min(
      {workers.tiles / tiles, read / shareOfRead / more, steps / fewSteps});
  auto fits = [&](int64_t parts) {
    return samples % parts == 0 && p.splits % parts == 0 &&
           llvm::isPowerOf2_64(p.splits / parts);
  };
  if (p.skips || steps % p.splits != 0)
    return 1;
  while (most > 1 && !fits(most))
    --most;
  return std::max<int64_t>(most, 1);
}

static void cut(Conv2dWeightGradOp op, int64_t parts) {
  OpBuilder builder(op);
  MLIRContext *context = op.getContext();
  SmallVector<int64_t> shape = {parts};
  llvm::append_range(shape, op.getFilterShape());
  auto order = OrderAttr::get(context, op.getOrder()->getSplits() / parts, 1);
  Value ofParts = Conv2dWeightGradOp::create(
      builder, op.getLoc(), op.getDw().getType().clone(shape), op.getX(),
      op.getDy(), op.getStrides(), op.getPadding(), op.getDilations(),
      op.getGroups(), order, /*winograd=*/IntegerAttr(), parts);
  Value sum =
      SumOp::create(builder, op.getLoc(), op.getDw().getType(), ofParts,
                    ArrayRef<int64_t>{0}, OrderAttr::get(context, parts, 1));
  op.replaceAllUsesWith(sum);
  op.erase();
}

// ---- sums

// Elements that one block adds in the time of a launch and more, and the blocks
// that share them then; sums in one block.
static constexpr int64_t manyElements = 1 << 18, manyBlocks = 128,
                         sumsOfBlock = 8;

// How many of its first axes `sum` leaves for later; 0 where that gains nothing
// or would join anything else.
static int64_t chooseAxes(SumOp sum) {
  ArrayRef<int64_t> x = sum.getX().getType().getShape(), dims = sum.getDims();
  int64_t elements = sum.getX().getType().getNumElements(),
          sums = sum.getY().getType().getNumElements(),
          splits = sum.getOrder()->getSplits(),
          rank = static_cast<int64_t>(x.size());
  bool areSideBySide = !llvm::is_contained(dims, rank - 1);
  int64_t ofOne = areSideBySide ? divideCeil(sums, sumsOfBlock) : sums;
  if (elements / ofOne < manyElements || elements / sums % splits != 0)
    return 0;
  int64_t chosen = 0, parts = 1;
  for (size_t axes = 1; axes < dims.size(); ++axes) {
    if (dims[axes - 1] != static_cast<int64_t>(axes) - 1)
      break;
    parts *= x[axes - 1];
    if (splits % parts == 0 && llvm::isPowerOf2_64(splits / parts))
      chosen = axes;
    if (chosen > 0 && parts * ofOne >= manyBlocks)
      break;
  }
  return chosen;
}

static void cut(SumOp sum, int64_t axes) {
  OpBuilder builder(sum);
  RankedTensorType x = sum.getX().getType(), y = sum.getY().getType();
  SmallVector<int64_t> shape(x.getShape().take_front(axes));
  int64_t parts = llvm::product_of(shape);
  llvm::append_range(shape, y.getShape());
  OrderAttr whole = *sum.getOrder();
  auto orderOf = [&](int64_t splits, int64_t lanes) {
    return OrderAttr::get(sum.getContext(), splits, lanes);
  };
  Value ofParts =
      SumOp::create(builder, sum.getLoc(), y.clone(shape), sum.getX(),
                    sum.getDims().drop_front(axes),
                    orderOf(whole.getSplits() / parts, whole.getLanes()));
  Value all = SumOp::create(builder, sum.getLoc(), y, ofParts,
                            llvm::to_vector(llvm::seq<int64_t>(0, axes)),
                            orderOf(parts, 1));
  sum.replaceAllUsesWith(all);
  sum.erase();
}

namespace {
struct SplitBatchesPass : gan::impl::SplitBatchesPassBase<SplitBatchesPass> {
  using SplitBatchesPassBase::SplitBatchesPassBase;
  void runOnOperation() override {
    if (!isEntry(getOperation()))
      return;
    Block &body = getOperation().getBody().front();
    if (forGpu)
      for (SumOp sum : llvm::to_vector(body.getOps<SumOp>()))
        if (int64_t axes = sum.getOrder() ? chooseAxes(sum) : 0) {
          cut(sum, axes);
          ++numSums;
        }
    for (auto op : llvm::to_vector(body.getOps<Conv2dWeightGradOp>()))
      if (int64_t parts = partsOf(op); parts > 1) {
        cut(op, parts);
        ++numGradients;
      }
  }

  int64_t partsOf(Conv2dWeightGradOp op) {
    if (!op.getOrder() || op.getGroups() != 1 || op.getParts() != 1 ||
        op.getWinograd())
      return 1;
    Problem problem = Problem::of(op);
    if (forGpu)
      return chooseParts(op, problem, blocksOfGpu);
    bool isOneTile =
        std::max(problem.count(problem.rows), problem.count(problem.columns)) <=
        threadsOfCpu.edge;
    return isOneTile ? chooseParts(op, problem, threadsOfCpu) : 1;
  }
};
} // namespace
