// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Linear algebra on small matrices, whoever computes one: the same operations
// in the same order, and so the same bits.
#ifndef GAN_PASSES_CODEGEN_MATRIXEMITTER_H
#define GAN_PASSES_CODEGEN_MATRIXEMITTER_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// Who computes a matrix: a thread alone, or several that run the same code and
/// share out its inner loops.
class MatrixTeam {
public:
  /// Lanes of a sum along a row, for every team the same.
  static constexpr int64_t lanes = 16;

  virtual ~MatrixTeam() = default;
  /// `bytes` of memory that all share.
  virtual mlir::Value scratch(int64_t bytes) = 0;
  /// for (i = from; i < to; ++i) body(i), in any order. Then all see what was
  /// written.
  virtual void each(mlir::Value from, mlir::Value to,
                    llvm::function_ref<void(mlir::Value i)> body) = 0;
  /// The same of [0, columns), as vectors where that is faster.
  virtual void
  alongRow(int64_t columns,
           llvm::function_ref<void(mlir::Value j, int64_t width)> body) = 0;
  /// Of each lane l its sum, from 0, at j = l, l + lanes, .. below `columns`, a
  /// multiple of `lanes`. `add` has neighbours from j on, as many as `width`.
  virtual llvm::SmallVector<mlir::Value>
  laneSums(int64_t columns, mlir::Type real,
           llvm::function_ref<mlir::Value(mlir::Value j, int64_t width,
                                          mlir::Value sum)>
               add) = 0;
  /// Nobody goes on, and writes, before all have read.
  virtual void meet() = 0;
};

/// How many matrices a kernel of hero `matrix` computes, each by itself.
int64_t countMatrices(KernelBuilder &k);
/// Computes matrix `number`.
void emitMatrixOf(KernelBuilder &k, MatrixTeam &team, mlir::Value number);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_MATRIXEMITTER_H
