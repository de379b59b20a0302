// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/GradCases.h"

using namespace gan::reference;

static GradCase unary(std::string op, bool isInactive = false) {
  return {op, op, {"2x3x"}, "2x3x", "%y = gan." + op + " %x0 : $0", isInactive};
}

static GradCase binary(std::string op) {
  return {
      op, op, {"2x3x", "2x3x"}, "2x3x", "%y = gan." + op + " %x0, %x1 : $0"};
}

static GradCase matmul(std::string attributes, std::string a, std::string b) {
  return {"matmul " + attributes,
          "matmul",
          {a, b},
          "2x4x",
          "%y = gan.matmul %x0, %x1 " + attributes + " : $0, $1 -> $y"};
}

// Convolutions x [2, 5, 4, 2], w [3, 2, 2, 3], y [2, 3, 3, 3]; the last row and
// column of x are cut by the stride.
static GradCase convolution(std::string op, std::string a, std::string b,
                            std::string y) {
  return {
      op,
      op,
      {a, b},
      y,
      "%y = gan." + op +
          " %x0, %x1 strides = [2, 1] padding = [1, 2, 0, 0] : $0, $1 -> $y"};
}

static std::vector<GradCase> elementwiseCases() {
  std::vector<GradCase> cases;
  for (const char *op : {"neg", "exp", "log", "sqrt", "rsqrt", "sin", "cos",
                         "tanh", "sigmoid", "softplus", "abs", "sign", "floor"})
    cases.push_back(unary(op));
  cases.push_back(unary("stop_gradient", /*isInactive=*/true));
  for (const char *op : {"add", "sub", "mul", "div", "pow", "max", "min"})
    cases.push_back(binary(op));
  cases.push_back(
      {"select",
       "select",
       {"2x3x", "2x3x"},
       "2x3x",
       "%c = gan.constant dense<[[1, 0, 1], [0, 0, 1]]> : tensor<2x3xi1>\n"
       "%y = gan.select %c, %x0, %x1 : tensor<2x3xi1>, $0"});
  return cases;
}

static std::vector<GradCase> shapeCases() {
  return {
      {"broadcast",
       "broadcast",
       {"2x3x"},
       "4x2x5x3x",
       "%y = gan.broadcast %x0 dims = [1, 3] : $0 -> $y"},
      {"broadcast of a scalar",
       "broadcast",
       {""},
       "2x3x",
       "%y = gan.broadcast %x0 dims = [] : $0 -> $y"},
      {"reshape",
       "reshape",
       {"2x6x"},
       "3x4x",
       "%y = gan.reshape %x0 : $0 -> $y"},
      {"transpose",
       "transpose",
       {"2x3x4x"},
       "4x2x3x",
       "%y = gan.transpose %x0 permutation = [2, 0, 1] : $0 -> $y"},
      {"slice",
       "slice",
       {"4x5x"},
       "2x3x",
       "%y = gan.slice %x0 offsets = [1, 2] : $0 -> $y"},
      {"pad",
       "pad",
       {"2x3x"},
       "4x5x",
       "%y = gan.pad %x0 low = [1, 2] : $0 -> $y"},
      {"concat",
       "concat",
       {"2x3x", "2x1x"},
       "2x4x",
       "%y = gan.concat %x0, %x1 dim = 1 : $0, $1 -> $y"},
      {"sum",
       "sum",
       {"2x3x4x"},
       "3x",
       "%y = gan.sum %x0 dims = [0, 2] : $0 -> $y"},
  };
}

static std::vector<GradCase> contractionCases() {
  return {
      matmul("", "2x3x", "3x4x"),
      matmul("{transpose_a}", "3x2x", "3x4x"),
      matmul("{transpose_b}", "2x3x", "4x3x"),
      matmul("{transpose_a, transpose_b}", "3x2x", "4x3x"),
      convolution("conv2d", "2x5x4x2x", "3x2x2x3x", "2x3x3x3x"),
      convolution("conv2d_input_grad", "2x3x3x3x", "3x2x2x3x", "2x5x4x2x"),
      convolution("conv2d_weight_grad", "2x5x4x2x", "2x3x3x3x", "3x2x2x3x"),
  };
}

std::vector<GradCase> gan::reference::gradCases() {
  std::vector<GradCase> all;
  for (auto family : {elementwiseCases, shapeCases, contractionCases})
    for (GradCase &one : family())
      all.push_back(std::move(one));
  return all;
}
