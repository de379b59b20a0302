// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From tensors to panels in scratch: addresses, borders and the prologue end
// here.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

void Contraction::setRun(const Space &space, Value run) {
  for (int digit : llvm::reverse(space.leading)) {
    bool first = digit == space.leading.front();
    digits[digit] = first ? run : k.rem(run, p.extents[digit]);
    run = k.div(run, p.extents[digit]);
  }
}

Value Contraction::coordinate(const Coordinate &axis) {
  Value sum = k.constant(0);
  for (auto [digit, factor] : axis.terms)
    sum = factor == -1 ? k.sub(sum, digits[digit])
                       : k.add(sum, k.mul(digits[digit], factor));
  return k.sub(sum, k.constant(axis.before));
}

// One unsigned comparison per axis that may be left; no branch where none is.
void Contraction::whenInside(const Operand &operand, function_ref<void()> then,
                             function_ref<void()> otherwise) {
  Value all;
  for (const Coordinate &axis : operand.axes) {
    if (!p.mayLeave(axis))
      continue;
    Value inside =
        arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ult,
                              coordinate(axis), k.constant(axis.extent));
    all = all ? arith::AndIOp::create(k.b, k.loc, all, inside).getResult()
              : inside;
  }
  if (all)
    k.when(all, then, otherwise);
  else
    then();
}

void Contraction::forEachRun(const Space &space, const Span &span,
                             function_ref<void(Value)> body) {
  k.loop(k.constant(0), span.runs, 1, [&](Value run) {
    setRun(space, k.add(span.run, run));
    body(k.mul(run, span.stride));
  });
}

// Vectors of `width` members, then what is left one by one.
void Contraction::forEachMember(const Space &space, const Span &span,
                                int64_t width,
                                function_ref<void(Value, int64_t)> body) {
  auto at = [&](Value member, int64_t width) {
    digits[space.run] = k.add(span.member, member);
    body(member, width);
  };
  int64_t extent = p.extents[space.run];
  Value whole = k.mul(k.div(span.members, width), width);
  if (extent >= width)
    k.loop(k.constant(0), whole, width,
           [&](Value member) { at(member, width); });
  if (extent % width != 0)
    k.loop(extent >= width ? whole : k.constant(0), span.members, 1,
           [&](Value member) { at(member, 1); });
}

// Copies along the axis that is contiguous in memory, a vector at a time where
// its elements stay neighbours in the panel.
//   a: buffer[row * aStride + k], or buffer[k * aStride + row]
//   b: buffer[column / width * panel + k * width + column mod width]
void Contraction::pack(const Operand &operand, const Space &space,
                       const Span &span, const Span &depth, Value buffer,
                       bool isA) {
  bool alongK = p.isAlong(operand, p.k);
  const Space &fast = alongK ? p.k : space, &slow = alongK ? space : p.k;
  const Span &fastSpan = alongK ? depth : span,
             &slowSpan = alongK ? span : depth;
  auto place = [&](Value position, Value step) {
    if (isA)
      return layout.aByRows ? k.add(k.mul(position, layout.aStride), step)
                            : k.add(k.mul(step, layout.aStride), position);
    Value panel = k.mul(k.div(position, layout.width()), layout.panel);
    return k.add(k.add(panel, k.mul(step, layout.width())),
                 k.rem(position, layout.width()));
  };
  bool stays = isA || (!alongK && (space.leading.empty() ||
                                   p.extents[space.run] % layout.lanes == 0));
  int64_t width = stays ? layout.lanes : 1;
  auto put = [&](Value fastAt, Value slowAt, Value value) {
    k.store(value, buffer,
            alongK ? place(slowAt, fastAt) : place(fastAt, slowAt));
  };
  auto copy = [&](Value from, Value slowAt, bool inside) {
    forEachMember(fast, fastSpan, width, [&](Value member, int64_t width) {
      SmallVector<Value> index;
      for (const Coordinate &axis : operand.axes)
        index.push_back(coordinate(axis));
      put(k.add(from, member), slowAt,
          inside ? k.at(operand.tensor, index, width)
                 : k.number(element, 0, width));
    });
  };
  forEachRun(slow, slowSpan, [&](Value slowRun) {
    forEachMember(slow, slowSpan, 1, [&](Value slowMember, int64_t) {
      Value slowAt = k.add(slowRun, slowMember);
      forEachRun(fast, fastSpan, [&](Value fastRun) {
        whenInside(
            operand, [&] { copy(fastRun, slowAt, true); },
            [&] { copy(fastRun, slowAt, false); });
      });
    });
  });
}

void Contraction::packA(const Span &rows, const Span &depth) {
  pack(p.a, p.rows, rows, depth, a, /*isA=*/true);
}

void Contraction::packB(const Span &columns, const Span &depth) {
  pack(p.b, p.columns, columns, depth, b, /*isA=*/false);
}
