// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which parts of an operand are boxes of a tensor, so that TMA can copy them.
#ifndef GAN_PASSES_CODEGEN_NVPTX_TENSORBOX_H
#define GAN_PASSES_CODEGEN_NVPTX_TENSORBOX_H

#include "passes/contraction/Problem.h"

namespace gan {

/// What a driver is told of a kernel's argument, so that the kernel can copy
/// boxes of it (cuTensorMapEncodeTiled).
struct TensorMap {
  /// From the innermost one on. A copy spans `box` elements and takes every
  /// `step`th; `stride` is in bytes.
  struct Axis {
    int64_t extent, stride, box, step;
  };
  unsigned argument = 0; // of the kernel
  mlir::Type element;
  int64_t rowBytes = 0; // of a box, which is what the swizzle spans
  llvm::SmallVector<Axis, 5> axes;

  int64_t bytesOfBox() const;
};

/// A box of an operand: where it is, say the axes of the operand.
struct TensorBox {
  TensorMap map;                       // without the argument
  llvm::SmallVector<unsigned, 5> axes; // of the operand, for each of the map's
};

/// `wide` neighbours of `fast`, which lie side by side in memory, by `count`
/// neighbours of `slow`, of an operand whose elements are `element`; both
/// begin at multiples of what they are. The rows of the box are in the order of
/// `slow`; whatever lies outside of the tensor is 0. Nothing where this is no
/// box: a digit is cut, goes backwards, or moves two axes, or where no TMA
/// could copy it.
std::optional<TensorBox> findBox(const Problem &problem, const Operand &operand,
                                 mlir::Type element, const Space &fast,
                                 int64_t wide, const Space &slow,
                                 int64_t count);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_TENSORBOX_H
