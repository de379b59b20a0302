// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where a contraction finds its operands and puts its result: digits of the
// problem become coordinates, these an index.
#ifndef GAN_PASSES_CODEGEN_CONTRACTION_ADDRESSING_H
#define GAN_PASSES_CODEGEN_CONTRACTION_ADDRESSING_H

#include "passes/codegen/KernelBuilder.h"
#include "passes/contraction/RowParts.h"

namespace gan {

/// What every target's contraction builds on. `digits` say where the emission
/// stands; the functions that set them come before those that read them.
class Addressing {
public:
  Addressing(KernelBuilder &k, mlir::Operation *op);

protected:
  KernelBuilder &k;
  Problem p;
  mlir::Type type; // of all elements
  llvm::SmallVector<mlir::Value> digits;

  /// The lowest digit of `number` in radix `count`, which leaves it.
  mlir::Value take(mlir::Value &number, int64_t count);
  /// The digits that are fixed per tile, from their number in
  /// [0, p.fixedCount()).
  void setFixed(mlir::Value number);
  /// The leading digits of `space`, from the number of a run.
  void setRun(const Space &space, mlir::Value run);
  /// All digits of `space`, from a number in [0, p.count(space)).
  void setPosition(const Space &space, mlir::Value position);

  mlir::Value coordinate(const Coordinate &axis);
  /// Whether all coordinates lie in their axes; null where they always do.
  mlir::Value isInside(llvm::ArrayRef<Coordinate> axes);
  mlir::Value isInside(const Operand &operand) {
    return isInside(operand.axes);
  }
  void whenInside(llvm::ArrayRef<Coordinate> axes,
                  llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise = nullptr);
  void whenInside(const Operand &operand, llvm::function_ref<void()> then,
                  llvm::function_ref<void()> otherwise = nullptr) {
    whenInside(operand.axes, then, otherwise);
  }
  /// The runs [from, to) of part number `part` of k.
  std::pair<mlir::Value, mlir::Value> runsOf(mlir::Value part);

  /// Lanes run along axis `laneAxis`.
  Index index(const Operand &operand, int64_t lanes = 1, int laneAxis = -1);
  /// Of the results of a part of the rows: that of the row where the emission
  /// stands. Lanes run along the columns.
  Index index(const RowParts &parts, int64_t lanes = 1);
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CONTRACTION_ADDRESSING_H
