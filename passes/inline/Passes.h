// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes from the game level to pure tensor functions.
#ifndef GAN_PASSES_INLINE_PASSES_H
#define GAN_PASSES_INLINE_PASSES_H

#include "dialect/GanOps.h"

#include "mlir/Pass/Pass.h"

namespace gan {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/inline/Passes.h.inc"

} // namespace gan

#endif // GAN_PASSES_INLINE_PASSES_H
