// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/ConvolutionProblem.h"

#include "passes/contraction/Convolution.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// `within` the group `group` of `groups` blocks of `block` channels.
static Coordinate channelAxis(int64_t groups, int64_t block, int group,
                              int within) {
  return {groups * block, {{group, block}, {within, 1}}};
}

// Digits n, p, q, i, j, c, o and the group of the forward convolution and its
// weight gradient, or the part, where n counts within it. Where channels are
// few and not in groups, j and c become one digit (j is 0): taps of one row of
// the filter are neighbours in memory,
//   x [N, H, W * C] at (q * sw - left) * C + (j, c),  w [KH, KW * C, O].
static Problem window(const Convolution &conv) {
  Problem p;
  auto [rows, columns] = conv.window;
  int64_t channels = conv.channels(), outputs = conv.outputs();
  bool joined =
      channels < shortestRun && conv.groups == 1 && columns.dilation == 1;
  p.extents = {conv.batch,
               rows.positions,
               columns.positions,
               rows.taps,
               joined ? 1 : columns.taps,
               joined ? columns.taps * channels : channels,
               outputs,
               conv.groups * conv.parts};
  p.batch = 7;
  bool isCut = conv.parts > 1;
  Coordinate samples = axis(conv.batch, 0), output = axis(outputs, 6);
  if (isCut)
    samples = {conv.parts * conv.batch, {{7, conv.batch}, {0, 1}}};
  else
    output = channelAxis(conv.groups, outputs, 7, 6);
  p.a = {conv.x,
         {samples,
          {rows.image, {{1, rows.stride}, {3, rows.dilation}}, rows.before}}};
  p.b = {conv.w, {}};
  if (isCut)
    p.b.axes.push_back(axis(conv.parts, 7));
  p.b.axes.push_back(axis(rows.taps, 3));
  p.c = {
      conv.y,
      {samples, axis(rows.positions, 1), axis(columns.positions, 2), output}};
  if (joined) {
    p.a.axes.push_back({columns.image * channels,
                        {{2, columns.stride * channels}, {5, 1}},
                        columns.before * channels});
    p.b.axes.push_back(axis(columns.taps * channels, 5));
  } else {
    p.a.axes.push_back({columns.image,
                        {{2, columns.stride}, {4, columns.dilation}},
                        columns.before});
    p.a.axes.push_back(isCut ? axis(channels, 5)
                             : channelAxis(conv.groups, channels, 7, 5));
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

// Where sh divides H, x is seen as [.., H / sh, sh, ..], so that neighbours u
// have their own axis; likewise W.
static Problem inputGrad(const Convolution &conv) {
  Problem p;
  int n = p.digit(conv.batch), position[2], tap[2];
  p.c = {conv.x, {axis(conv.batch, n)}};
  p.a = {conv.y, {axis(conv.batch, n)}};
  p.b = {conv.w, {}};
  for (auto [i, window] : llvm::enumerate(conv.window)) {
    int &u = position[i], &t = tap[i];
    int64_t lowest;
    Phase phase = addPhase(p, window, u, lowest);
    t = p.digit(divideCeil(window.taps, window.period()));
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

Problem gan::convolutionProblem(Operation *op, const Convolution &conv) {
  return TypeSwitch<Operation *, Problem>(op)
      .Case([&](Conv2dOp) { return forward(conv); })
      .Case([&](Conv2dInputGradOp) { return inputGrad(conv); })
      .Case([&](Conv2dWeightGradOp) { return weightGrad(conv); });
}
