// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one place where the order of passes is written.
#ifndef GAN_PASSES_PIPELINES_H
#define GAN_PASSES_PIPELINES_H

#include "mlir/IR/DialectRegistry.h"

namespace gan {

/// Registers the gan dialect, what it depends on, and the external models (adjoints, emitters) of its ops.
void registerGanDialects(mlir::DialectRegistry &registry);

/// Registers every pass of ours, and MLIR's canonicalize, cse and symbol-dce, under their command-line names.
void registerGanPasses();

} // namespace gan

#endif // GAN_PASSES_PIPELINES_H
