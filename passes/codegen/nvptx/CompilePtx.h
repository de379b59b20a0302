// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a module in the LLVM dialect to PTX.
#ifndef GAN_PASSES_CODEGEN_NVPTX_COMPILEPTX_H
#define GAN_PASSES_CODEGEN_NVPTX_COMPILEPTX_H

#include "passes/codegen/nvptx/GpuLaunch.h"

#include "mlir/IR/BuiltinOps.h"

namespace gan {

/// The PTX of `module`, whose functions named in `launches` become entries, and
/// all others parts of them. Refers to nothing outside itself; fails with a
/// diagnostic at the module where it would.
mlir::FailureOr<std::string> compilePtx(mlir::ModuleOp module,
                                        llvm::ArrayRef<GpuLaunch> launches,
                                        const TargetInfo &target);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_COMPILEPTX_H
