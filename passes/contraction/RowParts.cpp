// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/RowParts.h"

#include "dialect/Arithmetic.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

// How much of each digit lies within a part; empty where parts do not fit.
static SmallVector<int64_t> cutDigits(const Problem &p) {
  SmallVector<int64_t> within(p.extents.size(), 1);
  SmallVector<int> digits(p.rows.leading.begin(), p.rows.leading.end());
  digits.push_back(p.rows.run);
  int64_t left = rowsOfPart;
  while (left > 1 && !digits.empty()) {
    int digit = digits.pop_back_val();
    int64_t extent = p.extents[digit];
    if (extent % left != 0 && left % extent != 0)
      return {};
    within[digit] = std::min(left, extent);
    left /= within[digit];
  }
  return left == 1 ? within : SmallVector<int64_t>();
}

// The digits of the axes in front of the last, each its whole axis; empty where
// one is not.
static SmallVector<int> digitsOf(ArrayRef<Coordinate> axes, const Problem &p) {
  SmallVector<int> digits;
  for (const Coordinate &axis : axes) {
    if (axis.terms.size() != 1 || axis.terms[0].factor != 1 ||
        axis.before != 0 || axis.extent != p.extents[axis.terms[0].digit])
      return {};
    digits.push_back(axis.terms[0].digit);
  }
  return digits;
}

// Whether the digits that a part has more than one of stand in memory in the
// order in which rows count them.
static bool areInOrder(ArrayRef<int> axes, const Problem &p,
                       ArrayRef<int64_t> within) {
  SmallVector<int> rows(p.rows.leading.begin(), p.rows.leading.end());
  rows.push_back(p.rows.run);
  auto isCut = [&](int digit) { return within[digit] > 1; };
  llvm::erase_if(rows, [&](int digit) { return !isCut(digit); });
  SmallVector<int> memory(axes);
  llvm::erase_if(memory, [&](int digit) { return !isCut(digit); });
  return rows == memory;
}

std::optional<RowParts> gan::rowPartsOf(const Problem &p) {
  if (p.filtering || p.overlap)
    return std::nullopt;
  ArrayRef<Coordinate> axes = p.c.axes;
  SmallVector<int> digits = digitsOf(axes.drop_back(), p);
  SmallVector<int64_t> within = cutDigits(p);
  if (digits.empty() || within.empty() || !p.isAlong(p.c, p.columns) ||
      !areInOrder(digits, p, within))
    return std::nullopt;
  RowParts parts;
  for (int digit : digits) {
    int64_t inside = within[digit], outside = p.extents[digit] / inside;
    parts.within.push_back(inside);
    if (inside == 1 || outside > 1) {
      parts.view.push_back(outside);
      parts.kept.push_back(outside);
    }
    if (inside > 1) {
      parts.added.push_back(parts.view.size());
      parts.view.push_back(inside);
    }
  }
  parts.within.push_back(1);
  parts.view.push_back(axes.back().extent);
  parts.kept.push_back(axes.back().extent);
  return parts;
}

Operation *gan::contractionBehind(Value value) {
  Operation *last = nullptr;
  llvm::SetVector<Operation *> chain;
  auto visit = [&](Value each) {
    Operation *op = each.getDefiningOp();
    if (!op)
      return;
    if (isContraction(op) && (!last || last->isBeforeInBlock(op)))
      last = op;
    if (op->hasTrait<OpTrait::Elementwise>())
      chain.insert(op);
  };
  visit(value);
  for (size_t i = 0; i < chain.size(); ++i)
    for (Value operand : chain[i]->getOperands())
      visit(operand);
  return last;
}

bool gan::isPartView(ReshapeOp view) {
  Operation *contraction = contractionBehind(view.getX());
  if (!contraction)
    return false;
  std::optional<RowParts> parts = rowPartsOf(Problem::of(contraction));
  return parts && cast<RankedTensorType>(view.getType()).getShape() ==
                      ArrayRef(parts->view);
}
