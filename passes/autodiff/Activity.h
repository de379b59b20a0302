// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which values a gradient has to do with, found before anything is built.
#ifndef GAN_PASSES_AUTODIFF_ACTIVITY_H
#define GAN_PASSES_AUTODIFF_ACTIVITY_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseSet.h"

namespace gan::autodiff {

/// The part of a block between the `xs` and the `y` of a gradient.
struct Activity {
  /// Real values that depend on some x along differentiable ops; the xs
  /// themselves too.
  llvm::DenseSet<mlir::Value> varied;
  /// The ops with a varied result on which y depends, in the order of the
  /// block.
  llvm::SmallVector<mlir::Operation *> ops;
};

/// Analyses what `y` owes to `xs`, which are defined in the block of `y` or as
/// its arguments, by paths that lead through none of `variables` (the xs and
/// those whose gradient nobody reads). Fails, with a message at the op and a
/// note at `grad`, where an op on the way has no derivative.
mlir::FailureOr<Activity> analyseActivity(mlir::Value y, mlir::ValueRange xs,
                                          mlir::ValueRange variables,
                                          mlir::Location grad);

} // namespace gan::autodiff

#endif // GAN_PASSES_AUTODIFF_ACTIVITY_H
