// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/Problem.h"

#include "llvm/ADT/TypeSwitch.h"

#include <array>
#include <numeric>

using namespace mlir;
using namespace gan;

// Where a larger share of all (position, tap) pairs lies outside the image,
// and runs are long enough to be worth it, those are skipped.
static constexpr double skippedShare = 1.0 / 16;
static constexpr int64_t shortestRun = 16;

// So few columns are worth an exchange with the rows where that costs
// nothing; so few, where the other operand must then be transposed.
static constexpr int64_t fewColumns = 15, veryFewColumns = 4;

int Problem::digit(int64_t extent) {
  extents.push_back(extent);
  return extents.size() - 1;
}

int64_t Problem::runs(const Space &space) const {
  int64_t count = 1;
  for (int digit : space.leading)
    count *= extents[digit];
  return count;
}

int64_t Problem::phaseCount() const {
  int64_t count = 1;
  for (const Phase &phase : phases)
    count *= extents[phase.residue];
  return count;
}

bool Problem::mayLeave(const Coordinate &coordinate) const {
  int64_t low = -coordinate.before, high = low;
  for (auto [digit, factor] : coordinate.terms)
    (factor < 0 ? low : high) += factor * (extents[digit] - 1);
  return low < 0 || high >= coordinate.extent;
}

bool Problem::mayLeave(const Operand &operand) const {
  return llvm::any_of(operand.axes, [&](auto &axis) { return mayLeave(axis); });
}

bool Problem::isAlong(const Operand &operand, const Space &space) const {
  ArrayRef<Coordinate::Term> terms = operand.axes.back().terms;
  return terms.back().digit == space.run && terms.back().factor == 1;
}

bool Problem::isCut(const Operand &operand, const Space &space) const {
  return llvm::any_of(operand.axes, [&](const Coordinate &axis) {
    return mayLeave(axis) && llvm::any_of(axis.terms, [&](auto term) {
             return term.digit == space.run;
           });
  });
}

int64_t Problem::part() const { return llvm::divideCeil(count(k), splits); }

// k = (.., run) becomes (.., run / length, run mod length).
void Problem::splitRun(int64_t length) {
  int run = k.run, high = digit(extents[run] / length), low = digit(length);
  for (Operand *operand : {&a, &b})
    for (Coordinate &axis : operand->axes)
      for (size_t i = 0; i < axis.terms.size(); ++i)
        if (int64_t factor = axis.terms[i].factor; axis.terms[i].digit == run) {
          axis.terms[i] = {high, factor * length};
          axis.terms.push_back({low, factor});
        }
  k.leading.push_back(high);
  k.run = low;
}

void Problem::exchange() {
  std::swap(a, b);
  std::swap(rows, columns);
}

static ArrayRef<int64_t> shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

// How many pairs of a position and a tap meet in [0, extent), at
// position * stride + tap - before.
static int64_t pairsInside(int64_t positions, int64_t taps, int64_t stride,
                           int64_t before, int64_t extent) {
  int64_t inside = 0;
  for (int64_t position = 0; position < positions; ++position)
    for (int64_t tap = 0; tap < taps; ++tap) {
      int64_t at = position * stride + tap - before;
      inside += at >= 0 && at < extent;
    }
  return inside;
}

namespace {
// The three convolutions bring together x [N, H, W, C], w [KH, KW, C, O] and
// y [N, P, Q, O].
struct Convolution {
  Value x, w, y;
  ArrayRef<int64_t> strides, padding;

  // `multiplied`: pairs of a row and a tap, and of a column and a tap, that
  // are multiplied where nothing is skipped; `run`: channels of k or of rows.
  bool worthSkipping(int64_t run, std::array<int64_t, 2> multiplied) const {
    double inside = 1;
    for (int axis : {0, 1})
      inside *= (double)pairsInside(shapeOf(y)[1 + axis], shapeOf(w)[axis],
                                    strides[axis], padding[2 * axis],
                                    shapeOf(x)[1 + axis]) /
                multiplied[axis];
    return inside < 1 - skippedShare && shapeOf(y)[0] >= shortestRun &&
           run >= shortestRun;
  }
  // Every position of y with every tap.
  bool worthSkippingForward() const {
    return worthSkipping(shapeOf(w)[2], {shapeOf(y)[1] * shapeOf(w)[0],
                                         shapeOf(y)[2] * shapeOf(w)[1]});
  }
  // Every position of x with the taps of its phase.
  bool worthSkippingBackward() const {
    auto pairs = [&](int axis) {
      return shapeOf(x)[1 + axis] *
             (int64_t)llvm::divideCeil(shapeOf(w)[axis], strides[axis]);
    };
    return worthSkipping(shapeOf(w)[3], {pairs(0), pairs(1)});
  }
};
} // namespace

static Coordinate axis(int64_t extent, int digit) {
  return {extent, {{digit, 1}}};
}

static Problem matmul(MatmulOp op) {
  Problem p;
  bool ta = op.getTransposeA(), tb = op.getTransposeB();
  int64_t rows = shapeOf(op.getY())[0], columns = shapeOf(op.getY())[1],
          inner = shapeOf(op.getA())[ta ? 0 : 1];
  p.extents = {rows, columns, inner};
  p.rows.run = 0;
  p.columns.run = 1;
  p.k.run = 2;
  p.a = {op.getA(), {axis(rows, 0), axis(inner, 2)}};
  p.b = {op.getB(), {axis(inner, 2), axis(columns, 1)}};
  p.c = {op.getY(), {axis(rows, 0), axis(columns, 1)}};
  if (ta)
    std::swap(p.a.axes[0], p.a.axes[1]);
  if (tb)
    std::swap(p.b.axes[0], p.b.axes[1]);
  return p;
}

// Digits n, p, q, i, j, c, o of the forward convolution and its weight
// gradient. Where channels are few, j and c become one digit (j is 0): taps of
// one row of the filter are neighbours in memory,
//   x [N, H, W * C] at (q * sw - left) * C + (j, c),  w [KH, KW * C, O].
static Problem window(const Convolution &conv) {
  Problem p;
  ArrayRef<int64_t> x = shapeOf(conv.x), w = shapeOf(conv.w),
                    y = shapeOf(conv.y);
  int64_t channels = x[3];
  bool joined = channels < shortestRun;
  p.extents = {y[0],
               y[1],
               y[2],
               w[0],
               joined ? 1 : w[1],
               joined ? w[1] * channels : channels,
               w[3]};
  p.a = {
      conv.x,
      {axis(x[0], 0), {x[1], {{1, conv.strides[0]}, {3, 1}}, conv.padding[0]}}};
  p.b = {conv.w, {axis(w[0], 3)}};
  p.c = {conv.y, {axis(y[0], 0), axis(y[1], 1), axis(y[2], 2), axis(y[3], 6)}};
  if (joined) {
    p.a.axes.push_back({x[2] * channels,
                        {{2, conv.strides[1] * channels}, {5, 1}},
                        conv.padding[2] * channels});
    p.b.axes.push_back(axis(w[1] * channels, 5));
  } else {
    p.a.axes.push_back({x[2], {{2, conv.strides[1]}, {4, 1}}, conv.padding[2]});
    p.a.axes.push_back(axis(channels, 5));
    p.b.axes.append({axis(w[1], 4), axis(channels, 5)});
  }
  p.b.axes.push_back(axis(w[3], 6));
  return p;
}

static Problem forward(const Convolution &conv) {
  Problem p = window(conv);
  p.skips = conv.worthSkippingForward();
  p.rows = p.skips ? Space{{1, 2}, 0} : Space{{0, 1}, 2};
  p.columns = {{}, 6};
  p.k = {{3, 4}, 5};
  return p;
}

static Problem weightGrad(const Convolution &conv) {
  Problem p = window(conv);
  p.skips = conv.worthSkippingForward();
  std::swap(p.b, p.c);
  p.rows = {{3, 4}, 5};
  p.columns = {{}, 6};
  p.k = p.skips ? Space{{1, 2}, 0} : Space{{0, 1}, 2};
  return p;
}

// Position h = sh * u + a of phase a meets taps i = f + sh * s at p = u + d - s
// with a + top = sh * d + f; likewise along the other axis. Where sh divides H,
// x is seen as [.., H / sh, sh, ..], so that neighbours u have their own axis.
static Problem inputGrad(const Convolution &conv) {
  Problem p;
  ArrayRef<int64_t> x = shapeOf(conv.x), w = shapeOf(conv.w),
                    y = shapeOf(conv.y);
  int n = p.extents.size();
  p.extents.push_back(x[0]);
  int position[2], tap[2];
  SmallVector<Coordinate, 4> image;
  Coordinate filter[2], source[2];
  for (int axis : {0, 1}) {
    int64_t stride = conv.strides[axis], before = conv.padding[2 * axis];
    auto digit = [&](int64_t extent) {
      p.extents.push_back(extent);
      return (int)p.extents.size() - 1;
    };
    int u = digit(llvm::divideCeil(x[1 + axis], stride)),
        t = digit(llvm::divideCeil(w[axis], stride)), residue = digit(stride),
        quotient = digit((stride - 1 + before) / stride + 1),
        remainder = digit(stride);
    p.phases.push_back({residue, quotient, remainder, stride, before});
    position[axis] = u;
    tap[axis] = t;
    if (x[1 + axis] % stride == 0)
      image.append(
          {{x[1 + axis] / stride, {{u, 1}}}, {stride, {{residue, 1}}}});
    else
      image.push_back({x[1 + axis], {{u, stride}, {residue, 1}}});
    filter[axis] = {w[axis], {{t, stride}, {remainder, 1}}};
    source[axis] = {y[1 + axis], {{u, 1}, {quotient, 1}, {t, -1}}};
  }
  int c = p.extents.size(), o = c + 1;
  p.extents.append({w[2], w[3]});
  p.a = {conv.y, {axis(y[0], n), source[0], source[1], axis(y[3], o)}};
  p.b = {conv.w, {filter[0], filter[1], axis(w[2], c), axis(w[3], o)}};
  p.c = {conv.x, {axis(x[0], n)}};
  p.c.axes.append(image);
  p.c.axes.push_back(axis(x[3], c));
  p.skips = conv.worthSkippingBackward();
  p.rows = p.skips ? Space{{position[0], position[1]}, n}
                   : Space{{n, position[0]}, position[1]};
  p.columns = {{}, c};
  p.k = {{tap[0], tap[1]}, o};
  return p;
}

Problem Problem::of(Operation *op) {
  std::optional<OrderAttr> order;
  Problem p = TypeSwitch<Operation *, Problem>(op)
                  .Case([&](MatmulOp op) {
                    order = op.getOrder();
                    return matmul(op);
                  })
                  .Case([&](Conv2dOp op) {
                    order = op.getOrder();
                    return forward({op.getX(), op.getW(), op.getY(),
                                    op.getStrides(), op.getPadding()});
                  })
                  .Case([&](Conv2dInputGradOp op) {
                    order = op.getOrder();
                    return inputGrad({op.getDx(), op.getW(), op.getDy(),
                                      op.getStrides(), op.getPadding()});
                  })
                  .Case([&](Conv2dWeightGradOp op) {
                    order = op.getOrder();
                    return weightGrad({op.getX(), op.getDw(), op.getDy(),
                                       op.getStrides(), op.getPadding()});
                  });
  if (order)
    p.splits = order->getSplits();
  // A part begins and ends where a run does.
  int64_t run = p.extents[p.k.run];
  if (p.splits > 1 && p.part() % run != 0)
    p.splitRun(std::gcd(p.part(), run));
  int64_t columns = p.count(p.columns);
  bool transposes = !p.isAlong(p.a, p.rows);
  if (!p.skips && p.extents[p.rows.run] > columns &&
      columns <= (transposes ? veryFewColumns : fewColumns) &&
      !(transposes && p.isCut(p.a, p.k)) && !p.mayLeave(p.c))
    p.exchange();
  return p;
}
