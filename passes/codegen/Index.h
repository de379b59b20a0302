// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where in a tensor an element is: a row-major number in mixed radix.
#ifndef GAN_PASSES_CODEGEN_INDEX_H
#define GAN_PASSES_CODEGEN_INDEX_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

namespace gan {

/// One digit: 0 <= value < extent, value an i64.
struct Digit {
  int64_t extent;
  mlir::Value value;
};

/// The digits of one element's row-major number, most significant first. The
/// product of the extents is the number of elements of the tensor; digits need
/// not agree with its axes, so the same index serves every reshape of the
/// tensor.
///
/// With `lanes` > 1 the index stands for that many elements: digit `lane` has
/// values v, v + 1, .. v + lanes - 1, all below its extent; with `lane` = -1
/// they are all the same element.
struct Index {
  llvm::SmallVector<Digit, 4> digits;
  int64_t lanes = 1;
  int lane = -1;
  bool aligned = false; // digit `lane` is a multiple of `lanes`

  /// How far apart neighbouring lanes are, in elements: 0 with `lane` = -1.
  int64_t laneStride() const;
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_INDEX_H
