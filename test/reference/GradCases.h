// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions by which gradcheck tries every differentiable op.
#ifndef GAN_TEST_REFERENCE_GRADCASES_H
#define GAN_TEST_REFERENCE_GRADCASES_H

#include "dialect/ShapeRules.h"

#include <string>
#include <vector>

namespace gan::reference {

// One op, applied to real tensors x0, x1, .. The range of their elements avoids
// kinks and poles.
struct GradCase {
  std::string name;                  // shown in reports, unique
  std::string op;                    // the op under test, "matmul"
  std::vector<std::string> operands; // shapes of x0, x1, ..: "2x3x"
  std::string result;                // shape of y
  std::string body; // defines %y; "$0", "$1", .. stand for the operands' types
                    // and "$y" for that of y
  double low = 0.25, high = 0.9; // where the elements lie
  bool isInactive =
      false; // the gradient is zero by definition, whatever the differences say
};

using GradCases = std::vector<GradCase>;

// Cases that every op which implements DifferentiableOpInterface has at least.
constexpr int64_t fewestGradCases = 20;

// Those of all families.
GradCases gradCases();

// One family each, in the file of its name.
GradCases elementwiseGradCases();
GradCases shapeGradCases();
GradCases contractionGradCases();
GradCases matrixGradCases();

// "2x3x" for [2, 3].
std::string gradShape(ShapeRef shape);

// `op %x0, %x1, .. attributes : types -> type`, on operands of these shapes.
GradCase gradCase(const std::string &op, llvm::ArrayRef<Shape> operands,
                  ShapeRef result, const std::string &attributes);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_GRADCASES_H
