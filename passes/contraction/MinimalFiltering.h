// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The matrices of Winograd's minimal filtering (Winograd 1980, from Toom and
// Cook's multiplication of polynomials).
#ifndef GAN_PASSES_CONTRACTION_MINIMALFILTERING_H
#define GAN_PASSES_CONTRACTION_MINIMALFILTERING_H

#include "passes/contraction/Problem.h"

namespace gan {

/// F(m, r) computes m outputs y[i] = sum_j w[j] x[i + j] of a filter of r taps
/// from side = m + r - 1 inputs with as many products:
///   y = A ((G w) . (B x))
/// for A = `output` [m, side], G = `filter` [side, r], B = `input` [side,
/// side].
struct MinimalFiltering {
  SmallMatrix input, filter, output;
};

/// `outputs` + `taps` from 3 to 7.
MinimalFiltering minimalFiltering(int64_t outputs, int64_t taps);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_MINIMALFILTERING_H
