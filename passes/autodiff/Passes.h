// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes that turn gradients into tensor ops, and the adjoints they use.
#ifndef GAN_PASSES_AUTODIFF_PASSES_H
#define GAN_PASSES_AUTODIFF_PASSES_H

#include "dialect/GanOps.h"

#include "mlir/Pass/Pass.h"

namespace gan {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/autodiff/Passes.h.inc"

/// Gives every differentiable op its `DifferentiableOpInterface`, in each
/// context that loads the gan dialect.
void registerAdjoints(mlir::DialectRegistry &registry);

} // namespace gan

#endif // GAN_PASSES_AUTODIFF_PASSES_H
