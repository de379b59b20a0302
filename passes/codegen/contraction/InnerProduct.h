// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The innermost loops of all contractions of a module: one function per shape
// of a register tile, shared, so that the code that takes a compiler long is
// compiled once.
#ifndef GAN_PASSES_CODEGEN_CONTRACTION_INNERPRODUCT_H
#define GAN_PASSES_CODEGEN_CONTRACTION_INNERPRODUCT_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// c[i, j] = fma(a[i, s], b[s, j], c[i, j]) for s = 0 .. steps - 1 in this
/// order, from c or from 0, for `rows` i and `vectors` registers of j.
struct InnerProduct {
  mlir::Type element;
  int64_t lanes;
  int64_t rows, vectors;
  /// Elements from a[i, s] to a[i + 1, s]; 1: then a[i, s + 1] is a number of
  /// elements away that the call gives, else it is the next.
  int64_t rowStride;
  int64_t bStride; // elements from b[s, j] to b[s + 1, j]

  /// Calls its function of (ptr a, ptr b, ptr c, i64 steps, i64 aStep, i64
  /// cStride, i1 fromZero).
  void call(KernelBuilder &caller, mlir::ValueRange arguments) const;
};

/// The rows of a register tile that is `vectors` wide: as many as leave
/// registers for a row of b and one element of a.
int64_t tileRows(const TargetInfo &target, int64_t vectors);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CONTRACTION_INNERPRODUCT_H
