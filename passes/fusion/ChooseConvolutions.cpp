// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/Passes.h"

#include "dialect/Col2im.h"
#include "dialect/Winograd.h"
#include "passes/contraction/ConvolutionProblem.h"
#include "passes/contraction/Tiling.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_CHOOSECONVOLUTIONSPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

static constexpr double kWorthwhile = 0.85;
// Fewer fill neither registers nor threads.
static constexpr int64_t kFewestChannels = 32;
// The choice is that of such a batch, whatever the batch is: micro-batches add
// to the bits of the batch they are of.
static constexpr int64_t kBatch = 64;

static double costOf(const Problem &problem, Type element) {
  return chooseTiling(problem, element.getIntOrFloatBitWidth() / 8,
                      /*wholeParts=*/false)
      .cost;
}

// Where much lies outside the image that is skipped.
static double costOfAll(Operation *op, const Convolution &conv, Type element) {
  Problem problem = convolutionProblem(op, conv);
  double inside = 1;
  for (const WindowAxis &axis : conv.window)
    inside *=
        static_cast<double>(axis.pairsInside()) / (axis.positions * axis.taps);
  return costOf(problem, element) * (problem.skips ? inside : 1);
}

static ShapeRef filterOf(const Convolution &conv) {
  return cast<RankedTensorType>(conv.w.getType()).getShape();
}

template <typename Op> static bool hasTile(Op op, int64_t tile) {
  Convolution conv = Convolution::of(op);
  return conv.parts == 1 &&
         winogradForm(filterOf(conv), op.getWindow(), tile).has_value();
}

namespace {
// One way to compute a convolution, and what it costs.
struct Choice {
  int64_t tile = 0;
  bool col2im = false;
  double cost = 0;

  void offer(Choice other) {
    if (other.cost <= cost)
      *this = other;
  }
};
} // namespace

// The cheapest form; none where none is worth it.
template <typename Op> static Choice cheapest(Op op) {
  Convolution conv = Convolution::of(op);
  conv.batch = kBatch;
  Type element = getElementTypeOrSelf(op.getType());
  Choice best = {.cost = kWorthwhile * costOfAll(op, conv, element)};
  if (std::min(conv.channels(), conv.outputs()) >= kFewestChannels)
    for (int64_t tile : winogradTiles)
      if (hasTile(op, tile))
        best.offer({.tile = tile,
                    .cost = costOf(winogradProblem(op, conv, tile), element)});
  if (isa<Conv2dInputGradOp>(op) &&
      hasCol2imForm(filterOf(conv), op.getWindow()))
    best.offer({.col2im = true, .cost = costOf(col2imProblem(conv), element)});
  return best;
}

static bool isRounded(Operation *op) {
  return llvm::any_of(op->getOperands(),
                      [](Value x) { return x.getDefiningOp<RoundOp>(); });
}

// Whether the kernel of a convolution adds over parts of its rows, which tiles
// cut in another way.
static bool addsParts(Operation *convolution) {
  auto kernel = dyn_cast<KernelOp>(convolution->getParentOp());
  return kernel && !kernel.getBody().front().getOps<SumOp>().empty();
}

namespace {
struct ChooseConvolutionsPass
    : gan::impl::ChooseConvolutionsPassBase<ChooseConvolutionsPass> {
  using ChooseConvolutionsPassBase::ChooseConvolutionsPassBase;

  void runOnOperation() override {
    getOperation().walk([&](Operation *op) {
      TypeSwitch<Operation *>(op)
          .Case<Conv2dOp, Conv2dInputGradOp, Conv2dWeightGradOp>(
              [&](auto convolution) { choose(convolution); });
    });
  }

  template <typename Op> void choose(Op op) {
    if (isRounded(op) || addsParts(op))
      return;
    Choice choice =
        tile == 0 ? cheapest(op) : Choice{.tile = hasTile(op, tile) ? tile : 0};
    if (choice.tile != 0)
      op.setWinograd(choice.tile);
    if constexpr (std::is_same_v<Op, Conv2dInputGradOp>)
      op.setCol2im(choice.col2im);
    if (choice.tile != 0 || choice.col2im)
      ++numMarked;
  }
};
} // namespace
