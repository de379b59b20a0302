// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums over parts of the rows (RowParts) as further results of a contraction:
// what every target does alike.
#ifndef GAN_PASSES_CODEGEN_CONTRACTION_PARTSUMS_H
#define GAN_PASSES_CODEGEN_CONTRACTION_PARTSUMS_H

#include "passes/codegen/KernelBuilder.h"

namespace gan {

/// The rows of one part, one after the other: the target's loop. It defines the
/// contraction's result at each index and asks `body` for the next sums.
using RowBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    const Index &at, mlir::ValueRange sums)>;
using RowLoop = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::ValueRange zeros, RowBody body)>;

class PartSums {
public:
  /// Of the kernel of `k`, whose contraction gives `hero`.
  PartSums(KernelBuilder &k, mlir::Value hero);
  bool empty() const { return waves.empty(); }
  /// Stores all that the kernel yields of one part: first its rows, then the
  /// sums, at `part`, an index of theirs. Each sum begins with 0 and takes one
  /// row after the other; what needs a sum of the part goes over the rows
  /// again.
  void store(const Index &part, RowLoop forRows);

private:
  struct Wave {
    llvm::SmallVector<SumOp> sums;
    llvm::SmallVector<BroadcastOp> spread; // of what is known of the part
  };

  KernelBuilder &k;
  mlir::Value hero;
  llvm::SmallVector<Wave> waves; // each needs the sums of those before it
  llvm::SmallVector<unsigned> ofRows, ofParts; // outputs
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CONTRACTION_PARTSUMS_H
