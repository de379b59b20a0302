// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The sums of a reduction kernel, and how one part of them is added: what every
// target does alike.
#ifndef GAN_PASSES_CODEGEN_SUMS_H
#define GAN_PASSES_CODEGEN_SUMS_H

#include "passes/codegen/ReductionNest.h"

namespace gan {

/// What `#gan.order` says of a sum over `length` elements; absent: one part,
/// one lane.
struct SumOrder {
  SumOrder(SumOp sum, int64_t length);
  int64_t splits = 1, lanes = 1;
  int64_t part;  // elements of one
  bool isRagged; // some part does not fill its lanes
};

/// The sums of one kernel: alike in shape, axes and order, they share one loop
/// nest.
struct Sums {
  /// Reports where there is none, where they are not alike, or where the kernel
  /// yields something else.
  static mlir::FailureOr<Sums> of(KernelBuilder &k);

  KernelBuilder &k;
  llvm::SmallVector<SumOp> ops;
  ReductionNest nest;
  SumOrder order;

  mlir::Type element() { return mlir::getElementTypeOrSelf(ops[0].getX()); }
  llvm::SmallVector<mlir::Value> zeros(int64_t each, int64_t width);
  /// The elements [from, to) of part number `p`; none behind the last.
  std::pair<mlir::Value, mlir::Value> bounds(mlir::Value p);

  /// The addends of all sums.
  llvm::SmallVector<mlir::Value> at(mlir::Value output, mlir::Value position,
                                    int64_t width, bool alongKept);
  /// Of [from, to), for `width` neighbouring outputs, a register per lane of
  /// the order:  for i by lanes: for l: acc[l] += x[i + l]
  llvm::SmallVector<mlir::Value> add(mlir::Value output, mlir::Value from,
                                     mlir::Value to, int64_t width);
  /// x added where `position` lies in front of `to`.
  mlir::Value addBefore(mlir::Value to, mlir::Value position, mlir::Value sum,
                        mlir::Value x);
  /// The last element instead of one behind it.
  mlir::Value within(mlir::Value position);
  /// Halving: l with l + n / 2, until one is left.
  mlir::Value join(llvm::SmallVector<mlir::Value> lanes);

  /// Stores what the kernel makes of `totals` at `output`.
  void store(mlir::Value output, int64_t width,
             llvm::ArrayRef<mlir::Value> totals);
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_SUMS_H
