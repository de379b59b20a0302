// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Clock expressions: what `gan.clock`, `gan.repeat` and `gan.when` let the host
// compute before a move, written in prefix form:
//   expression ::= number | name | "[" operator "," expression (","
//   expression)* "]"
// A number is an f64 attribute, a name and an operator are strings.
#ifndef GAN_DIALECT_CLOCKEXPRESSION_H
#define GAN_DIALECT_CLOCKEXPRESSION_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

namespace gan {

// Whether `name` is one of "step", "images", "epoch", "progress".
bool isClockName(llvm::StringRef name);

// The number of operands of `op`, 0 where there is no such operator. "-" takes
// two; "neg" is the sign.
unsigned clockOperandCount(llvm::StringRef op);

// Whether `expression` is well formed; reports the first part that is not
// through `emitError`.
mlir::LogicalResult
verifyClock(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
            mlir::Attribute expression);

} // namespace gan

#endif // GAN_DIALECT_CLOCKEXPRESSION_H
