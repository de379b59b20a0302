// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which kernels a GPU runs in one launch: neighbours with the same
// `gan.launch`. A kernel without one is a launch of its own. Members run side
// by side, but for those with `gan.follows`: their blocks, as many as the
// kernel before them has, are those of that kernel, and go on when it is done
// there.
#ifndef GAN_DIALECT_LAUNCHES_H
#define GAN_DIALECT_LAUNCHES_H

#include "dialect/GanOps.h"

namespace gan {

/// The attribute of a kernel, an i64.
inline constexpr llvm::StringLiteral launchAttribute = "gan.launch";

/// The attribute of a member that follows the one before it, a unit.
inline constexpr llvm::StringLiteral followsAttribute = "gan.follows";

/// Whether the kernel `op` is in one launch with the kernel that stands
/// directly before it.
bool continuesLaunch(mlir::Operation *op);

/// The kernels of the launch that begins with `first`, at least this one; none
/// where `first` continues a launch.
llvm::SmallVector<KernelOp> membersOfLaunch(KernelOp first);

/// Whether it also runs in the blocks of that kernel, after it.
bool followsInBlock(mlir::Operation *op);

} // namespace gan

#endif // GAN_DIALECT_LAUNCHES_H
