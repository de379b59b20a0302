// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elementwise ops: five shapes, one number and axes of extent 1 among them, in
// four ranges each.
#include "test/reference/GradCases.h"

using namespace gan;
using namespace gan::reference;

static const Shape shapes[] = {{}, {1}, {5}, {2, 3}, {2, 1, 3}};

struct Range {
  double low, high;
};
// On both sides of 0; `floor` does not jump inside.
static constexpr Range anywhere[] = {
    {0.25, 0.9}, {-0.9, -0.25}, {1.1, 1.9}, {-3.9, -3.1}};
static constexpr Range positive[] = {
    {0.25, 0.9}, {1.1, 1.9}, {2.1, 2.9}, {20, 40}};
static constexpr Range moderate[] = {
    {0.25, 0.9}, {1.1, 1.9}, {0.5, 2.5}, {2.1, 2.9}};

static void add(GradCases &cases, const std::string &op, size_t operands,
                llvm::ArrayRef<Range> ranges) {
  for (const Shape &shape : shapes)
    for (auto [low, high] : ranges) {
      GradCase one;
      one.name = op + " " + shapeText(shape) + " from " + std::to_string(low);
      one.op = op;
      one.operands.assign(operands, gradShape(shape));
      one.result = gradShape(shape);
      one.body =
          "%y = gan." + op + (operands == 1 ? " %x0" : " %x0, %x1") + " : $0";
      one.low = low;
      one.high = high;
      one.isInactive = op == "stop_gradient";
      cases.push_back(std::move(one));
    }
}

// Chosen by constants, and by which operand is larger. "$c" is the type of the
// condition.
static void addSelects(GradCases &cases) {
  for (const Shape &shape : shapes)
    for (const char *condition :
         {"gan.constant dense<true> : $c", "gan.constant dense<false> : $c",
          "gan.compare lt, %x0, %x1 : $0 -> $c",
          "gan.compare ge, %x0, %x1 : $0 -> $c"}) {
      GradCase one;
      one.name = "select " + shapeText(shape) + " by " + condition;
      one.op = "select";
      one.operands.assign(2, gradShape(shape));
      one.result = gradShape(shape);
      one.body = std::string("%c = ") + condition +
                 "\n%y = gan.select %c, %x0, %x1 : $c, $0";
      for (size_t at; (at = one.body.find("$c")) != std::string::npos;)
        one.body.replace(at, 2, "tensor<" + gradShape(shape) + "i1>");
      cases.push_back(std::move(one));
    }
}

GradCases reference::elementwiseGradCases() {
  GradCases cases;
  for (const char *op :
       {"neg", "exp", "sin", "cos", "tanh", "sigmoid", "softplus", "abs",
        "sign", "floor", "stop_gradient", "variable"})
    add(cases, op, 1, anywhere);
  for (const char *op : {"log", "sqrt", "rsqrt"})
    add(cases, op, 1, positive);
  for (const char *op : {"add", "sub", "mul", "div", "max", "min"})
    add(cases, op, 2, anywhere);
  add(cases, "pow", 2, moderate);
  addSelects(cases);
  return cases;
}
