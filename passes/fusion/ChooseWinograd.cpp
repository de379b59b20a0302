// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/Passes.h"

#include "dialect/Winograd.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

namespace gan {
#define GEN_PASS_DEF_CHOOSEWINOGRADPASS
#include "passes/fusion/Passes.h.inc"
} // namespace gan

// Operations per vector that is packed, that is packed and transformed, and of
// sums that are transformed and stored; a product takes one.
static constexpr double kPack = 3, kPackTransformed = 8, kSums = 6;
// A block of rows or columns: how often the other operand is packed.
static constexpr int64_t kBlock = 64, kPlainBlock = 128, kLanes = 16;
static constexpr double kWorthwhile = 0.85;
// Fewer fill neither registers nor threads.
static constexpr int64_t kFewestChannels = 32;

static ShapeRef shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

namespace {
// A matrix product, as which a convolution is computed.
struct Product {
  int64_t rows, columns, depth;

  // Vector operations of so many such products.
  double plain(double count) const;
  double transformed(double count) const;

private:
  double packing(int64_t block, double cost) const;
  int64_t vectors() const { return divideCeil(columns, kLanes); }
  double products() const {
    return static_cast<double>(rows) * vectors() * depth;
  }
};
} // namespace

double Product::packing(int64_t block, double cost) const {
  return cost * (rows * divideCeil(depth, kLanes) * divideCeil(columns, block) +
                 depth * vectors() * divideCeil(rows, block));
}

double Product::plain(double count) const {
  return count * (products() + packing(kPlainBlock, kPack));
}

double Product::transformed(double count) const {
  return count * (products() + packing(kBlock, kPackTransformed) +
                  kSums * rows * vectors());
}

namespace {
// What the three convolutions have in common.
struct Shapes {
  WinogradForm form;
  int64_t batch, channels, outputs;
  std::array<int64_t, 2> image, positions;
  double inside; // of all pairs of a position and a tap, those that meet

  int64_t taps() const { return form.phases() * form.taps * form.taps; }
  int64_t pixels() const { return batch * positions[0] * positions[1]; }
  int64_t tiles(std::array<int64_t, 2> extents) const {
    return batch * divideCeil(extents[0], winogradTile) *
           divideCeil(extents[1], winogradTile);
  }
};
} // namespace

// Nothing where the convolution has no such form.
template <typename Op>
static std::optional<Shapes> shapesOf(Op op, Value xs, Value ws, Value ys) {
  ShapeRef x = shapeOf(xs), w = shapeOf(ws), y = shapeOf(ys),
           before = op.getPadding();
  std::optional<WinogradForm> form =
      winogradForm(w, {op.getStrides(), before, op.getDilations(),
                       static_cast<int64_t>(op.getGroups())});
  if (!form)
    return std::nullopt;
  Shapes shapes{*form, x[0], w[2], w[3], {x[1], x[2]}, {y[1], y[2]}, 1};
  for (int axis : {0, 1})
    shapes.inside *= static_cast<double>(windowPairs(
                         y[1 + axis], w[axis], form->stride, /*dilation=*/1,
                         before[2 * axis], x[1 + axis])) /
                     (y[1 + axis] * w[axis]);
  return shapes;
}

static std::optional<Shapes> shapesOf(Conv2dOp op) {
  return shapesOf(op, op.getX(), op.getW(), op.getY());
}
static std::optional<Shapes> shapesOf(Conv2dInputGradOp op) {
  return shapesOf(op, op.getDx(), op.getW(), op.getDy());
}
static std::optional<Shapes> shapesOf(Conv2dWeightGradOp op) {
  return shapesOf(op, op.getX(), op.getDw(), op.getDy());
}

namespace {
struct Costs {
  double plain, transformed;
};
} // namespace

// Rows of tiles by outputs, added over the phases of each channel.
static Costs costsOf(Conv2dOp, const Shapes &s) {
  Product plain{s.pixels(), s.outputs, s.taps() * s.channels},
      tiled{s.tiles(s.positions), s.outputs, s.form.phases() * s.channels};
  return {plain.plain(1), tiled.transformed(s.form.products())};
}

// For each phase rows of tiles by channels, added over outputs.
static Costs costsOf(Conv2dInputGradOp, const Shapes &s) {
  std::array<int64_t, 2> each = {
      (int64_t)divideCeil(s.image[0], s.form.stride),
      (int64_t)divideCeil(s.image[1], s.form.stride)};
  Product plain{s.batch * each[0] * each[1], s.channels,
                s.form.taps * s.form.taps * s.outputs},
      tiled{s.tiles(each), s.channels, s.outputs};
  return {plain.plain(s.form.phases()),
          tiled.transformed(s.form.phases() * s.form.products())};
}

// Phases of each channel by outputs, added over tiles.
static Costs costsOf(Conv2dWeightGradOp, const Shapes &s) {
  Product plain{s.taps() * s.channels, s.outputs, s.pixels()},
      tiled{s.form.phases() * s.channels, s.outputs, s.tiles(s.positions)};
  return {plain.plain(1), tiled.transformed(s.form.products())};
}

// Where much lies outside the direct way skips it.
template <typename Op> static bool isCheaper(Op op, const Shapes &s) {
  if (std::min(s.channels, s.outputs) < kFewestChannels)
    return false;
  Costs costs = costsOf(op, s);
  return costs.transformed <= kWorthwhile * s.inside * costs.plain;
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
    std::optional<Shapes> shapes = shapesOf(op);
    if (!shapes || isRounded(op) || addsParts(op) ||
        !(always || isCheaper(op, *shapes)))
      return;
    op.setWinograd(true);
    ++numMarked;
  }
};
} // namespace
