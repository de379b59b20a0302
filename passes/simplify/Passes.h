// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes that make tensor-level steps cheap before they are fused.
#ifndef GAN_PASSES_SIMPLIFY_PASSES_H
#define GAN_PASSES_SIMPLIFY_PASSES_H

#include "dialect/GanOps.h"

#include "mlir/Pass/Pass.h"

namespace gan {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/simplify/Passes.h.inc"

} // namespace gan

#endif // GAN_PASSES_SIMPLIFY_PASSES_H
