// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What TensorBuilder makes of positions: the largest elements, rows by index.
#include "frontend/TensorBuilder.h"

using namespace mlir;
using namespace gan;
using namespace gan::frontend;

Tensor TensorBuilder::position(ArrayRef<int64_t> shape, bool batched,
                               ArrayRef<int64_t> dims) {
  auto type = RankedTensorType::get(shape, builder.getI32Type());
  return {
      IotaOp::create(builder, loc, type, builder.getDenseI64ArrayAttr(dims)),
      batched};
}

Tensor TensorBuilder::argmax(Tensor x, const Axes &axes, bool keep) {
  x = toReal(x);
  Reduced reduced = reduce(x, axes);
  auto type = RankedTensorType::get(reduced.shape, builder.getI32Type());
  Tensor y = {
      reduced.dims.empty()
          ? ConstantOp::create(builder, loc, DenseElementsAttr::get(type, 0))
                .getResult()
          : ArgmaxOp::create(builder, loc, type, x.value,
                             builder.getDenseI64ArrayAttr(reduced.dims))
                .getResult(),
      reduced.batched};
  return keep ? reshapeWhole(y, reduced.kept, reduced.batched) : y;
}

// sum(select(iota == argmax(x), x, 0)): of all elements only the first of the
// largest is not zero, so that the sum is exact in any order. A product instead
// of the choice would make NaN of infinities.
Tensor TensorBuilder::maximum(Tensor x, const Axes &axes, bool keep) {
  x = toReal(x);
  Reduced reduced = reduce(x, axes);
  if (reduced.dims.empty())
    return x;
  Tensor place = position(x.getShape(), x.batched, reduced.dims);
  Result isLargest =
      compare(ComparePredicate::EQ, place, argmax(x, axes, /*keep=*/true));
  return sum(*select(*isLargest, x, constant(0)), axes, keep);
}

// Bounded, so that a row of -infinity, which attention masks make, gives
// -infinity and not NaN. The bound is finite in f32.
Tensor TensorBuilder::belowMaximum(Tensor x, const Axes &axes, Tensor &shift) {
  x = toReal(x);
  const double most = 3e38;
  Tensor bounded = *binary<MinOp>(constant(most), maximum(x, axes, true));
  bounded = *binary<MaxOp>(constant(-most), bounded);
  shift = unary<StopGradientOp>(bounded);
  return *binary<SubOp>(x, shift);
}

Tensor TensorBuilder::dropAxes(Tensor x, const Axes &axes) {
  Reduced reduced = reduce(x, Axes{axes.item, /*batch=*/false});
  return reshapeWhole(x, reduced.shape, x.batched);
}

// All elements but the last begin a whole step: the first of each row when the
// axis is split into rows of one step.
Tensor TensorBuilder::stridedSlice(Tensor x, int64_t axis, int64_t offset,
                                   int64_t extent, int64_t step) {
  int64_t whole = (extent - 1) / step;
  Tensor last = slice(x, axis, offset + whole * step, 1);
  if (whole == 0)
    return last;
  Tensor box = slice(x, axis, offset, whole * step);
  SmallVector<int64_t> rows(box.getShape()), firsts(rows);
  firsts[axis] = rows[axis] = whole;
  rows.insert(rows.begin() + axis + 1, step);
  Tensor split = reshapeWhole(box, rows, x.batched);
  Tensor first = reshapeWhole(slice(split, axis + 1, 0, 1), firsts, x.batched);
  bool overBatch = x.batched && axis == 0;
  return *concat({first, last}, axis - (x.batched ? 1 : 0), overBatch);
}

TensorBuilder::Result TensorBuilder::oneHot(Tensor classes, int64_t n) {
  if (n < 1) {
    site.error("one_hot needs at least one class, but found ") << n;
    return std::nullopt;
  }
  SmallVector<int64_t> shape(classes.getShape());
  shape.push_back(n);
  if (!fits(shape))
    return std::nullopt;
  SmallVector<int64_t> column(classes.getItemShape()), row(column.size(), 1);
  column.push_back(1);
  row.push_back(n);
  Tensor range = position(row, /*batched=*/false, row.size() - 1);
  Result equal =
      compare(ComparePredicate::EQ, *reshape(classes, column), range);
  return equal ? Result(toReal(*equal)) : std::nullopt;
}
