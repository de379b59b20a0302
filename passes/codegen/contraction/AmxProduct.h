// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The innermost loops of contractions of bf16 where the processor has AMX:
// registers are tiles of 16 rows of 64 bytes, and one instruction multiplies
// two of them.
#ifndef GAN_PASSES_CODEGEN_CONTRACTION_AMXPRODUCT_H
#define GAN_PASSES_CODEGEN_CONTRACTION_AMXPRODUCT_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// c[i, j] += sum over s of a[i, s] * b[s, j], for `down` tiles of i and
/// `across` tiles of j. Of a tile and 32 s, a has 16 rows of 16 pairs (s, s +
/// 1) of bf16, b 16 rows of pairs of 16 j, each row of 64 bytes. The sums of
/// even and of odd s are chains of fma from 0; both are then added to c, or to
/// 0. Subnormal numbers count as 0 (Intel's manual of instructions, TDPBF16PS).
struct AmxProduct {
  static constexpr int64_t side = 16, depth = 32;
  static constexpr int64_t most = 2; // tiles of sums down, and across
  int64_t down, across;

  /// Calls its function of (ptr a, ptr b, ptr c, i64 steps, i64 aStep, i64
  /// aDown, i64 aStride, i64 bStride, i64 cStride, i1 fromZero). It takes 32 s
  /// at a time until it has `steps`. In elements of 4 bytes: aStep from a tile
  /// of a to that of the next 32 s, aDown to that of the next 16 i, strides
  /// from row to row.
  void call(KernelBuilder &caller, mlir::ValueRange arguments) const;
};

/// Emits `body` between what gives the thread tiles of full size and what takes
/// them back.
void withAmx(KernelBuilder &k, llvm::function_ref<void()> body);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CONTRACTION_AMXPRODUCT_H
