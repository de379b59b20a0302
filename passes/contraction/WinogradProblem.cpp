// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The three convolutions by Winograd's minimal filtering: of the filter's taps
// only their phase is left to k, rows or the tile; the rest are patches.
#include "passes/contraction/ConvolutionProblem.h"

#include "dialect/Winograd.h"
#include "passes/contraction/Convolution.h"
#include "passes/contraction/MinimalFiltering.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// ---- the forward convolution and its weight gradient

namespace {
// Digits of both: the tile, the phase of a tap, channels, and the places in the
// patches of x, w and y.
struct Forward {
  Problem p;
  int n, tile[2], phase[2], c, o;
  std::array<int, 2> x, w, y; // places in their patches
  Operand atX, atW, atY;
};
} // namespace

// x at stride * (m * tile + place) + phase - before, w at stride * place +
// phase, y at m * tile + place.
static Forward forwardDigits(const Convolution &conv, WinogradForm form) {
  Forward f;
  Problem &p = f.p;
  f.n = p.digit(conv.batch);
  f.atX = {conv.x, {axis(conv.batch, f.n)}};
  f.atW = {conv.w, {}};
  f.atY = {conv.y, {axis(conv.batch, f.n)}};
  for (auto [i, window] : llvm::enumerate(conv.window)) {
    int64_t stride = form.stride;
    int tile = p.digit(divideCeil(window.positions, form.tile)),
        phase = p.digit(stride), input = p.digit(form.side()),
        tap = p.digit(form.taps), output = p.digit(form.tile);
    f.atX.axes.push_back(
        {window.image,
         {{tile, stride * form.tile}, {input, stride}, {phase, 1}},
         window.before});
    f.atW.axes.push_back({window.taps, {{tap, stride}, {phase, 1}}});
    f.atY.axes.push_back({window.positions, {{tile, form.tile}, {output, 1}}});
    f.tile[i] = tile;
    f.phase[i] = phase;
    f.x[i] = input;
    f.w[i] = tap;
    f.y[i] = output;
  }
  f.c = p.digit(conv.channels());
  f.o = p.digit(conv.outputs());
  p.batch = p.digit(1);
  f.atX.axes.push_back(axis(conv.channels(), f.c));
  f.atW.axes.append({axis(conv.channels(), f.c), axis(conv.outputs(), f.o)});
  f.atY.axes.push_back(axis(conv.outputs(), f.o));
  return f;
}

static Problem forward(const Convolution &conv, WinogradForm form) {
  Forward f = forwardDigits(conv, form);
  MinimalFiltering matrices = minimalFiltering(form.tile, form.taps);
  Problem p = std::move(f.p);
  p.a = f.atX;
  p.b = f.atW;
  p.c = f.atY;
  p.filtering = {
      {f.x, matrices.input}, {f.w, matrices.filter}, {f.y, matrices.output}};
  p.rows = {{f.n, f.tile[0]}, f.tile[1]};
  p.columns = {{}, f.o};
  p.k = {{f.phase[0], f.phase[1]}, f.c};
  return p;
}

// The taps are what a filter of the tile's outputs gives.
static Problem weightGrad(const Convolution &conv, WinogradForm form) {
  Forward f = forwardDigits(conv, form);
  MinimalFiltering matrices = minimalFiltering(form.taps, form.tile);
  Problem p = std::move(f.p);
  p.a = f.atX;
  p.b = f.atY;
  p.c = f.atW;
  p.filtering = {
      {f.x, matrices.input}, {f.y, matrices.filter}, {f.w, matrices.output}};
  p.rows = {{f.phase[0], f.phase[1]}, f.c};
  p.columns = {{}, f.o};
  p.k = {{f.n, f.tile[0]}, f.tile[1]};
  return p;
}

// ---- the input gradient

// Of each residue of the position a dense convolution of dy by the taps that it
// meets, the last one first: x at stride * (m * tile + place) + residue, w at
// first + stride * (taps - 1 - place), dy at m * tile + place + quotient -
// (taps
// - 1).
static Problem inputGrad(const Convolution &conv, WinogradForm form) {
  MinimalFiltering matrices = minimalFiltering(form.tile, form.taps);
  Patches dy{{}, matrices.input}, w{{}, matrices.filter},
      x{{}, matrices.output};
  Problem p;
  int n = p.digit(conv.batch), tile[2];
  p.a = {conv.y, {axis(conv.batch, n)}};
  p.b = {conv.w, {}};
  p.c = {conv.x, {axis(conv.batch, n)}};
  for (auto [i, window] : llvm::enumerate(conv.window)) {
    int u;
    int64_t lowest, stride = form.stride, last = form.taps - 1;
    Phase phase = addPhase(p, window, u, lowest);
    p.extents[u] = divideCeil(p.extents[u], form.tile);
    int input = p.digit(form.side()), tap = p.digit(form.taps),
        output = p.digit(form.tile);
    p.a.axes.push_back({window.positions,
                        {{u, form.tile}, {phase.quotient, 1}, {input, 1}},
                        last - lowest});
    p.b.axes.push_back(
        {window.taps, {{phase.tap, 1}, {tap, -stride}}, -stride * last});
    p.c.axes.push_back(
        {window.image,
         {{u, stride * form.tile}, {output, stride}, {phase.residue, 1}}});
    p.phases.push_back(std::move(phase));
    tile[i] = u;
    dy.digits[i] = input;
    w.digits[i] = tap;
    x.digits[i] = output;
  }
  int c = p.digit(conv.channels()), o = p.digit(conv.outputs());
  p.batch = p.digit(1);
  p.a.axes.push_back(axis(conv.outputs(), o));
  p.b.axes.append({axis(conv.channels(), c), axis(conv.outputs(), o)});
  p.c.axes.push_back(axis(conv.channels(), c));
  p.filtering = {dy, w, x};
  p.rows = {{n, tile[0]}, tile[1]};
  p.columns = {{}, c};
  p.k = {{}, o};
  return p;
}

Problem gan::winogradProblem(Operation *op, const Convolution &conv,
                             int64_t tile) {
  WindowAxis axis = conv.window[0];
  WinogradForm form{tile, axis.stride,
                    (int64_t)divideCeil(axis.taps, axis.stride)};
  return TypeSwitch<Operation *, Problem>(op)
      .Case([&](Conv2dOp) { return forward(conv, form); })
      .Case([&](Conv2dInputGradOp) { return inputGrad(conv, form); })
      .Case([&](Conv2dWeightGradOp) { return weightGrad(conv, form); });
}
