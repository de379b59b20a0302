// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/Passes.h"

#include "dialect/Winograd.h"
#include "passes/contraction/ConvolutionProblem.h"
#include "passes/contraction/Tiling.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

namespace gan {
#define GEN_PASS_DEF_CHOOSEWINOGRADPASS
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

template <typename Op> static bool hasTile(Op op, int64_t tile) {
  Convolution conv = Convolution::of(op);
  return conv.parts == 1 &&
         winogradForm(cast<RankedTensorType>(conv.w.getType()).getShape(),
                      {op.getStrides(), op.getPadding(), op.getDilations(),
                       static_cast<int64_t>(op.getGroups())},
                      tile)
             .has_value();
}

// The cheapest tile, where one is worth it.
template <typename Op> static std::optional<int64_t> bestTile(Op op) {
  Convolution conv = Convolution::of(op);
  if (std::min(conv.channels(), conv.outputs()) < kFewestChannels)
    return std::nullopt;
  conv.batch = kBatch;
  Type element = getElementTypeOrSelf(op.getType());
  std::optional<int64_t> best;
  double least = kWorthwhile * costOfAll(op, conv, element);
  for (int64_t tile : winogradTiles) {
    if (!hasTile(op, tile))
      continue;
    double cost = costOf(winogradProblem(op, conv, tile), element);
    if (cost <= least) {
      least = cost;
      best = tile;
    }
  }
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
struct ChooseWinogradPass
    : gan::impl::ChooseWinogradPassBase<ChooseWinogradPass> {
  using ChooseWinogradPassBase::ChooseWinogradPassBase;

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
    std::optional<int64_t> chosen;
    if (tile == 0)
      chosen = bestTile(op);
    else if (hasTile(op, tile))
      chosen = tile;
    if (!chosen)
      return;
    op.setWinograd(*chosen);
    ++numMarked;
  }
};
} // namespace
