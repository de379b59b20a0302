// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/ConvolutionProblem.h"

#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace mlir;
using namespace gan;

// So few columns are worth an exchange with the rows where that costs
// nothing; so few, where the other operand must then be transposed.
static constexpr int64_t fewColumns = 15, veryFewColumns = 4;

int64_t Operand::stride(int digit) const {
  int64_t stride = 0;
  for (const Coordinate &axis : axes) {
    stride *= axis.extent;
    for (Coordinate::Term term : axis.terms)
      if (term.digit == digit)
        stride += term.factor;
  }
  return stride;
}

int Problem::digit(int64_t extent) {
  extents.push_back(extent);
  return extents.size() - 1;
}

int64_t Problem::runs(const Space &space) const {
  int64_t count = 1;
  for (int digit : space.leading)
    count *= extents[digit];
  return count;
}

int64_t Problem::fixedCount() const {
  int64_t count = extents[batch];
  for (const Phase &phase : phases)
    count *= extents[phase.residue];
  return count;
}

bool Problem::mayLeave(const Coordinate &coordinate) const {
  int64_t low = -coordinate.before, high = low;
  for (auto [digit, factor] : coordinate.terms)
    (factor < 0 ? low : high) += factor * (extents[digit] - 1);
  return low < 0 || high >= coordinate.extent;
}

bool Problem::mayLeave(const Operand &operand) const {
  return llvm::any_of(operand.axes, [&](auto &axis) { return mayLeave(axis); });
}

bool Problem::isAlong(const Operand &operand, const Space &space) const {
  ArrayRef<Coordinate::Term> terms = operand.axes.back().terms;
  return terms.back().digit == space.run && terms.back().factor == 1;
}

bool Problem::isCut(const Operand &operand, const Space &space) const {
  return llvm::any_of(operand.axes, [&](const Coordinate &axis) {
    return mayLeave(axis) && llvm::any_of(axis.terms, [&](auto term) {
             return term.digit == space.run;
           });
  });
}

int64_t Problem::part() const { return llvm::divideCeil(count(k), splits); }

// k = (.., run) becomes (.., run / length, run mod length).
void Problem::splitRun(int64_t length) {
  int run = k.run, high = digit(extents[run] / length), low = digit(length);
  for (Operand *operand : {&a, &b})
    for (Coordinate &axis : operand->axes)
      for (size_t i = 0; i < axis.terms.size(); ++i)
        if (int64_t factor = axis.terms[i].factor; axis.terms[i].digit == run) {
          axis.terms[i] = {high, factor * length};
          axis.terms.push_back({low, factor});
        }
  k.leading.push_back(high);
  k.run = low;
}

void Problem::exchange() {
  std::swap(a, b);
  std::swap(rows, columns);
}

static ArrayRef<int64_t> shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

// Digits b, m, n, k; two matrices are a batch of one.
static Problem matmul(MatmulOp op) {
  Problem p;
  bool ta = op.getTransposeA(), tb = op.getTransposeB();
  ArrayRef<int64_t> y = shapeOf(op.getY());
  bool isBatched = y.size() == 3;
  int64_t rows = y[y.size() - 2], columns = y.back(),
          inner = shapeOf(op.getA())[y.size() - (ta ? 2 : 1)];
  p.extents = {isBatched ? y[0] : 1, rows, columns, inner};
  p.rows.run = 1;
  p.columns.run = 2;
  p.k.run = 3;
  auto matrix = [&](Value tensor, int row, int column, bool isTransposed) {
    if (isTransposed)
      std::swap(row, column);
    Operand operand{tensor, {}};
    if (isBatched)
      operand.axes.push_back({p.extents[0], {{0, 1}}});
    for (int digit : {row, column})
      operand.axes.push_back({p.extents[digit], {{digit, 1}}});
    return operand;
  };
  p.a = matrix(op.getA(), 1, 3, ta);
  p.b = matrix(op.getB(), 3, 2, tb);
  p.c = matrix(op.getY(), 1, 2, /*isTransposed=*/false);
  return p;
}

Problem Problem::of(Operation *op) {
  auto order = op->getAttrOfType<OrderAttr>("order");
  Problem p;
  if (auto product = dyn_cast<MatmulOp>(op))
    p = matmul(product);
  else if (auto tile = op->getAttrOfType<IntegerAttr>("winograd"))
    p = winogradProblem(op, Convolution::of(op), tile.getInt());
  else if (op->hasAttr("col2im"))
    p = col2imProblem(Convolution::of(op));
  else
    p = convolutionProblem(op, Convolution::of(op));
  if (order)
    p.splits = order.getSplits();
  // A part begins and ends where a run does.
  int64_t run = p.extents[p.k.run];
  if (p.splits > 1 && p.part() % run != 0)
    p.splitRun(std::gcd(p.part(), run));
  int64_t columns = p.count(p.columns);
  bool transposes = !p.isAlong(p.a, p.rows);
  if (!p.skips && !p.filtering && !p.overlap &&
      p.extents[p.rows.run] > columns &&
      columns <= (transposes ? veryFewColumns : fewColumns) &&
      !(transposes && p.isCut(p.a, p.k)) && !p.mayLeave(p.c))
    p.exchange();
  return p;
}
