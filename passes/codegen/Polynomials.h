// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elementary functions in arith ops: no library, the same bits for scalars and
// vectors of every width. Within 3 ulp in f32 and 5 in f64 where a bound is not
// stated (test/passes/codegen/PolynomialsTest.cpp).
#ifndef GAN_PASSES_CODEGEN_POLYNOMIALS_H
#define GAN_PASSES_CODEGEN_POLYNOMIALS_H

#include "mlir/IR/Builders.h"

namespace gan {

/// Builds on scalars or vectors of f32 or f64. Every function takes and returns
/// one type.
struct Polynomials {
  mlir::OpBuilder &b;
  mlir::Location loc;

  mlir::Value
  exp(mlir::Value x); // 0 and infinity where e^x leaves the normal range
  mlir::Value log(mlir::Value x); // -infinity at 0, NaN below
  mlir::Value tanh(mlir::Value x);
  mlir::Value sigmoid(mlir::Value x);
  mlir::Value softplus(mlir::Value x);
  mlir::Value sin(mlir::Value x); // |x| < 8192 (f32), < 1e9 (f64); absolute
                                  // error 1 ulp of 1
  mlir::Value cos(mlir::Value x);
  mlir::Value pow(mlir::Value x, mlir::Value y); // x > 0

  /// The x below which a share p of normal numbers lies, 2^-30 < p < 1 - 2^-30.
  mlir::Value normalQuantile(mlir::Value p);

  /// cos(2 pi t), 0 <= t < 1: what a normal draw needs, without a reduction
  /// error.
  mlir::Value cosOfTurns(mlir::Value t);
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_POLYNOMIALS_H
