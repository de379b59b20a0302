// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From tensors to panels in scratch: borders and the prologue end here.
#include "dialect/Arithmetic.h"
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace gan;

// Whether `length` neighbours are all inside: it is enough that the first and
// the last are.
Value Contraction::isInside(const Operand &operand, const Space &space,
                            Value length) {
  Value first = digits[space.run], inside = isInside(operand);
  digits[space.run] = k.sub(k.add(first, length), k.constant(1));
  inside = arith::AndIOp::create(k.b, k.loc, inside, isInside(operand));
  digits[space.run] = first;
  return inside;
}

// Lanes run along the last axis.
Value Contraction::element(const Operand &operand, int64_t lanes) {
  return k.at(operand.tensor,
              index(operand, lanes, (int)operand.axes.size() - 1));
}

void Contraction::forEachRun(const Space &space, const Span &span,
                             function_ref<void(Value)> body) {
  k.loop(k.constant(0), span.runs, 1, [&](Value run) {
    setRun(space, k.add(span.run, run));
    body(k.mul(run, span.stride));
  });
}

// Vectors of `width` members, then what is left in shorter ones.
void Contraction::forEachMember(const Space &space, const Span &span,
                                int64_t width,
                                function_ref<void(Value, int64_t)> body) {
  int64_t left = p.extents[space.run];
  Value from = k.constant(0);
  while (left > 0) {
    if (left >= width) {
      Value to = k.mul(k.div(span.members, width), width);
      k.loop(from, to, width, [&](Value member) {
        digits[space.run] = k.add(span.member, member);
        body(member, width);
      });
      from = to;
      left %= width;
    }
    width = narrower(width);
  }
}

// ---- copies

void Contraction::put(const RunCopy &copy, Value value, Value at) {
  if (layout.aIsRounded && copy.buffer == a)
    value = isExtended(copy.operand.tensor) ? k.upperHalf(value)
                                            : roundedForAmx(value);
  k.store(value, copy.buffer, at);
}

void Contraction::copyWhole(const RunCopy &copy, Value slow, Value run,
                            function_ref<Value(int64_t)> value) {
  forEachMember(copy.fast, copy.span, copy.width,
                [&](Value member, int64_t lanes) {
                  put(copy, value(lanes), copy.place(slow, k.add(run, member)));
                });
}

// Of a run that the border cuts what is inside, one by one.
void Contraction::copyInside(const RunCopy &copy, Value slow, Value run) {
  digits[copy.fast.run] = copy.span.member;
  const Coordinate &along = copy.operand.axes.back();
  Value first = coordinate(along),
        from = k.max(k.sub(k.constant(0), first), k.constant(0)),
        to = k.min(k.sub(k.constant(along.extent), first), copy.span.members);
  whenInside(ArrayRef(copy.operand.axes).drop_back(), [&] {
    k.loop(from, to, 1, [&](Value member) {
      digits[copy.fast.run] = k.add(copy.span.member, member);
      put(copy, element(copy.operand, 1), copy.place(slow, k.add(run, member)));
    });
  });
}

// Outside is 0; a run that may be cut is whole if both its ends are inside.
void Contraction::copyRun(const RunCopy &copy, Value slow, Value run) {
  bool cut = p.isCut(copy.operand, copy.fast);
  digits[copy.fast.run] = copy.span.member;
  Value inside = cut ? isInside(copy.operand, copy.fast, copy.span.members)
                     : isInside(copy.operand);
  auto whole = [&] {
    copyWhole(copy, slow, run,
              [&](int64_t lanes) { return element(copy.operand, lanes); });
  };
  if (!inside)
    return whole();
  k.when(inside, whole, [&] {
    copyWhole(copy, slow, run,
              [&](int64_t lanes) { return k.number(type, 0, lanes); });
    if (cut)
      copyInside(copy, slow, run);
  });
}

// Neighbouring slow members follow each other, for which most of the address
// and of the borders is the same.
void Contraction::copyRuns(const Space &slow, const Span &slowSpan,
                           const RunCopy &copy) {
  forEachRun(slow, slowSpan, [&](Value slowRun) {
    forEachRun(copy.fast, copy.span, [&](Value run) {
      forEachMember(slow, slowSpan, 1, [&](Value slowMember, int64_t) {
        copyRun(copy, k.add(slowRun, slowMember), run);
      });
    });
  });
}

// buffer[row * aStride + k], or buffer[k * aStride + row]: whichever way its
// neighbours are neighbours in memory.
void Contraction::packA(const Span &rows, const Span &depth) {
  auto place = [&](Value slow, Value fast) {
    return k.add(k.mul(slow, (layout.aIsRounded ? 2 : 1) * layout.aStride),
                 fast);
  };
  if (layout.aByRows)
    copyRuns(p.rows, rows, {p.a, p.k, depth, layout.lanes, a, place});
  else
    copyRuns(p.k, depth, {p.a, p.rows, rows, layout.lanes, a, place});
}

Value Contraction::placeInB(Value column, Value step) {
  Value panel = k.mul(k.div(column, layout.width()), layout.panel);
  return k.add(k.add(panel, k.mul(step, layout.width())),
               k.rem(column, layout.width()));
}

// Whether no vector of neighbouring columns stands on the edge of two panels.
bool Contraction::fitsPanels(int64_t lanes) const {
  return p.columns.leading.empty() || p.extents[p.columns.run] % lanes == 0;
}

void Contraction::packB(const Span &columns, const Span &depth) {
  if (p.isAlong(p.b, p.k))
    return packTransposed(columns, depth);
  auto place = [&](Value step, Value column) { return placeInB(column, step); };
  copyRuns(p.k, depth,
           {p.b, p.columns, columns,
            fitsPanels(layout.lanes) ? layout.lanes : 1, b, place});
}

// ---- transposition

// Exchanges the corners of every square of side 2 h, from large to small:
//   a b      a c
//   c d  ->  b d
void gan::transposeSquare(KernelBuilder &k, MutableArrayRef<Value> rows) {
  int64_t side = rows.size();
  for (int64_t h = side / 2; h > 0; h /= 2)
    for (int64_t i = 0; i < side; ++i) {
      if (i & h)
        continue;
      SmallVector<int64_t> upper, lower;
      for (int64_t lane = 0; lane < side; ++lane) {
        upper.push_back(lane & h ? side + lane - h : lane);
        lower.push_back(lane & h ? side + lane : lane + h);
      }
      Value x = rows[i], y = rows[i + h];
      rows[i] = vector::ShuffleOp::create(k.b, k.loc, x, y, upper);
      rows[i + h] = vector::ShuffleOp::create(k.b, k.loc, x, y, lower);
    }
}

// `side` rows of `side` neighbours become columns, in a function of (ptr
// source, i64 sourceStride, ptr target, i64 targetStride), strides from row to
// row. All is read before any is written.
static void callTransposition(KernelBuilder &caller, Type element, int64_t side,
                              ValueRange arguments) {
  auto body = [&](KernelBuilder &k, ValueRange given) -> SmallVector<Value> {
    SmallVector<Value> rows;
    for (int64_t i = 0; i < side; ++i)
      rows.push_back(k.load(given[0], element, k.mul(given[1], i), side));
    transposeSquare(k, rows);
    for (auto [i, row] : llvm::enumerate(rows))
      k.store(row, given[2], k.mul(given[3], i));
    return {};
  };
  caller.callShared(llvm::formatv("square_{0}x{1}", element, side).str(),
                    arguments, {}, body);
}

// `lanes` neighbours along k, where the emission stands: those outside are 0.
Value Contraction::takeRow(int64_t lanes, Border border) {
  auto zero = [&] { return k.number(type, 0, lanes); };
  Value inside = border == Border::Cut ? isInside(p.b) : Value();
  if (!inside)
    return border == Border::Outside ? zero() : element(p.b, lanes);
  using Values = SmallVector<Value>;
  return k.choose(
      KernelBuilder::widen(type, lanes), inside,
      [&] { return Values{element(p.b, lanes)}; },
      [&] { return Values{zero()}; })[0];
}

// A square of neighbours goes to its place row by row and is transposed there;
// what is only read, and whole, is transposed on its way.
void Contraction::packSquare(int64_t side, Border border, Value place) {
  Value target = k.advance(b, type, place), stride = k.constant(layout.width());
  if (border == Border::None && isa<BlockArgument>(p.b.tensor))
    return callTransposition(k, type, side,
                             {k.addressOf(p.b.tensor, index(p.b)),
                              k.constant(p.b.stride(p.columns.run)), target,
                              stride});
  Value first = digits[p.columns.run];
  k.loop(k.constant(0), k.constant(side), 1, [&](Value i) {
    digits[p.columns.run] = k.add(first, i);
    k.store(takeRow(side, border), target, k.mul(i, layout.width()));
  });
  digits[p.columns.run] = first;
  callTransposition(k, type, side, {target, stride, target, stride});
}

// `width` neighbours along columns, `lanes` along k each.
void Contraction::packRectangle(int64_t width, int64_t lanes, Border border,
                                Value place) {
  Value first = digits[p.columns.run];
  SmallVector<Value> rows;
  for (int64_t i = 0; i < width; ++i) {
    digits[p.columns.run] = k.add(first, k.constant(i));
    rows.push_back(takeRow(lanes, border));
  }
  digits[p.columns.run] = first;
  for (auto [i, row] : llvm::enumerate(rows))
    for (int64_t lane = 0; lane < lanes; ++lane)
      k.store(lanes > 1 ? k.extract(row, lane) : row, b,
              k.add(place, k.constant(i + lane * layout.width())));
}

// Squares of neighbours along k become squares of neighbours along columns.
void Contraction::packTransposed(const Span &columns, const Span &depth) {
  auto copy = [&](Value column, int64_t width, Value depthRun, Border border) {
    forEachMember(p.k, depth, layout.lanes, [&](Value member, int64_t lanes) {
      Value place = placeInB(column, k.add(depthRun, member));
      if (width == lanes && lanes > 1)
        packSquare(lanes, border, place);
      else
        packRectangle(width, lanes, border, place);
    });
  };
  bool cut = p.isCut(p.b, p.columns);
  int64_t across = fitsPanels(layout.lanes) ? layout.lanes : 1;
  forEachRun(p.columns, columns, [&](Value columnRun) {
    forEachMember(p.columns, columns, across, [&](Value member, int64_t width) {
      Value column = k.add(columnRun, member);
      forEachRun(p.k, depth, [&](Value depthRun) {
        Value inside =
            cut ? isInside(p.b, p.columns, k.constant(width)) : isInside(p.b);
        auto whole = [&] { copy(column, width, depthRun, Border::None); };
        if (!inside)
          return whole();
        Border other = cut && width > 1 ? Border::Cut : Border::Outside;
        k.when(inside, whole, [&] { copy(column, width, depthRun, other); });
      });
    });
  });
}
