// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one place where the order of passes is written.
#ifndef GAN_PASSES_PIPELINES_H
#define GAN_PASSES_PIPELINES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/ADT/ArrayRef.h"

namespace gan {

/// Registers the gan dialect, what it depends on, and the external models
/// (adjoints, emitters) of its ops.
void registerGanDialects(mlir::DialectRegistry &registry);

/// Registers every pass of ours, and MLIR's canonicalize, cse and symbol-dce,
/// under their command-line names.
void registerGanPasses();

/// A stage of the compiler: what `--emit` calls it, and the passes that lead to
/// it from the stage before, in the syntax of `gan-opt --pass-pipeline`; "{0}"
/// stands for the width of reals, "{1}" for what contractions round to, "{2}"
/// for whether kernels are formed for GPUs, "{3}" for whether every convolution
/// that can be is computed by tiles, "{4}" for the number of shards.
struct Stage {
  llvm::StringLiteral name;
  llvm::StringLiteral passes;
};

/// From behind the game level to the memory plan, in order.
llvm::ArrayRef<Stage> getStages();

/// A pass that makes programs faster, not right: what `--without` calls it, how
/// it stands in the stages, and what stands there when it is left out.
struct OptionalPass {
  llvm::StringLiteral name;
  llvm::StringLiteral pass;
  llvm::StringLiteral instead;
};

llvm::ArrayRef<OptionalPass> getOptionalPasses();

struct StageOptions {
  llvm::StringRef precision = "f32"; // f64, tf32 or bf16
  llvm::StringRef without = "";      // an optional pass to leave out
  /// Plans launches, computes convolutions directly, and adds statistics where
  /// they are stored.
  bool forGpu = false;
  int64_t winogradTile = 0; // of all convolutions, for tests; 0: as it pays
  unsigned shards = 1;      // into how many the samples of a move are cut
  bool onlyOutputs = false; // without what trains
};

/// The passes of a stage as the options want them.
std::string pipelineOf(const Stage &stage, const StageOptions &options);

/// Runs the stages up to and including the one named `last`, on a module at the
/// game level. The passes report their errors; so is a pass that cannot be left
/// out.
mlir::LogicalResult runStages(mlir::ModuleOp module, llvm::StringRef last,
                              const StageOptions &options);

} // namespace gan

#endif // GAN_PASSES_PIPELINES_H
