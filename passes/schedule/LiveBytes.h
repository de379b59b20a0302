// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How much is live while the ops of a block are taken in some order.
#ifndef GAN_PASSES_SCHEDULE_LIVEBYTES_H
#define GAN_PASSES_SCHEDULE_LIVEBYTES_H

#include "passes/schedule/Liveness.h"

namespace gan::schedule {

/// Counts the bytes of temporaries; arguments live anyway, views have none.
class LiveBytes {
public:
  explicit LiveBytes(mlir::Block &block);

  /// By how much the live memory grows with the op, and shrinks after it.
  int64_t growth(mlir::Operation *op) const;
  int64_t release(mlir::Operation *op) const;
  /// Takes ops that run at the same time, often one: nothing that one of them
  /// reads is released before all are done.
  void take(llvm::ArrayRef<mlir::Operation *> ops);

  /// The most that was live so far.
  int64_t peak = 0;

private:
  llvm::DenseMap<mlir::Value, int64_t> readers; // that are still to come
  int64_t live = 0;
};

} // namespace gan::schedule

#endif // GAN_PASSES_SCHEDULE_LIVEBYTES_H
