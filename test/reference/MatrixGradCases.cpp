// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra on whole matrices: x plus shifts of the identity, which keep
// it away from singular ones, where the derivatives are as large as the
// inverse.
#include "test/reference/GradCases.h"

using namespace gan;
using namespace gan::reference;

static void add(GradCases &cases, const std::string &op, const Shape &shape,
                ShapeRef result, double shift, double low, double high) {
  std::string type = "tensor<" + gradShape(shape) + "f64>";
  std::string ints = "tensor<" + gradShape(shape) + "i32>";
  std::string bools = "tensor<" + gradShape(shape) + "i1>";
  int64_t row = static_cast<int64_t>(shape.size()) - 2;
  GradCase one;
  one.name = op + " " + shapeText(shape) + " shifted by " +
             std::to_string(shift) + " from " + std::to_string(low);
  one.op = op;
  one.operands = {gradShape(shape)};
  one.result = gradShape(result);
  one.low = low;
  one.high = high;
  one.body = "%r0 = gan.iota dims = [" + std::to_string(row) + "] : " + ints +
             "\n%c0 = gan.iota dims = [" + std::to_string(row + 1) +
             "] : " + ints + "\n%e0 = gan.compare eq, %r0, %c0 : " + ints +
             " -> " + bools + "\n%o0 = gan.constant dense<" +
             std::to_string(shift) + "> : " + type +
             "\n%z0 = gan.constant dense<0.0> : " + type +
             "\n%i0 = gan.select %e0, %o0, %z0 : " + bools + ", " + type +
             "\n%m0 = gan.add %x0, %i0 : " + type + "\n%y = gan." + op +
             " %m0 : " + type +
             (op == "logdet" ? " -> tensor<" + gradShape(result) + "f64>" : "");
  cases.push_back(std::move(one));
}

GradCases reference::matrixGradCases() {
  GradCases cases;
  for (const Shape &shape :
       {Shape{1, 1}, Shape{2, 2}, Shape{4, 4}, Shape{1, 3, 3}, Shape{3, 2, 2}})
    for (double shift : {4.0, -5.0})
      for (double low : {-0.9, 0.25}) {
        add(cases, "inverse", shape, shape, shift, low, low + 0.65);
        add(cases, "logdet", shape, ShapeRef(shape).drop_back(2), shift, low,
            low + 0.65);
      }
  return cases;
}
