// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef GAN_PASSES_EXPLAINMOVES_H
#define GAN_PASSES_EXPLAINMOVES_H

#include "passes/Pipelines.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace gan {

/// Prints what one move of each player costs, as its gradients leave it (each
/// op reads and writes memory) and as kernels. `module` is at the game level
/// and stays there.
mlir::LogicalResult explainMoves(mlir::ModuleOp module,
                                 const StageOptions &options,
                                 llvm::raw_ostream &os);

} // namespace gan

#endif // GAN_PASSES_EXPLAINMOVES_H
