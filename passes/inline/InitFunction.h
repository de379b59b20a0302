// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_INLINE_INITFUNCTION_H
#define GAN_PASSES_INLINE_INITFUNCTION_H

#include "dialect/GanOps.h"

namespace gan::inlining {

// Adds the function of role "init" to the model: a draw (stream "init/" and the
// name, plain) or a constant for each storage, the source's value for a copy,
// and stores of them in the order of the model, of all but those that start as
// zero. Fails, with a report, where a copy goes in a circle.
mlir::LogicalResult buildInit(ModelOp model, mlir::SymbolTable &symbols);

// Whether the first value of `storage` is +0 throughout, by itself or as a
// copy.
bool startsAsZero(StorageOp storage, mlir::SymbolTable &symbols);

} // namespace gan::inlining

#endif // GAN_PASSES_INLINE_INITFUNCTION_H
