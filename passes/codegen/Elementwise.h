// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How every elementwise op becomes arith ops.
#ifndef GAN_PASSES_CODEGEN_ELEMENTWISE_H
#define GAN_PASSES_CODEGEN_ELEMENTWISE_H

#include "mlir/IR/DialectRegistry.h"

namespace gan {

/// Attaches an ElementwiseOpInterface model to every elementwise op.
void registerElementwiseEmitters(mlir::DialectRegistry &registry);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_ELEMENTWISE_H
