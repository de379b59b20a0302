// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where products overlap in the result: sums of a tile are added in a window of
// scratch, group of rows by group, and stored from there.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

void Contraction::clearWindow() {
  k.loop(k.constant(0), k.constant(layout.window), layout.lanes,
         [&](Value i) { k.store(k.number(type, 0, layout.lanes), window, i); });
}

Value Contraction::inWindow(const std::array<Coordinate, 2> &place) {
  return k.add(k.mul(coordinate(place[0]), place[1].extent),
               coordinate(place[1]));
}

// The products of one row with a run of columns, which are neighbours in the
// window.
void Contraction::addRow(const Span &columns, Value tap, Value row) {
  forEachMember(p.columns, columns, layout.lanes,
                [&](Value member, int64_t width) {
                  Value at = inWindow(p.overlap->product),
                        product = sumAt(row, k.add(tap, member), width);
                  Value sum = arith::AddFOp::create(
                      k.b, k.loc, k.load(window, type, at, width), product);
                  k.store(sum, window, at);
                });
}

// Those of the group that begins with run `first`: by rows, by taps, and then
// members `pace` apart, so that nothing is read soon after it was written.
void Contraction::addToWindow(const Span &rows, const Span &columns,
                              Value first) {
  int64_t members = p.extents[p.rows.run], pace = p.overlap->pace;
  int run = p.rows.leading.back();
  k.loop(k.constant(0), k.constant(p.overlap->runs), 1, [&](Value position) {
    digits[run] = position;
    Value begin = k.mul(k.add(first, position), rows.stride);
    forEachRun(p.columns, columns, [&](Value tap) {
      for (int64_t phase = 0; phase < std::min(pace, members); ++phase)
        k.loop(k.constant(phase), k.constant(members), pace, [&](Value member) {
          digits[p.rows.run] = member;
          addRow(columns, tap, k.add(begin, member));
        });
    });
  });
}

// The epilogue, line by line.
void Contraction::storeWindow() {
  const Space &results = p.overlap->results;
  int line = results.leading.front();
  Span elements{k.constant(0), k.constant(1), k.constant(0),
                k.constant(p.extents[results.run]), 0};
  auto storeLine = [&] {
    forEachMember(results, elements, layout.lanes, [&](Value, int64_t width) {
      Index at = index(p.c, width, axisOf(results.run));
      Value sum = k.load(window, type, inWindow(p.overlap->stored), width);
      k.define(p.c.tensor, at, sum);
      k.storeOutputs(p.c.tensor, at);
    });
  };
  k.loop(k.constant(0), k.constant(p.extents[line]), 1, [&](Value position) {
    digits[line] = position;
    digits[results.run] = k.constant(0);
    whenInside(p.c, storeLine);
  });
}

void Contraction::storeOverlapping(const Span &rows, const Span &columns) {
  k.loop(k.constant(0), rows.runs, p.overlap->runs, [&](Value first) {
    setRun(p.rows, k.add(rows.run, first));
    clearWindow();
    addToWindow(rows, columns, first);
    storeWindow();
  });
}
