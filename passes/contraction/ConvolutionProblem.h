// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The three convolutions as problems of the contraction emitter.
#ifndef GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H
#define GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H

#include "passes/contraction/Problem.h"

namespace gan {

/// The problem of gan.conv2d, gan.conv2d_input_grad or gan.conv2d_weight_grad,
/// its order not yet looked at; `op` is one of these.
Problem convolutionProblem(mlir::Operation *op);

/// The same by tiles, of one that is marked `winograd`.
Problem winogradProblem(mlir::Operation *op);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H
