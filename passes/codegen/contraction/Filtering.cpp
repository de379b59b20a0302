// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What Winograd's minimal filtering adds around packing and storing: patches
// are packed place by place, then transformed where they lie.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using namespace gan;

// For each place of a patch, row by row: its digits are set, and `buffer` is
// that of its number, `size` elements each.
void Contraction::forEachPlace(const Patches &patches, Value &buffer,
                               int64_t size, function_ref<void()> body) {
  Value first = buffer;
  int64_t side = p.extents[patches.digits[0]];
  k.loop(k.constant(0), k.constant(side), 1, [&](Value row) {
    k.loop(k.constant(0), k.constant(side), 1, [&](Value column) {
      digits[patches.digits[0]] = row;
      digits[patches.digits[1]] = column;
      Value number = k.add(k.mul(row, side), column);
      buffer = k.advance(first, type, k.mul(number, size));
      body();
    });
  });
  buffer = first;
}

// Sum of factor * x over one row of a matrix: the first with a factor above 0,
// then the others from the last on, so that rows that differ in the sign of a
// middle one share the sum of the outer ones.
static Value combine(KernelBuilder &k, const SmallMatrix &matrix, int64_t row,
                     function_ref<Value(int64_t)> x) {
  auto scaled = [&](int64_t column) {
    double factor = std::abs(matrix.at(row, column));
    Value value = x(column);
    if (factor == 1)
      return value;
    Type type = getElementTypeOrSelf(value);
    auto vector = dyn_cast<VectorType>(value.getType());
    Value number = k.number(type, factor, vector ? vector.getNumElements() : 1);
    return arith::MulFOp::create(k.b, k.loc, value, number).getResult();
  };
  int64_t first = 0;
  while (matrix.at(row, first) <= 0)
    ++first;
  Value sum = scaled(first);
  for (int64_t column = matrix.columns - 1; column >= 0; --column) {
    double factor = matrix.at(row, column);
    if (column == first || factor == 0)
      continue;
    if (factor > 0)
      sum = arith::AddFOp::create(k.b, k.loc, sum, scaled(column));
    else
      sum = arith::SubFOp::create(k.b, k.loc, sum, scaled(column));
  }
  return sum;
}

// X becomes M X M^T, number by number of `size`: all of a patch is read before
// any is written.
void Contraction::transform(const Patches &patches, Value buffer,
                            int64_t size) {
  const SmallMatrix &matrix = patches.matrix;
  auto place = [&](Value i, int64_t number) {
    return k.add(i, k.constant(number * size));
  };
  k.loop(k.constant(0), k.constant(size), layout.lanes, [&](Value i) {
    SmallVector<Value> x, half(matrix.rows * matrix.columns);
    for (int64_t number = 0; number < patches.count(); ++number)
      x.push_back(k.load(buffer, type, place(i, number), layout.lanes));
    for (int64_t row = 0; row < matrix.rows; ++row)
      for (int64_t column = 0; column < matrix.columns; ++column)
        half[row * matrix.columns + column] =
            combine(k, matrix, row, [&](int64_t from) {
              return x[from * matrix.columns + column];
            });
    for (int64_t row = 0; row < matrix.rows; ++row)
      for (int64_t column = 0; column < matrix.rows; ++column) {
        Value y = combine(k, matrix, column, [&](int64_t from) {
          return half[row * matrix.columns + from];
        });
        k.store(y, buffer, place(i, row * matrix.rows + column));
      }
  });
}

void Contraction::packBoth(const Span &rows, const Span &columns,
                           const Span &depth) {
  if (!p.filtering) {
    packB(columns, depth);
    return packA(rows, depth);
  }
  forEachPlace(p.filtering->b, b, layout.bSize, [&] { packB(columns, depth); });
  transform(p.filtering->b, b, layout.bSize);
  forEachPlace(p.filtering->a, a, layout.aSize, [&] { packA(rows, depth); });
  transform(p.filtering->a, a, layout.aSize);
}
