// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a planned model and its compiled kernels to a .ganx file, and to a
// trainer.
#ifndef GAN_PASSES_CODEGEN_EXECUTABLE_WRITEEXECUTABLE_H
#define GAN_PASSES_CODEGEN_EXECUTABLE_WRITEEXECUTABLE_H

#include "passes/codegen/EmitKernels.h"
#include "passes/codegen/executable/StoredValues.h"

#include <string>
#include <vector>

namespace gan {

/// Where the executable comes from.
struct Provenance {
  std::string compiler;           // version of ganc
  std::vector<std::string> flags; // what changed the code
  std::string sourceName;
  std::string source; // its text
};

/// What the model needs with a batch, which is the largest of its phases.
struct PlannedBatch {
  int64_t batch = 0, arenaBytes = 0;
};

/// The bytes of the .ganx of `model`, which has passed `gan-verify-plan`. Every
/// `gan.kernel` has an entry in `kernels.kernelOf`. Reports what the format
/// cannot say. The same input gives the same bytes. It brings `values` along:
/// those of all storages, or none.
mlir::FailureOr<std::vector<char>> writeExecutable(
    ModelOp model, const CompiledKernels &kernels, const Provenance &provenance,
    llvm::ArrayRef<PlannedBatch> batches = {}, const StoredValues &values = {});

/// Writes a trainer or library: a copy of the file `runtime`, then `ganx` at
/// the next page, then the trailer. Written beside `output` and renamed,
/// executable. On failure returns a sentence that names the file concerned,
/// else an empty string.
std::string appendToRuntime(llvm::StringRef runtime, llvm::ArrayRef<char> ganx,
                            llvm::StringRef output);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_EXECUTABLE_WRITEEXECUTABLE_H
