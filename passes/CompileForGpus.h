// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All code of a model for GPUs.
#ifndef GAN_PASSES_COMPILEFORGPUS_H
#define GAN_PASSES_COMPILEFORGPUS_H

#include "passes/codegen/EmitKernels.h"

namespace gan {

/// PTX of all kernels under `root` for the least demanding GPU, which every
/// other runs, and cubins of it for `architectures` ("sm_90a"). Reports the
/// kernel that no GPU runs, a `ptxas` that is not there, and what it says.
mlir::FailureOr<GpuKernels>
compileForGpus(mlir::Operation *root,
               llvm::ArrayRef<std::string> architectures);

} // namespace gan

#endif // GAN_PASSES_COMPILEFORGPUS_H
