// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Chooses the order of every reduction from its shapes.
//
//   reduction                                lanes                 at most, per
//   lane of a part sum over everything, 64 addends or more  16 256 sum along
//   the last axes                  2^n <= 16 | the run   256 sum over leading
//   axes, 16 or more kept   1                     256 sum over leading axes,
//   fewer kept        4                     256 matmul, conv2d,
//   conv2d_input_grad        1                     8192 conv2d_weight_grad 1
//   1024
//
// Lanes: where neighbours are added, 16 f32 fill the widest register and a run
// that they divide is read in whole registers; where neighbours are kept, the
// registers hold different sums already, unless there are too few of them: then
// 4 chains hide the latency of the addition.
//
// Parts: adding m numbers one after the other and joining s such parts by pairs
// errs by at most (m + log2 s) * 2^-24 * sum |x| in f32, and by about the root
// of that factor if the errors are independent. With m = 256 the bound is
// 1.6e-5 for any length; a plain sum of 65536 has 4e-3. The emitter joins the
// parts of a sum in scratch, at a few stores per 256 additions. A part of a
// contraction ends in a pass over the tile of results, so these are longer:
// sums over channels reach some thousands and stay in one part, sums over all
// pixels of a batch do not.
//
// Batches: a reduction over axis 0 and 64, 96, .. 4096 rows is cut into
// blocks of 32 rows, a block into a power of two of parts. As parts are joined
// by adjacent pairs, a batch of 32 * 2^n adds as its halves add and their sums
// are added: 4 micro-batches of 32 give the bits of one batch of 128.
//
// Parts end where an axis ends if that costs at most twice the parts: the
// address of a part's start is then cheap, and parts are equally long.
#include "passes/simplify/Passes.h"

#include "dialect/ShapeRules.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_FIXORDERSPASS
#include "passes/simplify/Passes.h.inc"
} // namespace gan

static constexpr int64_t kRegisterLanes = 16;
static constexpr int64_t kChains = 4;
static constexpr int64_t kShortSum = 64;
static constexpr int64_t kSumPart = 256;
static constexpr int64_t kChannelPart = 8192;
static constexpr int64_t kPixelPart = 1024;
static constexpr int64_t kBlock = 32;          // samples
static constexpr int64_t kLargestBatch = 4096; // more rows are no batch

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

// The fewest parts of at most `longest` addends, or up to twice as many if they
// then end where an axis of `reduced` (or else a full set of lanes) ends.
static int64_t chooseSplits(ShapeRef reduced, int64_t longest, int64_t lanes) {
  int64_t count = elementCount(reduced);
  int64_t needed = llvm::divideCeil(count, longest);
  if (needed <= 1)
    return 1;
  for (size_t axis = 1; axis <= reduced.size(); ++axis) {
    int64_t unit = elementCount(reduced.drop_front(axis));
    if (axis == reduced.size() && count % lanes == 0)
      unit = lanes;
    for (int64_t splits = needed; splits <= 2 * needed; ++splits)
      if (count / unit % splits == 0)
        return splits;
  }
  return needed;
}

namespace {
// A reduction over rows: how many blocks of them, and how many rows each has.
struct Blocks {
  int64_t count, rows;
};
} // namespace

static Blocks blocksOf(int64_t rows) {
  bool isCut = rows <= kLargestBatch && rows % kBlock == 0;
  return isCut ? Blocks{rows / kBlock, kBlock} : Blocks{1, rows};
}

// The order of `blocks` reductions, each over `reduced` addends.
static OrderAttr orderOf(MLIRContext *context, Blocks blocks, ShapeRef reduced,
                         int64_t longest, int64_t lanes) {
  int64_t splits = chooseSplits(reduced, longest, lanes);
  if (blocks.rows == kBlock)
    for (splits = llvm::PowerOf2Ceil(splits); elementCount(reduced) % splits;)
      splits /= 2;
  return OrderAttr::get(context, blocks.count * splits, lanes);
}

static OrderAttr orderOf(SumOp sum) {
  Shape x(shapeOf(sum.getX()));
  Blocks blocks{1, 0};
  if (llvm::is_contained(sum.getDims(), 0)) {
    blocks = blocksOf(x[0]);
    x[0] = blocks.rows;
  }
  Shape reduced = permute(x, sum.getDims());
  int64_t rank = static_cast<int64_t>(x.size()), count = elementCount(reduced);
  // Elements that lie side by side and share a fate: all added or all kept.
  bool addsLast = llvm::is_contained(sum.getDims(), rank - 1);
  int64_t run = 1;
  for (int64_t axis = rank - 1;
       axis >= 0 && llvm::is_contained(sum.getDims(), axis) == addsLast; --axis)
    run *= x[axis];
  int64_t lanes = 1;
  if (!addsLast)
    lanes = run >= kRegisterLanes || count < kShortSum ? 1 : kChains;
  else if (run == elementCount(x) && count >= kShortSum)
    lanes = kRegisterLanes;
  else
    while (lanes < kRegisterLanes && run % (2 * lanes) == 0)
      lanes *= 2;
  return orderOf(sum.getContext(), blocks, reduced, kSumPart * lanes, lanes);
}

// `reduced`: the extents that the contraction adds over, slowest first; the
// slowest counts samples where `isBatch`.
static OrderAttr orderOf(Operation *contraction, ShapeRef extents,
                         int64_t longest, bool isBatch = false) {
  Shape reduced(extents);
  Blocks blocks{1, 0};
  if (isBatch) {
    blocks = blocksOf(reduced[0]);
    reduced[0] = blocks.rows;
  }
  return orderOf(contraction->getContext(), blocks, reduced, longest,
                 /*lanes=*/1);
}

// Null where `op` reduces nothing.
static OrderAttr chooseOrder(Operation *op) {
  return TypeSwitch<Operation *, OrderAttr>(op)
      .Case([](SumOp sum) { return orderOf(sum); })
      .Case([](MatmulOp op) {
        ShapeRef a = shapeOf(op.getA());
        bool isBatch = op.getTransposeA() && a.size() == 2;
        return orderOf(op, a[a.size() - (op.getTransposeA() ? 2 : 1)],
                       kChannelPart, isBatch);
      })
      .Case([](Conv2dOp op) {
        return orderOf(op, shapeOf(op.getW()).take_front(3), kChannelPart);
      })
      .Case([](Conv2dInputGradOp op) {
        ShapeRef w = shapeOf(op.getW());
        int64_t outputs = w[3] / op.getGroups();
        return orderOf(op, {w[0], w[1], outputs}, kChannelPart);
      })
      .Case([](Conv2dWeightGradOp op) {
        return orderOf(op, shapeOf(op.getDy()).take_front(3), kPixelPart,
                       /*isBatch=*/true);
      })
      .Default(OrderAttr());
}

namespace {
struct FixOrdersPass : gan::impl::FixOrdersPassBase<FixOrdersPass> {
  using FixOrdersPassBase::FixOrdersPassBase;
  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      OrderAttr order = chooseOrder(op);
      if (!order || op->hasAttr("order"))
        return;
      op->setAttr("order", order);
      ++numOrders;
    });
  }
};
} // namespace
