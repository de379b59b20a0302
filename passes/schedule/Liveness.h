// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Who reads which bytes, and when: views seen through.
#ifndef GAN_PASSES_SCHEDULE_LIVENESS_H
#define GAN_PASSES_SCHEDULE_LIVENESS_H

#include "dialect/GanOps.h"

#include "llvm/ADT/DenseMap.h"

namespace gan::schedule {

/// The value whose bytes `value` shows: itself, or what it is a view of.
mlir::Value rootOf(mlir::Value value);

int64_t bytesOf(mlir::Value value);

/// Whether elements of both take as many bytes: only then is what lies at an
/// index of one at that of the other.
bool haveSameWidth(mlir::Value a, mlir::Value b);

/// Whether `kernel` reads its operand `index` only at the index at which it
/// writes: its result may then take the same bytes. Relies on emitters
/// computing all results of an index before they store any, storing each once,
/// and keeping partial sums elsewhere.
bool readsAtOwnIndex(KernelOp kernel, unsigned index);

/// The readers of the roots of one function, in order. The kernels of one
/// launch (dialect/Launches.h) run at the same time: they have one position.
class Liveness {
public:
  static constexpr int64_t kEnd = INT64_MAX - 1; // read by the return

  explicit Liveness(mlir::Block &block);

  int64_t positionOf(mlir::Operation *op) const { return positions.lookup(op); }
  /// Position of the last op that reads `root`; its definition's where none
  /// does; `kEnd` if it is returned.
  int64_t lastRead(mlir::Value root) const;
  /// Whether an op that runs at the same time as `op` reads `root`.
  bool isReadBeside(mlir::Value root, mlir::Operation *op) const;

private:
  llvm::DenseMap<mlir::Operation *, int64_t>
      positions; // the first op is 1; arguments are at 0
  llvm::DenseMap<mlir::Value, llvm::SmallVector<mlir::Operation *>>
      readers; // in order
};

} // namespace gan::schedule

#endif // GAN_PASSES_SCHEDULE_LIVENESS_H
