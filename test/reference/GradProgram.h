// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A gradient check as a program: the functions of a case as text, and the
// comparison of what an executor makes of them.
#ifndef GAN_TEST_REFERENCE_GRADPROGRAM_H
#define GAN_TEST_REFERENCE_GRADPROGRAM_H

#include "test/reference/GradCases.h"
#include "test/reference/Interpreter.h"

namespace gan::reference {

// Functions @f<suffix> and @gradient<suffix>, on the arguments x0, .., r, q0,
// .. With x the operands of the op and r, q weights,
//   order 1:  f(x) = sum(op(x) * r)            order 2:  f(x) = sum_i sum(d
//   sum(op(x) * r) / dx_i * q_i)
// and @gradient returns `gan.grad f wrt x`. `attributes` stand on both.
std::string gradProgram(const GradCase &one, int order,
                        const std::string &suffix,
                        const std::string &attributes = "");

// Fixed arguments of both functions: the x in the range of the case, r and q in
// (0.25, 0.9). The elements of different arguments lie on grids of 1/32 of the
// range that are shifted against each other, so that no comparison of two
// operands comes near a tie.
Tensors drawGradArguments(const GradCase &one);

using Evaluate =
    llvm::function_ref<mlir::FailureOr<Tensors>(const Tensors &arguments)>;

// The largest difference between `gradient` and the quotient of fourth order
//   (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h,  h = 2^-11,
// over the largest element of the operand's gradient (or 1e-3); infinite where
// something failed. The formula is off by h^4 / 30 = 1.9e-15 times the fifth
// derivative of f. The steepest functions here are 1 / x and its derivative at
// 0.25: their fifth derivatives are 120 * 4^4 = 3.1e4 and 360 * 4^4 = 9.2e4
// times the first, an error of 6e-11 and 1.8e-10. Rounding adds about
// 1.5 * 2^-53 |f| / h = 3.4e-13 |f|. A wrong factor or sign in a rule is off by
// 1e-1, so that limits of 1e-7 and 1e-6 leave room on both sides. No kink is
// nearer than 2h.
double worstGradError(const GradCase &one, Evaluate f, Evaluate gradient);

// What it may be.
constexpr double mostGradError(int order) { return order == 1 ? 1e-7 : 1e-6; }

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_GRADPROGRAM_H
