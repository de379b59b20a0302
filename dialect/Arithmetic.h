// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How much ops compute.
#ifndef GAN_DIALECT_ARITHMETIC_H
#define GAN_DIALECT_ARITHMETIC_H

#include "dialect/GanOps.h"

#include <optional>

namespace gan {

/// A sum of products of two operands: a matmul, a convolution or a gradient of
/// one.
bool isContraction(mlir::Operation *op);

/// Whether `value` is f32 that memory holds in bf16.
bool isExtended(mlir::Value value);

/// What both operands of a contraction are rounded to, there or when they were
/// stored; none: one is not, or it is no contraction.
std::optional<RealFormat> formatOfProducts(mlir::Operation *op);

/// What an operand of a contraction is the rounding of; itself where it is read
/// rounded.
mlir::Value beforeRounding(mlir::Value operand);

/// Multiplications and additions of a contraction, borders counted as if they
/// were inside; one operation per element of anything else that computes.
uint64_t flopsOf(mlir::Operation *op);

} // namespace gan

#endif // GAN_DIALECT_ARITHMETIC_H
