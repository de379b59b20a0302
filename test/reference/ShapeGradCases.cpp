// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ops that move elements, and their sum: every choice of axes of shapes with
// axes of extent 1 among them, rank 0, everything at once and nothing.
#include "test/reference/GradCases.h"

#include <algorithm>

using namespace gan;
using namespace gan::reference;

// All subsets of the axes of `shape`.
static std::vector<Shape> subsets(ShapeRef shape) {
  std::vector<Shape> all;
  for (unsigned bits = 0; bits < 1u << shape.size(); ++bits) {
    Shape axes;
    for (unsigned axis = 0; axis < shape.size(); ++axis)
      if (bits >> axis & 1)
        axes.push_back(axis);
    all.push_back(axes);
  }
  return all;
}

static std::string dims(ShapeRef axes) { return "dims = " + shapeText(axes); }

// They state one relation between a narrow and a wide tensor; and flips.
static void addBroadcastsAndSums(GradCases &cases) {
  for (const Shape &wide :
       {Shape{}, Shape{4, 2, 3}, Shape{2, 1, 3}, Shape{1, 2}})
    for (const Shape &axes : subsets(wide)) {
      cases.push_back(
          gradCase("broadcast", permute(wide, axes), wide, dims(axes)));
      cases.push_back(gradCase("sum", wide, dropAxes(wide, axes), dims(axes)));
      GradCase flip = gradCase("flip", wide, wide, dims(axes));
      flip.body = "%y = gan.flip %x0 " + dims(axes) + " : $0";
      cases.push_back(std::move(flip));
    }
}

static void addReshapes(GradCases &cases) {
  const std::vector<Shape> twelve = {{12},    {3, 4},  {4, 3},    {2, 6},
                                     {1, 12}, {12, 1}, {2, 3, 2}, {2, 1, 6}};
  for (size_t i = 0; i < twelve.size(); ++i)
    for (size_t step : {1, 2, 4})
      cases.push_back(gradCase("reshape", twelve[i],
                               twelve[(i + step) % twelve.size()], ""));
  cases.push_back(gradCase("reshape", Shape{}, Shape{1}, ""));
  cases.push_back(gradCase("reshape", Shape{1, 1}, Shape{}, ""));
}

static void addTransposes(GradCases &cases) {
  for (const Shape &shape :
       {Shape{2, 3, 4}, Shape{2, 1, 3}, Shape{1, 1, 2}, Shape{3, 2}}) {
    Shape permutation;
    for (size_t axis = 0; axis < shape.size(); ++axis)
      permutation.push_back(axis);
    do {
      cases.push_back(gradCase("transpose", shape, permute(shape, permutation),
                               "permutation = " + shapeText(permutation)));
    } while (std::next_permutation(permutation.begin(), permutation.end()));
  }
}

// A box cut out of [4, 5], and set into it.
static void addSlicesAndPads(GradCases &cases) {
  struct Span {
    int64_t offset, extent;
  };
  const Shape whole = {4, 5};
  for (auto [top, rows] : {Span{0, 4}, Span{0, 1}, Span{1, 2}, Span{3, 1}})
    for (auto [left, columns] :
         {Span{0, 5}, Span{0, 1}, Span{2, 3}, Span{4, 1}, Span{1, 3}}) {
      Shape box = {rows, columns};
      std::string place = shapeText({top, left});
      cases.push_back(gradCase("slice", whole, box, "offsets = " + place));
      cases.push_back(gradCase("pad", box, whole, "low = " + place));
    }
}

// Parts of these extents, joined along axis `dim` of something like `frame`.
static void addConcats(GradCases &cases) {
  struct Frame {
    Shape shape;
    size_t dim;
  };
  for (const auto &[frame, dim] :
       {Frame{{0}, 0}, Frame{{2, 0}, 1}, Frame{{0, 3}, 0}, Frame{{2, 0, 2}, 1}})
    for (const Shape &extents : {Shape{2}, Shape{1, 1}, Shape{2, 1},
                                 Shape{1, 3, 2}, Shape{2, 1, 2, 1}}) {
      std::vector<Shape> parts;
      Shape whole = frame;
      for (int64_t extent : extents) {
        parts.push_back(frame);
        parts.back()[dim] = extent;
        whole[dim] += extent;
      }
      cases.push_back(
          gradCase("concat", parts, whole, "dim = " + std::to_string(dim)));
    }
}

GradCases reference::shapeGradCases() {
  GradCases cases;
  addBroadcastsAndSums(cases);
  addReshapes(cases);
  addTransposes(cases);
  addSlicesAndPads(cases);
  addConcats(cases);
  return cases;
}
