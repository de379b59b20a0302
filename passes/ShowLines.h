// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_SHOWLINES_H
#define GAN_PASSES_SHOWLINES_H

#include "mlir/IR/BuiltinOps.h"

namespace gan {

/// Gives every op an attribute `line` that says where it comes from, for a
/// reader: "m.gan:8:14 from m.gan:10:60", innermost first; of an adjoint "grad
/// of" the place of the op that it differentiates. The text stays one that
/// parses.
void showLines(mlir::ModuleOp module);

} // namespace gan

#endif // GAN_PASSES_SHOWLINES_H
