// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/GradCases.h"

#include "dialect/ShapeRules.h"

using namespace gan;
using namespace gan::reference;

//===-- elementwise: a matrix and one number
//-------------------------------------------------===//

using Cases = std::vector<GradCase>;

static void addElementwise(Cases &cases, const std::string &op, size_t operands,
                           double low, double high) {
  std::string xs = operands == 1 ? "%x0" : "%x0, %x1";
  for (const char *shape : {"2x3x", "1x1x", ""})
    cases.push_back(
        {.name = op + " [" + shape + "] from " + std::to_string(low),
         .op = op,
         .operands = std::vector<std::string>(operands, shape),
         .result = shape,
         .body = "%y = gan." + op + " " + xs + " : $0",
         .low = low,
         .high = high});
}

static Cases elementwiseCases() {
  Cases cases;
  for (const char *op : {"neg", "exp", "log", "sqrt", "rsqrt", "sin", "cos",
                         "tanh", "sigmoid", "softplus", "abs", "sign", "floor"})
    addElementwise(cases, op, 1, 0.25, 0.9);
  for (const char *op : {"neg", "exp", "sin", "cos", "tanh", "sigmoid",
                         "softplus", "abs", "sign", "floor"})
    addElementwise(cases, op, 1, -0.9, -0.25);
  for (const char *op : {"log", "sqrt", "rsqrt"})
    addElementwise(cases, op, 1, 20, 40);
  for (const char *op : {"sigmoid", "softplus"})
    addElementwise(cases, op, 1, -4, 4);
  for (const char *op : {"add", "sub", "mul", "div", "pow", "max", "min"})
    addElementwise(cases, op, 2, 0.25, 0.9);
  for (const char *op : {"add", "sub", "mul", "div", "max", "min"})
    addElementwise(cases, op, 2, -0.9, -0.25);
  addElementwise(cases, "stop_gradient", 1, 0.25, 0.9);
  for (GradCase &one : cases)
    one.isInactive = one.op == "stop_gradient";
  cases.push_back(
      {.name = "select",
       .op = "select",
       .operands = {"2x3x", "2x3x"},
       .result = "2x3x",
       .body =
           "%c = gan.constant dense<[[1, 0, 1], [0, 0, 1]]> : tensor<2x3xi1>\n"
           "%y = gan.select %c, %x0, %x1 : tensor<2x3xi1>, $0"});
  return cases;
}

//===-- shapes: everything at once, nothing, axes of extent 1, rank 0
//-------------------------===//

static GradCase shaped(const std::string &op, std::vector<std::string> operands,
                       const std::string &result,
                       const std::string &attributes) {
  std::string xs, types;
  for (size_t i = 0; i < operands.size(); ++i) {
    xs += (i ? ", %x" : "%x") + std::to_string(i);
    types += (i ? ", $" : "$") + std::to_string(i);
  }
  std::string text = op + " " + xs + " " + attributes;
  return {.name = text + " to [" + result + "]",
          .op = op,
          .operands = operands,
          .result = result,
          .body = "%y = gan." + text + " : " + types + " -> $y"};
}

static Cases shapeCases() {
  return {
      shaped("broadcast", {"2x3x"}, "4x2x5x3x", "dims = [1, 3]"),
      shaped("broadcast", {"1x3x"}, "1x1x3x", "dims = [0, 2]"),
      shaped("broadcast", {""}, "2x3x", "dims = []"),
      shaped("broadcast", {""}, "", "dims = []"),
      shaped("reshape", {"2x6x"}, "3x4x", ""),
      shaped("reshape", {"1x1x"}, "", ""),
      shaped("reshape", {""}, "1x", ""),
      shaped("transpose", {"2x3x4x"}, "4x2x3x", "permutation = [2, 0, 1]"),
      shaped("transpose", {"2x1x3x"}, "1x2x3x", "permutation = [1, 0, 2]"),
      shaped("transpose", {"2x3x"}, "2x3x", "permutation = [0, 1]"),
      shaped("slice", {"4x5x"}, "2x3x", "offsets = [1, 2]"),
      shaped("slice", {"4x5x"}, "1x1x", "offsets = [3, 4]"),
      shaped("slice", {"4x5x"}, "4x5x", "offsets = [0, 0]"),
      shaped("pad", {"2x3x"}, "4x5x", "low = [1, 2]"),
      shaped("pad", {"1x"}, "3x", "low = [0]"),
      shaped("pad", {"2x3x"}, "2x3x", "low = [0, 0]"),
      shaped("concat", {"2x3x", "2x1x"}, "2x4x", "dim = 1"),
      shaped("concat", {"1x3x", "2x3x", "1x3x"}, "4x3x", "dim = 0"),
      shaped("concat", {"2x3x"}, "2x3x", "dim = 0"),
      shaped("sum", {"2x3x4x"}, "3x", "dims = [0, 2]"),
      shaped("sum", {"2x3x"}, "", "dims = [0, 1]"),
      shaped("sum", {"2x1x3x"}, "2x3x", "dims = [1]"),
      shaped("sum", {"2x3x"}, "2x3x", "dims = []"),
      shaped("sum", {""}, "", "dims = []"),
  };
}

//===-- contractions
//---------------------------------------------------------------------------===//

static std::string text(ShapeRef shape) {
  std::string result;
  for (int64_t extent : shape)
    result += std::to_string(extent) + "x";
  return result;
}

static void addMatmuls(Cases &cases, int64_t m, int64_t k, int64_t n) {
  for (bool ta : {false, true})
    for (bool tb : {false, true}) {
      Shape a = ta ? Shape{k, m} : Shape{m, k},
            b = tb ? Shape{n, k} : Shape{k, n};
      std::string flags = std::string(ta ? "transpose_a" : "") +
                          (ta && tb ? ", " : "") + (tb ? "transpose_b" : "");
      cases.push_back(shaped("matmul", {text(a), text(b)}, text({m, n}),
                             flags.empty() ? "" : "{" + flags + "}"));
    }
}

// One relation between x, w and y, and the three ops that state it.
static void addConvolutions(Cases &cases, ShapeRef x, ShapeRef w,
                            ShapeRef strides, ShapeRef padding) {
  Shape y{x[0], 0, 0, w[3]};
  for (size_t axis : {0, 1})
    y[axis + 1] = windowCount(x[axis + 1], w[axis], strides[axis],
                              padding[2 * axis], padding[2 * axis + 1]);
  std::string attributes =
      "strides = " + shapeText(strides) + " padding = " + shapeText(padding);
  cases.push_back(shaped("conv2d", {text(x), text(w)}, text(y), attributes));
  cases.push_back(
      shaped("conv2d_input_grad", {text(y), text(w)}, text(x), attributes));
  cases.push_back(
      shaped("conv2d_weight_grad", {text(x), text(y)}, text(w), attributes));
}

static Cases contractionCases() {
  Cases cases;
  addMatmuls(cases, 2, 3, 4);
  addMatmuls(cases, 1, 1, 1);
  addMatmuls(cases, 3, 1, 2);
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
  return cases;
}

std::vector<GradCase> gan::reference::gradCases() {
  Cases all;
  for (auto family : {elementwiseCases, shapeCases, contractionCases})
    for (GradCase &one : family())
      all.push_back(std::move(one));
  return all;
}
