// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The three convolutions as problems of the contraction emitter.
#ifndef GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H
#define GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H

#include "passes/contraction/Convolution.h"

namespace gan {

/// The problem of gan.conv2d, gan.conv2d_input_grad or gan.conv2d_weight_grad,
/// its order not yet looked at; `op` is one of these, and `conv` what it
/// computes.
Problem convolutionProblem(mlir::Operation *op, const Convolution &conv);

/// The same by tiles of `tile` x `tile` outputs, of one that has the form
/// (dialect/Winograd.h).
Problem winogradProblem(mlir::Operation *op, const Convolution &conv,
                        int64_t tile);

/// Of an input gradient that has the form (dialect/Col2im.h), the problem of
/// all taps at once.
Problem col2imProblem(const Convolution &conv);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_CONVOLUTIONPROBLEM_H
