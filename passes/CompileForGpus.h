// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All code of a model for GPUs.
#ifndef GAN_PASSES_COMPILEFORGPUS_H
#define GAN_PASSES_COMPILEFORGPUS_H

#include "passes/codegen/EmitKernels.h"

namespace gan {

/// PTX of all kernels under `root` for the least demanding GPU, which every
/// other runs, and for each of `architectures` ("sm_90a") a cubin, of that or,
/// where the architecture has more to offer, of PTX of its own. Reports the
/// kernel that no GPU runs, a `ptxas` that is not there, and what it says.
mlir::FailureOr<GpuKernels>
compileForGpus(mlir::Operation *root,
               llvm::ArrayRef<std::string> architectures);

/// The PTX that the last of `architectures` gets, or all where there is none.
mlir::FailureOr<std::string>
compilePtxFor(mlir::Operation *root, llvm::ArrayRef<std::string> architectures);

} // namespace gan

#endif // GAN_PASSES_COMPILEFORGPUS_H
