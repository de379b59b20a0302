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
// (0.25, 0.9).
Tensors drawGradArguments(const GradCase &one);

using Evaluate =
    llvm::function_ref<mlir::FailureOr<Tensors>(const Tensors &arguments)>;

// The largest difference between `gradient` and (f(x + h) - f(x - h)) / 2h,
// over the largest element of the operand's gradient (or 1e-3); infinite where
// something failed. h = 1e-5: the formula is off by h^2 / 6 of the third
// derivative, about 1e-10 here, and rounding adds about 2^-53 |f| / h, 1e-10
// too.
double worstGradError(const GradCase &one, Evaluate f, Evaluate gradient);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_GRADPROGRAM_H
