// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tensor cores compute, bit for bit.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_PRODUCT_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_PRODUCT_H

#include "runtime/device/sim/Types.h"

namespace gan::sim {

/// D = A B + C of one instruction, on matrices of raw bits: A is m x k and
/// row-major, B is n x k (each column of B together), C and D are m x n.
struct Product {
  unsigned m, n, k;
  Type element;     // of A and B: F16, BF16, TF32, F64, S8 or U8
  Type elementB;    // differs from `element` only among S8 and U8
  Type accumulator; // of C and D: F16, F32, F64 or S32
  bool saturate;    // integers
  unsigned architecture;
};

/// Overwrites `c` with the result.
///
/// f16, bf16 and tf32: all products and C are exact, aligned to the largest
/// exponent among them and cut off toward zero after 24 bits of fraction (25
/// from sm_90, 23 before sm_75), added, and rounded once: toward zero to f32,
/// to nearest to f16. From sm_80 to sm_89 the longer k is done in two halves,
/// one after the other. That is what MMA-Sim (Microsoft, 2025) found to agree
/// with the hardware on every bit.
void multiply(const Product &product, const uint64_t *a, const uint64_t *b,
              uint64_t *c);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_PRODUCT_H
