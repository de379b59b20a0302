// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions by which gradcheck tries every differentiable op.
#ifndef GAN_TEST_REFERENCE_GRADCASES_H
#define GAN_TEST_REFERENCE_GRADCASES_H

#include "mlir/Support/LLVM.h"

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

// At least one case for every op that implements DifferentiableOpInterface.
std::vector<GradCase> gradCases();

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_GRADCASES_H
