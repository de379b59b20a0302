// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What Winograd's minimal filtering adds around packing and storing: patches
// are packed place by place, then transformed where they lie.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/FormatVariadic.h"

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

// `lanes` neighbours of each place of a patch become those of its transform, in
// a function of (ptr source, i64 rowStride, i64 columnStride, ptr target, i64
// size), where place (i, j) is at source[i * rowStride + j * columnStride], and
// number n of the result at target[n * size]. All is read before any is
// written.
static void callTransform(KernelBuilder &caller, const SmallMatrix &m,
                          Type element, int64_t lanes, ValueRange arguments) {
  auto body = [&](KernelBuilder &k, ValueRange given) -> SmallVector<Value> {
    SmallVector<Value> x;
    for (int64_t row = 0; row < m.columns; ++row)
      for (int64_t column = 0; column < m.columns; ++column) {
        Value at = k.add(k.mul(given[1], row), k.mul(given[2], column));
        x.push_back(k.load(given[0], element, at, lanes));
      }
    for (auto [number, y] : llvm::enumerate(transformed(k, m, x)))
      k.store(y, given[3], k.mul(given[4], number));
    return {};
  };
  std::string name =
      llvm::formatv("transform_{0}_{1}x{2}", m.name, element, lanes);
  caller.callShared(name, arguments, {}, body);
}

// What lies place by place in `buffer`, `size` elements each.
void Contraction::transformAt(const Patches &patches, Value buffer,
                              int64_t size, Value at, int64_t lanes) {
  Value place = k.advance(buffer, type, at);
  int64_t side = patches.matrix.columns;
  callTransform(k, patches.matrix, type, lanes,
                {place, k.constant(side * size), k.constant(size), place,
                 k.constant(size)});
}

// What lies in a tensor that the kernel reads, inside it.
void Contraction::transformFrom(const Patches &patches, const Operand &operand,
                                Value buffer, int64_t size, Value at,
                                int64_t lanes) {
  for (int digit : patches.digits)
    digits[digit] = k.constant(0);
  callTransform(k, patches.matrix, type, lanes,
                {k.addressOf(operand.tensor, index(operand)),
                 k.constant(operand.stride(patches.digits[0])),
                 k.constant(operand.stride(patches.digits[1])),
                 k.advance(buffer, type, at), k.constant(size)});
}

void Contraction::transform(const Patches &patches, Value buffer,
                            int64_t size) {
  k.loop(k.constant(0), k.constant(size), layout.lanes,
         [&](Value i) { transformAt(patches, buffer, size, i, layout.lanes); });
}

// ---- packing

// Whether a patch lies inside: its first and its last place do. Null where all
// patches do.
Value Contraction::isInside(const Patches &patches, const Operand &operand) {
  auto corner = [&](int64_t place) {
    for (int digit : patches.digits)
      digits[digit] = k.constant(place);
    return isInside(operand);
  };
  Value first = corner(0);
  if (!first)
    return first;
  Value last = corner(p.extents[patches.digits[0]] - 1);
  return arith::AndIOp::create(k.b, k.loc, first, last);
}

// What is only read is transformed on its way, except at the border, where what
// is outside has to be told place by place; what has a prologue is computed
// place by place.
void Contraction::packPatches(const Patches &patches, const Operand &operand,
                              const Space &slow, const Span &slowSpan,
                              const Space &fast, const Span &fastSpan,
                              int64_t width, Value buffer, int64_t size,
                              function_ref<Value(Value, Value)> place) {
  bool isPlain = isa<BlockArgument>(operand.tensor);
  auto packInside = [&](Value at, int64_t lanes) {
    transformFrom(patches, operand, buffer, size, at, lanes);
  };
  auto packBorder = [&](Value at, int64_t lanes) {
    Value first = buffer;
    forEachPlace(patches, first, size, [&] {
      whenInside(
          operand, [&] { k.store(element(operand, lanes), first, at); },
          [&] { k.store(k.number(type, 0, lanes), first, at); });
    });
    transformAt(patches, buffer, size, at, lanes);
  };
  auto packRun = [&](Value slowAt, Value fastRun,
                     function_ref<void(Value, int64_t)> pack) {
    forEachMember(fast, fastSpan, width, [&](Value member, int64_t lanes) {
      pack(place(slowAt, k.add(fastRun, member)), lanes);
    });
  };
  forEachRun(slow, slowSpan, [&](Value slowRun) {
    forEachMember(slow, slowSpan, 1, [&](Value slowMember, int64_t) {
      Value slowAt = k.add(slowRun, slowMember);
      forEachRun(fast, fastSpan, [&](Value fastRun) {
        digits[fast.run] = fastSpan.member;
        auto whole = [&] { packRun(slowAt, fastRun, packInside); };
        auto border = [&] { packRun(slowAt, fastRun, packBorder); };
        if (!isPlain)
          return border();
        if (Value inside = isInside(patches, operand))
          k.when(inside, whole, border);
        else
          whole();
      });
    });
  });
}

void Contraction::packPatchesA(const Span &rows, const Span &depth) {
  auto place = [&](Value slow, Value fast) {
    return k.add(k.mul(slow, layout.aStride), fast);
  };
  const Patches &patches = p.filtering->a;
  if (layout.aByRows)
    packPatches(patches, p.a, p.rows, rows, p.k, depth, layout.lanes, a,
                layout.aSize, place);
  else
    packPatches(patches, p.a, p.k, depth, p.rows, rows, layout.lanes, a,
                layout.aSize, place);
}

// What has to be transposed is packed place by place, and transformed then.
void Contraction::packPatchesB(const Span &columns, const Span &depth) {
  const Patches &patches = p.filtering->b;
  if (p.isAlong(p.b, p.k)) {
    forEachPlace(patches, b, layout.bSize, [&] { packB(columns, depth); });
    return transform(patches, b, layout.bSize);
  }
  packPatches(patches, p.b, p.k, depth, p.columns, columns,
              fitsPanels(layout.lanes) ? layout.lanes : 1, b, layout.bSize,
              [&](Value step, Value column) { return placeInB(column, step); });
}

void Contraction::packBoth(const Span &rows, const Span &columns,
                           const Span &depth) {
  if (p.filtering) {
    packPatchesB(columns, depth);
    packPatchesA(rows, depth);
    return;
  }
  if (layout.usesAmx)
    clearLastSteps(rows, columns, depth);
  if (!layout.bInPlace)
    packB(columns, depth);
  if (!layout.aInPlace)
    packA(rows, depth);
  if (layout.usesAmx)
    pairSteps(rows, columns, depth);
}
