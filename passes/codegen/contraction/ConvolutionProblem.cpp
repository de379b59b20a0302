// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/contraction/ConvolutionProblem.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <array>
#include <numeric>

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// Where a larger share of all (position, tap) pairs lies outside the image,
// and runs are long enough to be worth it, those are skipped.
static constexpr double skippedShare = 1.0 / 16;
static constexpr int64_t shortestRun = 16;

static ArrayRef<int64_t> shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

namespace {
// One axis of the window.
struct WindowAxis {
  int64_t positions, taps, image; // extents of y, w and x
  int64_t stride, dilation, before;

  // Steps between the taps that one residue of the position meets.
  int64_t period() const { return stride / std::gcd(stride, dilation); }
  // How many pairs of a position and a tap meet inside the image, at
  // position * stride + tap * dilation - before.
  int64_t pairsInside() const;
};

// The three convolutions bring together x [N, H, W, G * C], w [KH, KW, C, G *
// O] and y [N, P, Q, G * O].
struct Convolution {
  Value x, w, y;
  std::array<WindowAxis, 2> window;
  int64_t groups;

  int64_t batch() const { return shapeOf(y)[0]; }
  int64_t channels() const { return shapeOf(w)[2]; }
  int64_t outputs() const { return shapeOf(w)[3] / groups; }

  // `multiplied`: pairs of a row and a tap, and of a column and a tap, that
  // are multiplied where nothing is skipped; `run`: channels of k or of rows.
  bool worthSkipping(int64_t run, std::array<int64_t, 2> multiplied) const;
  // Every position of y with every tap.
  bool worthSkippingForward() const;
  // Every position of x with the taps of its phase.
  bool worthSkippingBackward() const;
};
} // namespace

int64_t WindowAxis::pairsInside() const {
  int64_t inside = 0;
  for (int64_t position = 0; position < positions; ++position)
    for (int64_t tap = 0; tap < taps; ++tap) {
      int64_t at = position * stride + tap * dilation - before;
      inside += at >= 0 && at < image;
    }
  return inside;
}

bool Convolution::worthSkipping(int64_t run,
                                std::array<int64_t, 2> multiplied) const {
  double inside = 1;
  for (int axis : {0, 1})
    inside *= (double)window[axis].pairsInside() / multiplied[axis];
  return inside < 1 - skippedShare && batch() >= shortestRun &&
         run >= shortestRun;
}

bool Convolution::worthSkippingForward() const {
  return worthSkipping(channels(), {window[0].positions * window[0].taps,
                                    window[1].positions * window[1].taps});
}

bool Convolution::worthSkippingBackward() const {
  auto pairs = [](const WindowAxis &axis) {
    return axis.image * (int64_t)divideCeil(axis.taps, axis.period());
  };
  return worthSkipping(outputs(), {pairs(window[0]), pairs(window[1])});
}

template <typename Op>
static Convolution convolution(Op op, Value x, Value w, Value y) {
  Convolution conv{x, w, y, {}, static_cast<int64_t>(op.getGroups())};
  for (int axis : {0, 1})
    conv.window[axis] = {
        .positions = shapeOf(y)[1 + axis],
        .taps = shapeOf(w)[axis],
        .image = shapeOf(x)[1 + axis],
        .stride = op.getStrides()[axis],
        .dilation = op.getDilations()[axis],
        .before = op.getPadding()[2 * axis],
    };
  return conv;
}

static Coordinate axis(int64_t extent, int digit) {
  return {extent, {{digit, 1}}};
}

// `within` the group `group` of `groups` blocks of `block` channels.
static Coordinate channelAxis(int64_t groups, int64_t block, int group,
                              int within) {
  return {groups * block, {{group, block}, {within, 1}}};
}

// Digits n, p, q, i, j, c, o and the group of the forward convolution and its
// weight gradient. Where channels are few and not in groups, j and c become one
// digit (j is 0): taps of one row of the filter are neighbours in memory,
//   x [N, H, W * C] at (q * sw - left) * C + (j, c),  w [KH, KW * C, O].
static Problem window(const Convolution &conv) {
  Problem p;
  auto [rows, columns] = conv.window;
  int64_t channels = conv.channels(), outputs = conv.outputs();
  bool joined =
      channels < shortestRun && conv.groups == 1 && columns.dilation == 1;
  p.extents = {conv.batch(),
               rows.positions,
               columns.positions,
               rows.taps,
               joined ? 1 : columns.taps,
               joined ? columns.taps * channels : channels,
               outputs,
               conv.groups};
  p.batch = 7;
  Coordinate output = channelAxis(conv.groups, outputs, 7, 6);
  p.a = {conv.x,
         {axis(conv.batch(), 0),
          {rows.image, {{1, rows.stride}, {3, rows.dilation}}, rows.before}}};
  p.b = {conv.w, {axis(rows.taps, 3)}};
  p.c = {conv.y,
         {axis(conv.batch(), 0), axis(rows.positions, 1),
          axis(columns.positions, 2), output}};
  if (joined) {
    p.a.axes.push_back({columns.image * channels,
                        {{2, columns.stride * channels}, {5, 1}},
                        columns.before * channels});
    p.b.axes.push_back(axis(columns.taps * channels, 5));
  } else {
    p.a.axes.push_back({columns.image,
                        {{2, columns.stride}, {4, columns.dilation}},
                        columns.before});
    p.a.axes.push_back(channelAxis(conv.groups, channels, 7, 5));
    p.b.axes.append({axis(columns.taps, 4), axis(channels, 5)});
  }
  p.b.axes.push_back(output);
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

namespace {
// Position h = s * u + a meets tap i at p where  a + before + s * u = s * p +
// d * i.  The taps of residue a are the i = first + (s / g) * t, with
// g = gcd(s, d), and meet it at  p = u + quotient - (d / g) * t.
struct Residue {
  int64_t first, quotient;
};
} // namespace

// A residue that no tap meets gets one beyond the filter: nothing but zeros.
static Residue residueOf(const WindowAxis &axis, int64_t a) {
  for (int64_t first = 0; first < axis.period(); ++first) {
    int64_t left = a + axis.before - axis.dilation * first;
    if (left % axis.stride == 0)
      return {first, left / axis.stride};
  }
  return {axis.taps, 0};
}

// Adds the digits of one axis: u, t, residue, quotient and first tap. A
// quotient below 0 is counted from `lowest` on.
static Phase addPhase(Problem &p, const WindowAxis &axis, int &u, int &t,
                      int64_t &lowest) {
  Phase phase;
  for (int64_t a = 0; a < axis.stride; ++a) {
    Residue residue = residueOf(axis, a);
    phase.quotients.push_back(residue.quotient);
    phase.taps.push_back(residue.first);
  }
  lowest = std::min<int64_t>(0, *llvm::min_element(phase.quotients));
  for (int64_t &quotient : phase.quotients)
    quotient -= lowest;
  u = p.digit(divideCeil(axis.image, axis.stride));
  t = p.digit(divideCeil(axis.taps, axis.period()));
  phase.residue = p.digit(axis.stride);
  phase.quotient = p.digit(*llvm::max_element(phase.quotients) + 1);
  phase.tap = p.digit(*llvm::max_element(phase.taps) + 1);
  return phase;
}

// Where sh divides H, x is seen as [.., H / sh, sh, ..], so that neighbours u
// have their own axis; likewise W.
static Problem inputGrad(const Convolution &conv) {
  Problem p;
  int n = p.digit(conv.batch()), position[2], tap[2];
  p.c = {conv.x, {axis(conv.batch(), n)}};
  p.a = {conv.y, {axis(conv.batch(), n)}};
  p.b = {conv.w, {}};
  for (auto [i, window] : llvm::enumerate(conv.window)) {
    int &u = position[i], &t = tap[i];
    int64_t lowest;
    Phase phase = addPhase(p, window, u, t, lowest);
    int64_t stride = window.stride, period = window.period();
    if (window.image % stride == 0)
      p.c.axes.append(
          {axis(window.image / stride, u), axis(stride, phase.residue)});
    else
      p.c.axes.push_back({window.image, {{u, stride}, {phase.residue, 1}}});
    p.b.axes.push_back({window.taps, {{t, period}, {phase.tap, 1}}});
    p.a.axes.push_back(
        {window.positions,
         {{u, 1}, {phase.quotient, 1}, {t, -window.dilation * period / stride}},
         -lowest});
    p.phases.push_back(std::move(phase));
  }
  int c = p.digit(conv.channels()), o = p.digit(conv.outputs());
  p.batch = p.digit(conv.groups);
  Coordinate output = channelAxis(conv.groups, conv.outputs(), p.batch, o);
  p.a.axes.push_back(output);
  p.b.axes.append({axis(conv.channels(), c), output});
  p.c.axes.push_back(channelAxis(conv.groups, conv.channels(), p.batch, c));
  p.skips = conv.worthSkippingBackward();
  p.rows = p.skips ? Space{{position[0], position[1]}, n}
                   : Space{{n, position[0]}, position[1]};
  p.columns = {{}, c};
  p.k = {{tap[0], tap[1]}, o};
  return p;
}

Problem gan::convolutionProblem(Operation *op) {
  return TypeSwitch<Operation *, Problem>(op)
      .Case([](Conv2dOp op) {
        return forward(convolution(op, op.getX(), op.getW(), op.getY()));
      })
      .Case([](Conv2dInputGradOp op) {
        return inputGrad(convolution(op, op.getDx(), op.getW(), op.getDy()));
      })
      .Case([](Conv2dWeightGradOp op) {
        return weightGrad(convolution(op, op.getX(), op.getDw(), op.getDy()));
      });
}
