// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes that cut the samples of a move into shards.
#ifndef GAN_PASSES_SHARD_PASSES_H
#define GAN_PASSES_SHARD_PASSES_H

#include "dialect/GanOps.h"

#include "mlir/Pass/Pass.h"

namespace gan {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/shard/Passes.h.inc"

} // namespace gan

#endif // GAN_PASSES_SHARD_PASSES_H
