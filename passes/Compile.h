// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a game to a trainer, or to the text of any stage on the way.
#ifndef GAN_PASSES_COMPILE_H
#define GAN_PASSES_COMPILE_H

#include "passes/PlanBatches.h"
#include "passes/codegen/executable/WriteExecutable.h"

#include "llvm/Support/raw_ostream.h"

namespace gan {

struct CompileOptions {
  std::string precision = "f32"; // f32, f64, tf32 or bf16
  std::string without;           // an optional pass to leave out
  unsigned shards = 1;           // into how many samples are cut
  bool showsLines = false;       // of `emitStage`: the place of each op
  bool forGpu = false;           // plans for GPUs; `buildTrainer` adds PTX,
                                 // `explainCosts` what it costs
  std::vector<std::string> architectures; // with cubins for these: "sm_90a"
  SmallerBatch withSmallerBatch;          // of the game; may be empty
  bool onlyOutputs = false;               // of a library: without what trains
  std::string weights; // of `buildLibrary`: a file that it brings along
  Provenance provenance;
};

/// Prints the stage that `--emit` names (tensor, grad, fused, plan, kernels,
/// llvm) of the one model in `module`, which is at the game level.
mlir::LogicalResult emitStage(mlir::ModuleOp module, llvm::StringRef stage,
                              const CompileOptions &options,
                              llvm::raw_ostream &os);

/// Prints what the model will cost to run: memory, kernels, arithmetic,
/// traffic, and on GPUs.
mlir::LogicalResult explainCosts(mlir::ModuleOp module,
                                 const CompileOptions &options,
                                 llvm::raw_ostream &os);

/// Writes the trainer: the file `runtime` with the compiled model behind it.
/// Reports what is wrong; nothing is left half-written.
mlir::LogicalResult buildTrainer(mlir::ModuleOp module,
                                 const CompileOptions &options,
                                 llvm::StringRef runtime,
                                 llvm::StringRef output);

/// Writes the shared library that computes the outputs: the file `runtime` with
/// what they need of the model behind it, and its C header. As for the trainer.
mlir::LogicalResult buildLibrary(mlir::ModuleOp module,
                                 const CompileOptions &options,
                                 llvm::StringRef runtime,
                                 llvm::StringRef output,
                                 llvm::StringRef header);

} // namespace gan

#endif // GAN_PASSES_COMPILE_H
