// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which kernels a GPU runs in one launch: neighbours with the same
// `gan.launch`. A kernel without one is a launch of its own.
#ifndef GAN_DIALECT_LAUNCHES_H
#define GAN_DIALECT_LAUNCHES_H

#include "dialect/GanOps.h"

namespace gan {

/// The attribute of a kernel, an i64.
inline constexpr llvm::StringLiteral launchAttribute = "gan.launch";

/// Whether the kernel `op` is in one launch with the kernel that stands
/// directly before it.
bool continuesLaunch(mlir::Operation *op);

/// The kernels of the launch that begins with `first`, at least this one; none
/// where `first` continues a launch.
llvm::SmallVector<KernelOp> membersOfLaunch(KernelOp first);

} // namespace gan

#endif // GAN_DIALECT_LAUNCHES_H
