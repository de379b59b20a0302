// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Constant tensors all of whose elements are equal: how scalars appear at the
// tensor level.
#ifndef GAN_DIALECT_SPLATS_H
#define GAN_DIALECT_SPLATS_H

#include "dialect/GanOps.h"

#include <optional>

namespace gan {

// The one real that `value` repeats; nothing where it is null, not a constant,
// not a splat or not real.
std::optional<double> splatOf(mlir::Attribute value);

// The same for what a `gan.constant` defines.
std::optional<double> splatOf(mlir::Value value);

// `value`, rounded to the element type of `type` (f32 or f64), repeated over
// its shape.
mlir::DenseElementsAttr splatAttr(mlir::ShapedType type, double value);

// A `gan.constant` of `splatAttr(type, value)`.
ConstantOp createSplat(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Type type, double value);

} // namespace gan

#endif // GAN_DIALECT_SPLATS_H
