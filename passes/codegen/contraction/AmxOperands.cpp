// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where AMX multiplies, rows of k are packed as bf16; what was packed k by k
// becomes pairs of bf16, 32 steps at a time, in the place of their first half.
#include "dialect/Arithmetic.h"
#include "passes/codegen/contraction/AmxProduct.h"
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace gan;

static constexpr int64_t side = AmxProduct::side;

// Subnormal numbers become 0, as they would in the product.
Value Contraction::roundedForAmx(Value elements) {
  auto vector = dyn_cast<VectorType>(elements.getType());
  Type type = KernelBuilder::widen(k.b.getBF16Type(),
                                   vector ? vector.getNumElements() : 1);
  return arith::TruncFOp::create(k.b, k.loc, type, elements);
}

// Each of 16 elements of `x` before the one of `y`, rounded.
Value Contraction::pairsOf(Value x, Value y) {
  SmallVector<int64_t> order;
  for (int64_t i = 0; i < 2 * side; ++i)
    order.push_back(i % 2 * side + i / 2);
  Value both = vector::ShuffleOp::create(k.b, k.loc, roundedForAmx(x),
                                         roundedForAmx(y), order);
  return vector::BitCastOp::create(
      k.b, k.loc, VectorType::get({side}, k.b.getI32Type()), both);
}

Value Contraction::padded(Value count, int64_t unit) {
  return k.mul(k.div(k.add(count, k.constant(unit - 1)), unit), unit);
}

// Whether every block of k has a multiple of 32 steps.
bool Contraction::fillsSteps() const {
  int64_t run = p.extents[p.k.run], block = tiling.k.size();
  bool isWhole = run % AmxProduct::depth == 0;
  if (tiling.k.runs == 1)
    return isWhole && block % AmxProduct::depth == 0;
  return isWhole || (block % AmxProduct::depth == 0 && p.part() % block == 0);
}

// Where the last of 32 steps are not there, they are zeros.
void Contraction::clearLastSteps(const Span &rows, const Span &columns,
                                 const Span &depth) {
  if (fillsSteps())
    return;
  Value to = padded(stepsOf(depth), AmxProduct::depth),
        from = k.sub(to, k.constant(AmxProduct::depth));
  Value zero = k.number(type, 0, layout.lanes);
  auto clear = [&](Value buffer, Value line, int64_t stride, Value begin,
                   Value end) {
    k.loop(begin, end, layout.lanes, [&](Value at) {
      k.store(zero, buffer, k.add(k.mul(line, stride), at));
    });
  };
  Value height = padded(rowsOf(rows), side);
  if (layout.aByRows)
    k.loop(k.constant(0), height, 1, [&](Value row) {
      clear(a, row, layout.aStride, k.div(from, 2), k.div(to, 2));
    });
  else
    k.loop(from, to, 1, [&](Value step) {
      clear(a, step, layout.aStride, k.constant(0), height);
    });
  forEachPanel(columns, [&](Value panel, Value, int64_t vectors) {
    k.loop(from, to, 1, [&](Value step) {
      clear(k.advance(b, type, panel), step, layout.width(), k.constant(0),
            k.constant(vectors * layout.lanes));
    });
  });
}

// What is multiplied is rounded when it becomes pairs.
void Contraction::dropRounding() {
  for (Operand *operand : {&p.a, &p.b})
    operand->tensor = beforeRounding(operand->tensor);
}

void Contraction::pairSteps(const Span &rows, const Span &columns,
                            const Span &depth) {
  forEachPanel(columns, [&](Value panel, Value, int64_t vectors) {
    pairStepsOfB(panel, vectors, stepsOf(depth));
  });
  if (!layout.aByRows)
    pairStepsOfA(rowsOf(rows), stepsOf(depth));
}

// Rows of two steps become one of pairs, before it is read again.
void Contraction::pairStepsOfB(Value panel, int64_t vectors, Value steps) {
  Value buffer = k.advance(b, type, panel);
  k.loop(k.constant(0), steps, AmxProduct::depth, [&](Value first) {
    k.loop(k.constant(0), k.constant(side), 1, [&](Value pair) {
      Value even = k.mul(k.add(first, k.mul(pair, 2)), layout.width()),
            to = k.mul(k.add(first, pair), layout.width());
      for (int64_t j = 0; j < vectors; ++j) {
        Value column = k.constant(j * side);
        auto load = [&](int64_t step) {
          Value at = k.add(even, k.constant(step * layout.width()));
          return k.load(buffer, type, k.add(at, column), side);
        };
        k.store(pairsOf(load(0), load(1)), buffer, k.add(to, column));
      }
    });
  });
}

// A square of 16 rows and 16 pairs at a time, which changes its sides.
void Contraction::pairStepsOfA(Value rows, Value steps) {
  auto pairSquare = [&](Value first, Value row) {
    auto line = [&](int64_t step) {
      Value at = k.mul(k.add(first, k.constant(step)), layout.aStride);
      return k.add(at, row);
    };
    SmallVector<Value> pairs;
    for (int64_t i = 0; i < side; ++i)
      pairs.push_back(pairsOf(k.load(a, type, line(2 * i), side),
                              k.load(a, type, line(2 * i + 1), side)));
    transposeSquare(k, pairs);
    for (auto [i, pair] : llvm::enumerate(pairs))
      k.store(pair, a, line(i));
  };
  k.loop(k.constant(0), steps, AmxProduct::depth, [&](Value first) {
    k.loop(k.constant(0), rows, side,
           [&](Value row) { pairSquare(first, row); });
  });
}

void Contraction::multiplyByAmx(Value aFrom, Value panel, Value sumsFrom,
                                int64_t vectors, Value steps) {
  AmxProduct shape{layout.tile / side, vectors};
  int64_t step = layout.aByRows ? side : AmxProduct::depth * layout.aStride,
          down = layout.aByRows ? side * layout.aStride : side;
  shape.call(k,
             {aFrom, panel, sumsFrom, steps, k.constant(step), k.constant(down),
              k.constant(layout.aStride), k.constant(layout.width()),
              k.constant(layout.sumStride), begins});
}
