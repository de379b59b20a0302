// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The input gradient of all taps at once: each position of dy is read once and
// multiplied by the whole filter, [p, q, o] by [o, (i, j, c)], and what falls
// on one place of x is added there.
#include "passes/contraction/ConvolutionProblem.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// Bytes of what a group of rows reads and of its products: half of what a tile
// may fill (Tiling).
static constexpr int64_t bytesOfGroup = 600 * 1024;

namespace {
// Some neighbouring lines of x and the positions of dy that fall on them:
// those from `first` on, `positions` of them, of the block's first line.
struct Lines {
  int64_t perBlock, first, positions;
};
} // namespace

// All lines where their positions fit, else whole strides of them.
static Lines linesOf(const WindowAxis &axis, int64_t bytesOfPosition) {
  int64_t fitting = std::max<int64_t>(1, bytesOfGroup / bytesOfPosition);
  if (axis.positions <= fitting)
    return {axis.image, 0, axis.positions};
  // Line u has what falls from p with 0 <= u + before - stride * p < taps.
  // At most the position that reaches the image first: where a stride is
  // longer than the filter, nothing falls on some lines.
  int64_t first = std::min(
      llvm::divideCeilSigned(axis.before - (axis.taps - 1), axis.stride),
      axis.before / axis.stride);
  auto last = [&](int64_t lines) {
    return llvm::divideFloorSigned(lines - 1 + axis.before, axis.stride);
  };
  int64_t strides = 1;
  while (last((strides + 1) * axis.stride) - first + 1 <= fitting)
    ++strides;
  int64_t lines = strides * axis.stride;
  return {lines, first, last(lines) - first + 1};
}

Problem gan::col2imProblem(const Convolution &conv) {
  auto [height, width] = conv.window;
  int64_t channels = conv.channels(), outputs = conv.outputs(),
          ofRow = width.taps * channels;
  auto type = cast<RankedTensorType>(conv.y.getType());
  Lines lines =
      linesOf(height, width.positions * (outputs + height.taps * ofRow) *
                          type.getElementTypeBitWidth() / 8);
  Problem p;
  int n = p.digit(conv.batch),
      block = p.digit(divideCeil(height.image, lines.perBlock)),
      row = p.digit(lines.positions), q = p.digit(width.positions),
      i = p.digit(height.taps), jc = p.digit(ofRow), o = p.digit(outputs),
      line = p.digit(lines.perBlock), element = p.digit(width.image * channels);
  p.batch = p.digit(1);
  p.a = {conv.y,
         {axis(conv.batch, n),
          {height.positions,
           {{block, lines.perBlock / height.stride}, {row, 1}},
           -lines.first},
          axis(width.positions, q),
          axis(outputs, o)}};
  p.b = {conv.w, {axis(height.taps, i), axis(ofRow, jc), axis(outputs, o)}};
  p.c = {conv.x,
         {axis(conv.batch, n),
          {height.image, {{block, lines.perBlock}, {line, 1}}},
          axis(width.image * channels, element)}};
  p.rows = {{n, block, row}, q};
  p.columns = {{i}, jc};
  p.k = {{}, o};
  // Line 0 of the window is where the first tap of the first position falls.
  int64_t above = height.before - height.stride * lines.first,
          left = width.before * channels,
          deep = height.stride * (lines.positions - 1) + height.taps,
          wide = (width.stride * (width.positions - 1) + width.taps) * channels;
  deep = std::max(deep, above + lines.perBlock);
  wide = std::max(wide, left + width.image * channels);
  p.overlap =
      Overlap{.runs = lines.positions,
              .pace = (int64_t)divideCeil(width.taps, width.stride),
              .product = {Coordinate{deep, {{row, height.stride}, {i, 1}}},
                          {wide, {{q, width.stride * channels}, {jc, 1}}}},
              .stored = {Coordinate{deep, {{line, 1}}, -above},
                         {wide, {{element, 1}}, -left}},
              .results = {{line}, element}};
  return p;
}
