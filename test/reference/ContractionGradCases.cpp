// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products of matrices and convolutions.
#include "test/reference/GradCases.h"

using namespace gan;
using namespace gan::reference;

// `batch` matrices, or with 0 of them two matrices.
static void addMatmuls(GradCases &cases, int64_t batch, int64_t m, int64_t k,
                       int64_t n) {
  auto shape = [&](int64_t rows, int64_t columns, bool isTransposed) {
    if (isTransposed)
      std::swap(rows, columns);
    return batch ? Shape{batch, rows, columns} : Shape{rows, columns};
  };
  for (bool ta : {false, true})
    for (bool tb : {false, true}) {
      std::string flags = std::string(ta ? "transpose_a" : "") +
                          (ta && tb ? ", " : "") + (tb ? "transpose_b" : "");
      cases.push_back(gradCase("matmul", {shape(m, k, ta), shape(k, n, tb)},
                               shape(m, n, false),
                               flags.empty() ? "" : "{" + flags + "}"));
    }
}

namespace {
struct ConvolutionPoint {
  Shape x, w, strides, padding;
  Shape dilations = {1, 1};
  int64_t groups = 1;
};
} // namespace

// One relation between x, w and y, and the three ops that state it.
static void addConvolutions(GradCases &cases, const ConvolutionPoint &point) {
  const Shape &x = point.x, &w = point.w;
  Shape y{x[0], 0, 0, w[3]};
  for (size_t axis : {0, 1})
    y[axis + 1] =
        windowCount(x[axis + 1], dilatedExtent(w[axis], point.dilations[axis]),
                    point.strides[axis], point.padding[2 * axis],
                    point.padding[2 * axis + 1]);
  std::string attributes = "strides = " + shapeText(point.strides) +
                           " padding = " + shapeText(point.padding) +
                           " dilations = " + shapeText(point.dilations) +
                           " groups = " + std::to_string(point.groups);
  cases.push_back(gradCase("conv2d", {x, w}, y, attributes));
  cases.push_back(gradCase("conv2d_input_grad", {y, w}, x, attributes));
  cases.push_back(gradCase("conv2d_weight_grad", {x, y}, w, attributes));
}

static const ConvolutionPoint convolutionPoints[] = {
    // Padding on one side; the last row of x is cut by the stride.
    {{2, 5, 4, 2}, {3, 2, 2, 3}, {2, 1}, {1, 2, 0, 0}},
    // The shape of DCGAN: 4x4, stride 2, padding 1; and its projection of a
    // 1x1 latent.
    {{1, 6, 6, 2}, {4, 4, 2, 2}, {2, 2}, {1, 1, 1, 1}},
    {{2, 3, 3, 2}, {3, 3, 2, 3}, {1, 1}, {0, 0, 0, 0}},
    // TensorFlow's "same": 5x5, stride 2, one zero more at the end.
    {{1, 6, 4, 1}, {5, 5, 1, 2}, {2, 2}, {1, 2, 1, 2}},
    // A stride over the kernel, which leaves elements of x unread.
    {{1, 7, 5, 1}, {2, 1, 1, 2}, {3, 2}, {0, 0, 0, 0}},
    {{1, 8, 3, 1}, {1, 1, 1, 1}, {4, 2}, {0, 1, 1, 0}},
    // One element; a kernel over the input, with outputs that see nothing but
    // padding; a 1x1 filter.
    {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1}, {0, 0, 0, 0}},
    {{1, 2, 1, 2}, {3, 2, 2, 1}, {1, 3}, {4, 1, 2, 3}},
    {{2, 2, 3, 3}, {1, 1, 3, 2}, {1, 1}, {0, 0, 0, 0}},
    // Height 1: one axis only.
    {{2, 1, 6, 2}, {1, 3, 2, 2}, {1, 2}, {0, 0, 1, 1}},
    // Taps apart; apart by the stride, by a multiple of it, by a number with
    // which it shares a factor, by one with which it shares none.
    {{1, 5, 5, 2}, {2, 3, 2, 2}, {1, 1}, {0, 0, 2, 2}, {2, 2}},
    {{1, 6, 5, 2}, {3, 2, 2, 1}, {2, 2}, {1, 2, 0, 1}, {2, 2}},
    {{1, 7, 9, 1}, {2, 3, 1, 2}, {2, 2}, {2, 0, 3, 3}, {4, 4}},
    {{1, 9, 13, 1}, {3, 3, 1, 1}, {6, 4}, {5, 4, 3, 4}, {4, 6}},
    {{2, 7, 8, 1}, {3, 2, 1, 2}, {2, 3}, {1, 1, 0, 2}, {3, 2}},
    {{1, 1, 1, 1}, {1, 1, 1, 1}, {2, 3}, {0, 0, 0, 0}, {5, 4}},
    // Groups; depthwise; depthwise with two outputs per channel.
    {{2, 4, 3, 4}, {3, 2, 2, 4}, {1, 1}, {1, 1, 0, 1}, {1, 1}, 2},
    {{1, 5, 4, 3}, {3, 3, 1, 3}, {2, 1}, {1, 0, 1, 1}, {1, 1}, 3},
    {{2, 3, 4, 2}, {2, 2, 1, 4}, {1, 2}, {0, 1, 0, 0}, {1, 1}, 2},
    {{1, 3, 3, 6}, {1, 1, 2, 3}, {1, 1}, {0, 0, 0, 0}, {1, 1}, 3},
    // Groups with taps apart and a stride.
    {{1, 6, 7, 4}, {2, 3, 2, 2}, {2, 2}, {1, 1, 2, 2}, {2, 3}, 2},
    {{2, 5, 5, 3}, {3, 2, 1, 3}, {2, 2}, {2, 1, 1, 1}, {2, 2}, 3},
};

GradCases reference::contractionGradCases() {
  GradCases cases;
  addMatmuls(cases, 0, 2, 3, 4);
  addMatmuls(cases, 0, 1, 1, 1);
  addMatmuls(cases, 0, 3, 1, 2);
  addMatmuls(cases, 0, 1, 4, 1);
  addMatmuls(cases, 3, 2, 4, 3);
  addMatmuls(cases, 1, 2, 3, 1);
  addMatmuls(cases, 2, 1, 1, 3);
  for (const ConvolutionPoint &point : convolutionPoints)
    addConvolutions(cases, point);
  // One to three by one to three pixels, in every stride, padded or not.
  for (int64_t kernel : {1, 2, 3})
    for (int64_t stride : {1, 2, 3})
      for (int64_t padding : {0, 1})
        addConvolutions(cases, {{1, 4, 3, 2},
                                {kernel, 1, 2, 1},
                                {stride, 1},
                                {padding, 0, 0, padding}});
  return cases;
}
