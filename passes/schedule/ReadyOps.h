// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which ops of a block may come next.
#ifndef GAN_PASSES_SCHEDULE_READYOPS_H
#define GAN_PASSES_SCHEDULE_READYOPS_H

#include "mlir/IR/Operation.h"

namespace gan::schedule {

/// The ops that are not taken yet and whose operands have been computed, in
/// the order in which they are written.
class ReadyOps {
public:
  /// `written`: all ops of a block but its terminator, as they stand.
  explicit ReadyOps(llvm::ArrayRef<mlir::Operation *> written);

  llvm::ArrayRef<mlir::Operation *> get() const { return ops; }
  /// Whether `op` becomes ready when `other` is taken.
  bool waitsOnlyFor(mlir::Operation *op, mlir::Operation *other) const;
  /// Takes the op at `index`; those that waited for it alone become ready.
  mlir::Operation *take(size_t index);

private:
  llvm::DenseMap<mlir::Operation *, size_t> positions, missing;
  llvm::SmallVector<mlir::Operation *> ops;
};

} // namespace gan::schedule

#endif // GAN_PASSES_SCHEDULE_READYOPS_H
