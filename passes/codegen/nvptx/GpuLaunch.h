// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a GPU launches: the grids of one or more kernels, one behind the other.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPULAUNCH_H
#define GAN_PASSES_CODEGEN_NVPTX_GPULAUNCH_H

#include "passes/codegen/nvptx/GpuKernel.h"

namespace gan {

/// One kernel of a launch.
struct LaunchMember {
  unsigned kernel = 0;  // by number
  bool follows = false; // runs in the blocks of the member before it, after it
  auto operator<=>(const LaunchMember &) const = default;
};

/// A launch: the blocks of its members, which may run at the same time. Takes
/// the arguments of one member after the other.
struct GpuLaunch {
  EmittedGpuKernel grid;
  std::vector<LaunchMember> members;
};

/// Adds the entry of a launch of `members` to `module`, which has the functions
/// of all `kernels`. It bears the name of its only member, or `name`.
GpuLaunch emitGpuLaunch(llvm::ArrayRef<EmittedGpuKernel> kernels,
                        std::vector<LaunchMember> members,
                        const TargetInfo &target, mlir::ModuleOp module,
                        llvm::StringRef name);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPULAUNCH_H
