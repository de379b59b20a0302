// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/GradCases.h"

using namespace gan;
using namespace gan::reference;

std::string reference::gradShape(ShapeRef shape) {
  std::string text;
  for (int64_t extent : shape)
    text += std::to_string(extent) + "x";
  return text;
}

GradCase reference::gradCase(const std::string &op,
                             llvm::ArrayRef<Shape> operands, ShapeRef result,
                             const std::string &attributes) {
  GradCase one;
  std::string xs, types, shapes;
  for (auto [i, shape] : llvm::enumerate(operands)) {
    std::string k = std::to_string(i);
    xs += (i ? ", %x" : "%x") + k;
    types += (i ? ", $" : "$") + k;
    shapes += " " + shapeText(shape);
    one.operands.push_back(gradShape(shape));
  }
  std::string text = op + " " + xs + " " + attributes;
  one.name = op + shapes + " " + attributes + " to " + shapeText(result);
  one.op = op;
  one.result = gradShape(result);
  one.body = "%y = gan." + text + " : " + types + " -> $y";
  return one;
}

GradCases reference::gradCases() {
  GradCases all;
  for (auto family : {elementwiseGradCases, shapeGradCases,
                      contractionGradCases, matrixGradCases})
    for (GradCase &one : family())
      all.push_back(std::move(one));
  return all;
}
