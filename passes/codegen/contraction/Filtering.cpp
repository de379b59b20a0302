// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Winograd's minimal filtering: transforms of patches in scratch, of what a
// kernel reads, and of sums.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/FormatVariadic.h"

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
  auto numberLike = [&](Value value, double factor) {
    auto vector = dyn_cast<VectorType>(value.getType());
    return k.number(getElementTypeOrSelf(value), factor,
                    vector ? vector.getNumElements() : 1);
  };
  int64_t first = 0;
  while (matrix.at(row, first) <= 0)
    ++first;
  Value sum = x(first);
  if (double factor = matrix.at(row, first); factor != 1)
    sum = arith::MulFOp::create(k.b, k.loc, sum, numberLike(sum, factor));
  for (int64_t column = matrix.columns - 1; column >= 0; --column) {
    double factor = matrix.at(row, column);
    if (column == first || factor == 0)
      continue;
    Value value = x(column);
    if (factor == 1)
      sum = arith::AddFOp::create(k.b, k.loc, sum, value);
    else if (factor == -1)
      sum = arith::SubFOp::create(k.b, k.loc, sum, value);
    else
      sum = math::FmaOp::create(k.b, k.loc, value, numberLike(value, factor),
                                sum);
  }
  return sum;
}

// M X M^T, of a patch and the result row by row.
static SmallVector<Value> transformed(KernelBuilder &k, const SmallMatrix &m,
                                      ArrayRef<Value> x) {
  SmallVector<Value> half, y;
  for (int64_t row = 0; row < m.rows; ++row)
    for (int64_t column = 0; column < m.columns; ++column)
      half.push_back(combine(k, m, row, [&](int64_t from) {
        return x[from * m.columns + column];
      }));
  for (int64_t row = 0; row < m.rows; ++row)
    for (int64_t column = 0; column < m.rows; ++column)
      y.push_back(combine(k, m, column, [&](int64_t from) {
        return half[row * m.columns + from];
      }));
  return y;
}

static Value bitOf(KernelBuilder &k, Value bits, int64_t place) {
  Value bit =
      arith::AndIOp::create(k.b, k.loc, bits, k.constant(int64_t(1) << place));
  return arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ne, bit,
                               k.constant(0));
}

// Where the places of a patch begin, row by row: at source + row * rowStride +
// column * columnStride. `frame`: rows, columns and zeros, or nothing.
static SmallVector<Value> placesOf(KernelBuilder &k, int64_t side, Type element,
                                   Value source, Value rowStride,
                                   Value columnStride, ValueRange frame) {
  SmallVector<Value> places;
  for (int64_t row = 0; row < side; ++row)
    for (int64_t column = 0; column < side; ++column) {
      Value at = k.add(k.mul(rowStride, row), k.mul(columnStride, column)),
            place = k.advance(source, element, at);
      if (!frame.empty()) {
        Value inside = arith::AndIOp::create(
            k.b, k.loc, bitOf(k, frame[0], row), bitOf(k, frame[1], column));
        place = arith::SelectOp::create(k.b, k.loc, inside, place, frame[2]);
      }
      places.push_back(place);
    }
  return places;
}

// Neighbours of each place of a patch, `count` vectors of `lanes`, become those
// of its transform, in a function of (ptr source, i64 rowStride, i64
// columnStride, ptr target, i64 size, i64 count) and a frame, where place (i,
// j) is at source[i * rowStride + j * columnStride], and number n of the result
// at target[n * size]. Of each vector all is read before any is written.
void Contraction::callTransform(const SmallMatrix &m, int64_t lanes,
                                SmallVector<Value> arguments,
                                const Frame &frame) {
  if (frame.rows)
    arguments.append({frame.rows, frame.columns, frame.zeros});
  auto body = [&](KernelBuilder &k, ValueRange given) -> SmallVector<Value> {
    SmallVector<Value> places = placesOf(k, m.columns, type, given[0], given[1],
                                         given[2], given.drop_front(6));
    k.loop(k.constant(0), k.mul(given[5], lanes), lanes, [&](Value i) {
      SmallVector<Value> x;
      for (Value place : places)
        x.push_back(k.load(place, type, i, lanes));
      for (auto [number, y] : llvm::enumerate(transformed(k, m, x)))
        k.store(y, given[3], k.add(k.mul(given[4], number), i));
    });
    return {};
  };
  std::string name = llvm::formatv("transform_{0}_{1}x{2}{3}", m.name, type,
                                   lanes, frame.rows ? "_framed" : "");
  k.callShared(name, arguments, {}, body);
}

// What lies place by place in `buffer`, `size` elements each.
void Contraction::transformAt(const Patches &patches, Value buffer,
                              int64_t size, const Stretch &stretch) {
  Value place = k.advance(buffer, type, stretch.at);
  int64_t side = patches.matrix.columns;
  callTransform(patches.matrix, stretch.lanes,
                {place, k.constant(side * size), k.constant(size), place,
                 k.constant(size), stretch.count},
                {});
}

// Where a patch begins in a tensor that the kernel reads, though it may begin
// outside, also along an axis of extent 1.
Value Contraction::beginOf(const PatchRun &run) {
  for (int digit : run.patches.digits)
    digits[digit] = k.constant(0);
  Value offset = k.constant(0);
  Index first;
  for (const Coordinate &axis : run.operand.axes) {
    offset = k.add(k.mul(offset, axis.extent), coordinate(axis));
    first.digits.push_back({axis.extent, k.constant(0)});
  }
  return k.advance(k.addressOf(run.operand.tensor, first), type, offset);
}

void Contraction::transformFrom(const PatchRun &run, const Stretch &stretch,
                                const Frame &frame) {
  auto [row, column] = run.patches.digits;
  callTransform(run.patches.matrix, stretch.lanes,
                {beginOf(run), k.constant(run.operand.stride(row)),
                 k.constant(run.operand.stride(column)),
                 k.advance(run.buffer, type, stretch.at), k.constant(run.size),
                 stretch.count},
                frame);
}

void Contraction::transform(const Patches &patches, Value buffer,
                            int64_t size) {
  transformAt(patches, buffer, size,
              {k.constant(0), k.constant(size / layout.lanes), layout.lanes});
}
