// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products of matrices and convolutions.
#include "test/reference/GradCases.h"

using namespace gan;
using namespace gan::reference;

static void addMatmuls(GradCases &cases, int64_t m, int64_t k, int64_t n) {
  for (bool ta : {false, true})
    for (bool tb : {false, true}) {
      Shape a = ta ? Shape{k, m} : Shape{m, k},
            b = tb ? Shape{n, k} : Shape{k, n};
      std::string flags = std::string(ta ? "transpose_a" : "") +
                          (ta && tb ? ", " : "") + (tb ? "transpose_b" : "");
      cases.push_back(gradCase("matmul", {a, b}, {m, n},
                               flags.empty() ? "" : "{" + flags + "}"));
    }
}

// One relation between x, w and y, and the three ops that state it.
static void addConvolutions(GradCases &cases, const Shape &x, const Shape &w,
                            ShapeRef strides, ShapeRef padding) {
  Shape y{x[0], 0, 0, w[3]};
  for (size_t axis : {0, 1})
    y[axis + 1] = windowCount(x[axis + 1], w[axis], strides[axis],
                              padding[2 * axis], padding[2 * axis + 1]);
  std::string attributes =
      "strides = " + shapeText(strides) + " padding = " + shapeText(padding);
  cases.push_back(gradCase("conv2d", {x, w}, y, attributes));
  cases.push_back(gradCase("conv2d_input_grad", {y, w}, x, attributes));
  cases.push_back(gradCase("conv2d_weight_grad", {x, y}, w, attributes));
}

GradCases reference::contractionGradCases() {
  GradCases cases;
  addMatmuls(cases, 2, 3, 4);
  addMatmuls(cases, 1, 1, 1);
  addMatmuls(cases, 3, 1, 2);
  addMatmuls(cases, 1, 4, 1);
  addMatmuls(cases, 2, 5, 1);
  // Padding on one side; the last row of x is cut by the stride.
  addConvolutions(cases, {2, 5, 4, 2}, {3, 2, 2, 3}, {2, 1}, {1, 2, 0, 0});
  // The shape of DCGAN: 4x4, stride 2, padding 1; and its projection of a 1x1
  // latent.
  addConvolutions(cases, {1, 6, 6, 2}, {4, 4, 2, 2}, {2, 2}, {1, 1, 1, 1});
  addConvolutions(cases, {2, 3, 3, 2}, {3, 3, 2, 3}, {1, 1}, {0, 0, 0, 0});
  // A stride over the kernel, which leaves elements of x unread.
  addConvolutions(cases, {1, 7, 5, 1}, {2, 1, 1, 2}, {3, 2}, {0, 0, 0, 0});
  // One element; a kernel over the input, with outputs that see nothing but
  // padding.
  addConvolutions(cases, {1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1}, {0, 0, 0, 0});
  addConvolutions(cases, {1, 2, 1, 2}, {3, 2, 2, 1}, {1, 3}, {4, 1, 2, 3});
  // One to three by one to three pixels, in every stride, padded or not.
  for (int64_t kernel : {1, 2, 3})
    for (int64_t stride : {1, 2, 3})
      for (int64_t padding : {0, 1})
        addConvolutions(cases, {1, 4, 3, 2}, {kernel, 1, 2, 1}, {stride, 1},
                        {padding, 0, 0, padding});
  return cases;
}
