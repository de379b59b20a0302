// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Patches on their way from tensors to scratch: borders, prologues, and the
// transform behind or on the way.
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gan;

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

// The rows of a patch that are inside, bit by bit, or the columns: `axis` 0 or
// 1. What depends on neither counts with the rows.
Value Contraction::insideAlong(const Patches &patches, const Operand &operand,
                               int axis) {
  auto dependsOn = [&](const Coordinate &coordinate, int which) {
    return llvm::any_of(coordinate.terms, [&](Coordinate::Term term) {
      return term.digit == patches.digits[which];
    });
  };
  SmallVector<Coordinate> axes;
  for (const Coordinate &each : operand.axes)
    if (dependsOn(each, 1) == (axis == 1))
      axes.push_back(each);
  int64_t side = p.extents[patches.digits[axis]];
  Value bits = k.constant(0);
  for (int64_t place = 0; place < side; ++place) {
    digits[patches.digits[axis]] = k.constant(place);
    Value inside = isInside(axes);
    if (!inside)
      return k.constant((int64_t(1) << side) - 1);
    Value bit = arith::SelectOp::create(
        k.b, k.loc, inside, k.constant(int64_t(1) << place), k.constant(0));
    bits = k.add(bits, bit);
  }
  return bits;
}

// What neighbours of a run become: vectors that lie one after the other in
// scratch, as far as a panel goes, and shorter ones for the rest.
void Contraction::forEachStretch(const Space &space, const Span &span,
                                 const PatchPlace &place, Value slow, Value run,
                                 StretchBody body) {
  int64_t left = p.extents[space.run], lanes = place.lanes;
  Value from = k.constant(0);
  for (; left > 0; lanes = narrower(lanes)) {
    if (left < lanes)
      continue;
    left %= lanes;
    Value to = k.mul(k.div(span.members, lanes), lanes);
    int64_t most = lanes == place.lanes ? place.together : lanes;
    k.loop(from, to, most, [&](Value member) {
      digits[space.run] = k.add(span.member, member);
      Value count = k.div(k.min(k.constant(most), k.sub(to, member)), lanes);
      body({place.of(slow, k.add(run, member)), count, lanes});
    });
    from = to;
  }
}

// What is only read is transformed on its way.
void Contraction::packRead(const PatchRun &run) {
  auto pack = [&](const Frame &frame) {
    run.forEach(
        [&](const Stretch &stretch) { transformFrom(run, stretch, frame); });
  };
  Value inside = isInside(run.patches, run.operand);
  if (!inside)
    return pack({});
  k.when(
      inside, [&] { pack({}); },
      [&] {
        Value rows = insideAlong(run.patches, run.operand, 0);
        pack({rows, insideAlong(run.patches, run.operand, 1), zeros});
      });
}

// What has a prologue is computed place by place first.
void Contraction::packComputed(const PatchRun &run) {
  Value buffer = run.buffer;
  auto put = [&](function_ref<Value(int64_t)> value) {
    run.forEach([&](const Stretch &stretch) {
      Value first = digits[run.digit];
      k.loop(k.constant(0), k.mul(stretch.count, stretch.lanes), stretch.lanes,
             [&](Value i) {
               digits[run.digit] = k.add(first, i);
               k.store(value(stretch.lanes), buffer, k.add(stretch.at, i));
             });
    });
  };
  auto computed = [&](int64_t lanes) { return element(run.operand, lanes); };
  auto zero = [&](int64_t lanes) { return k.number(type, 0, lanes); };
  forEachPlace(run.patches, buffer, run.size, [&] {
    whenInside(run.operand, [&] { put(computed); }, [&] { put(zero); });
  });
  run.forEach([&](const Stretch &stretch) {
    transformAt(run.patches, run.buffer, run.size, stretch);
  });
}

void Contraction::packPatches(const Patches &patches, const Operand &operand,
                              const Space &slow, const Span &slowSpan,
                              const Space &fast, const Span &fastSpan,
                              Value buffer, int64_t size,
                              const PatchPlace &place) {
  bool isRead = isa<BlockArgument>(operand.tensor);
  forEachRun(slow, slowSpan, [&](Value slowRun) {
    forEachMember(slow, slowSpan, 1, [&](Value slowMember, int64_t) {
      Value slowAt = k.add(slowRun, slowMember);
      forEachRun(fast, fastSpan, [&](Value fastRun) {
        digits[fast.run] = fastSpan.member;
        auto forEach = [&](StretchBody body) {
          forEachStretch(fast, fastSpan, place, slowAt, fastRun, body);
        };
        PatchRun run{patches, operand, buffer, size, fast.run, forEach};
        isRead ? packRead(run) : packComputed(run);
      });
    });
  });
}

void Contraction::packPatchesA(const Span &rows, const Span &depth) {
  PatchPlace place{layout.lanes, mostZeros, [&](Value slow, Value fast) {
                     return k.add(k.mul(slow, layout.aStride), fast);
                   }};
  const Patches &patches = p.filtering->a;
  if (layout.aByRows)
    packPatches(patches, p.a, p.rows, rows, p.k, depth, a, layout.aSize, place);
  else
    packPatches(patches, p.a, p.k, depth, p.rows, rows, a, layout.aSize, place);
}

// What has to be transposed is packed place by place, and transformed then.
void Contraction::packPatchesB(const Span &columns, const Span &depth) {
  const Patches &patches = p.filtering->b;
  if (p.isAlong(p.b, p.k)) {
    forEachPlace(patches, b, layout.bSize, [&] { packB(columns, depth); });
    return transform(patches, b, layout.bSize);
  }
  bool fits = fitsPanels(layout.lanes);
  PatchPlace place{
      fits ? layout.lanes : 1, fits ? layout.width() : 1,
      [&](Value step, Value column) { return placeInB(column, step); }};
  packPatches(patches, p.b, p.k, depth, p.columns, columns, b, layout.bSize,
              place);
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
