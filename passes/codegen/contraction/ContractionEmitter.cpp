// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The loops of a contraction around its packing and its inner product.
#include "dialect/Arithmetic.h"
#include "passes/codegen/KernelEmitter.h"
#include "passes/codegen/PartTree.h"
#include "passes/codegen/contraction/AmxProduct.h"
#include "passes/codegen/contraction/Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;
using llvm::alignTo;
using llvm::divideCeil;

Contraction::Contraction(KernelBuilder &k, Operation *op)
    : Addressing(k, op), partSums(k, p.c.tensor),
      common(chooseTiling(p, type.getIntOrFloatBitWidth() / 8,
                          /*wholeParts=*/!partSums.empty())),
      tiling(tilingFor(p, common, type, k.target)),
      layout(p, tiling, type, k.target) {
  if (layout.usesAmx)
    dropRounding();
}

// The part of the block that lies within [.., runs) and [.., extent).
static Span spanOf(KernelBuilder &k, const Problem &p, const Space &space,
                   const BlockShape &block, Value run, Value toRun,
                   Value member, int64_t stride) {
  int64_t extent = p.extents[space.run];
  auto least = [&](Value whole, Value left, bool divides) {
    return divides ? whole : k.min(whole, left);
  };
  return {run,
          least(k.constant(block.runs), k.sub(toRun, run), block.runs == 1),
          member,
          least(k.constant(block.length), k.sub(k.constant(extent), member),
                extent % block.length == 0),
          stride};
}

// tile = (batch, phase, block of rows, block of columns)
void Contraction::emitTile(Value tile) {
  auto takeBlock = [&](const Space &space, const BlockShape &block,
                       int64_t stride) {
    Value part = take(tile, divideCeil(p.extents[space.run], block.length));
    Value group = take(tile, divideCeil(p.runs(space), block.runs));
    return spanOf(k, p, space, block, k.mul(group, block.runs),
                  k.constant(p.runs(space)), k.mul(part, block.length), stride);
  };
  Span columns = takeBlock(p.columns, tiling.columns, tiling.columns.length);
  Span rows = takeBlock(p.rows, tiling.rows, layout.rowsPerRun);
  setFixed(tile);
  auto sum = [&](Value part) {
    auto [from, to] = runsOf(part);
    sumPart(rows, columns, from, to);
  };
  auto keep = [&](Value number) { moveSums(sums, level(number)); };
  auto add = [&](Value number) { addLevel(number); };
  auto recall = [&](Value number) { moveSums(level(number), sums); };
  PartTree{sum, keep, add, recall}.emit(k, p.splits);
  partSums.empty() ? storeAll(rows, columns) : storeParts(rows, columns);
}

// c = a * b for the first block of k, then c += a * b for one after the other;
// from and to count runs of k. What may be skipped is added to zeros.
void Contraction::sumPart(const Span &rows, const Span &columns, Value from,
                          Value to) {
  if (p.skips)
    k.loop(k.constant(0), k.constant(layout.products * layout.sumSize),
           layout.lanes,
           [&](Value i) { k.store(k.number(type, 0, layout.lanes), sums, i); });
  k.loop(from, to, tiling.k.runs, [&](Value run) {
    k.loop(k.constant(0), k.constant(p.extents[p.k.run]), tiling.k.length,
           [&](Value member) {
             Span depth =
                 spanOf(k, p, p.k, tiling.k, run, to, member, tiling.k.length);
             begins = beginsSums(from, run, member);
             whenNeeded(rows, depth, [&] {
               packBoth(rows, columns, depth);
               multiplyAll(rows, columns, depth);
             });
           });
  });
  if (p.filtering)
    transform(p.filtering->c, sums, layout.sumSize);
}

Value Contraction::beginsSums(Value from, Value run, Value member) {
  if (p.skips)
    return k.number(k.b.getI1Type(), 0);
  auto isSame = [&](Value x, Value y) -> Value {
    return arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::eq, x, y);
  };
  return arith::AndIOp::create(k.b, k.loc, isSame(run, from),
                               isSame(member, k.constant(0)));
}

// Where borders are skipped: if any run of rows meets this run of k inside.
void Contraction::whenNeeded(const Span &rows, const Span &depth,
                             function_ref<void()> body) {
  if (!p.skips)
    return body();
  setRun(p.k, depth.run);
  Value none = k.number(k.b.getI1Type(), 0);
  Value any =
      k.reduce(k.constant(0), rows.runs, 1, none,
               [&](Value run, ValueRange old) -> SmallVector<Value> {
                 setRun(p.rows, k.add(rows.run, run));
                 Value inside = isInside(p.a);
                 if (!inside)
                   inside = k.number(k.b.getI1Type(), 1);
                 return {arith::OrIOp::create(k.b, k.loc, old[0], inside)};
               })[0];
  k.when(any, body);
}

Value Contraction::level(Value number) {
  int64_t size = layout.results * layout.sumSize;
  return k.advance(
      sums, type,
      k.add(k.constant(layout.products * layout.sumSize), k.mul(number, size)));
}

void Contraction::addLevel(Value number) {
  Value from = level(number);
  k.loop(k.constant(0), k.constant(layout.results * layout.sumSize),
         layout.lanes, [&](Value i) {
           Value sum = arith::AddFOp::create(
               k.b, k.loc, k.load(from, type, i, layout.lanes),
               k.load(sums, type, i, layout.lanes));
           k.store(sum, sums, i);
         });
}

void Contraction::moveSums(Value from, Value to) {
  k.loop(k.constant(0), k.constant(layout.results * layout.sumSize),
         layout.lanes,
         [&](Value i) { k.store(k.load(from, type, i, layout.lanes), to, i); });
}

// Product by product: an a, a b and sums each.
void Contraction::multiplyAll(const Span &rows, const Span &columns,
                              const Span &depth) {
  Value firstA = a, firstB = b, firstSums = sums;
  if (layout.aInPlace)
    a = blockInPlace(p.a, p.rows, rows, depth);
  if (layout.bInPlace)
    b = blockInPlace(p.b, p.columns, columns, depth);
  if (!p.filtering)
    multiply(rows, columns, depth);
  else
    k.loop(k.constant(0), k.constant(layout.products), 1, [&](Value product) {
      a = k.advance(firstA, type, k.mul(product, layout.aSize));
      b = k.advance(firstB, type, k.mul(product, layout.bSize));
      sums = k.advance(firstSums, type, k.mul(product, layout.sumSize));
      multiply(rows, columns, depth);
    });
  a = firstA;
  b = firstB;
  sums = firstSums;
}

// The first element of a block that is read where it lies.
Value Contraction::blockInPlace(const Operand &operand, const Space &space,
                                const Span &span, const Span &depth) {
  setRun(space, span.run);
  setRun(p.k, depth.run);
  digits[space.run] = span.member;
  digits[p.k.run] = depth.member;
  return k.addressOf(operand.tensor, index(operand));
}

// Rows of a tile in scratch, and steps of a block of k.
Value Contraction::rowsOf(const Span &rows) {
  return tiling.rows.runs > 1 ? k.mul(rows.runs, rows.stride) : rows.members;
}

Value Contraction::stepsOf(const Span &depth) {
  return tiling.k.runs > 1 ? k.mul(depth.runs, depth.stride) : depth.members;
}

// Where it begins in b, its first column, and its registers.
void Contraction::forEachPanel(const Span &columns,
                               function_ref<void(Value, Value, int64_t)> body) {
  Value width = columns.members;
  if (tiling.columns.runs > 1)
    width = k.mul(columns.runs, columns.stride);
  int64_t registers = divideCeil(tiling.columns.size(), layout.lanes);
  Value full =
      k.constant((registers - layout.last) / layout.vectors * layout.width());
  auto panels = [&](Value from, Value to, int64_t vectors) {
    k.loop(from, to, layout.width(), [&](Value column) {
      body(layout.panelAt(k, column), column, vectors);
    });
  };
  panels(k.constant(0), k.min(full, width), layout.vectors);
  if (layout.last != 0)
    panels(full, width, layout.last);
}

// Panels of b stay in the first cache while all rows of a pass by.
void Contraction::multiply(const Span &rows, const Span &columns,
                           const Span &depth) {
  forEachPanel(columns, [&](Value panel, Value column, int64_t vectors) {
    multiplyPanel(rows, depth, panel, column, vectors);
  });
}

void Contraction::multiplyByFma(Value aFrom, Value bFrom, Value sumsFrom,
                                int64_t vectors, Value steps) {
  InnerProduct shape{type,
                     layout.lanes,
                     layout.tile,
                     vectors,
                     layout.aByRows ? layout.aStride : 1,
                     layout.bStride};
  shape.call(k, {aFrom, bFrom, sumsFrom, steps, k.constant(layout.aStride),
                 k.constant(layout.sumStride), begins});
}

// Where a run of rows and a run of k meet outside, nothing is multiplied.
void Contraction::multiplyPanel(const Span &rows, const Span &depth,
                                Value panel, Value column, int64_t vectors) {
  Value steps = stepsOf(depth), bFrom = k.advance(b, type, panel);
  auto multiplyRows = [&](Value from, Value count) {
    k.loop(k.constant(0), count, layout.tile, [&](Value i) {
      Value row = k.add(from, i);
      Value aFrom = k.advance(
                a, type, layout.aByRows ? k.mul(row, layout.aStride) : row),
            sumsFrom = k.advance(sums, type,
                                 k.add(k.mul(row, layout.sumStride), column));
      layout.usesAmx ? multiplyByAmx(aFrom, bFrom, sumsFrom, vectors, steps)
                     : multiplyByFma(aFrom, bFrom, sumsFrom, vectors, steps);
    });
  };
  if (!p.skips)
    return multiplyRows(k.constant(0), rowsOf(rows));
  setRun(p.k, depth.run);
  whenInside(p.b, [&] {
    forEachRun(p.rows, rows, [&](Value run) {
      whenInside(p.a, [&] { multiplyRows(run, rows.members); });
    });
  });
}

// Place by place of a patch: sums each.
void Contraction::storeAll(const Span &rows, const Span &columns) {
  if (p.overlap)
    return storeOverlapping(rows, columns);
  if (!p.filtering)
    return store(rows, columns);
  forEachPlace(p.filtering->c, sums, layout.sumSize,
               [&] { store(rows, columns); });
}

Value Contraction::sumAt(Value row, Value column, int64_t width) {
  Value place = k.add(k.mul(row, layout.sumStride), column);
  return k.load(sums, type, place, width);
}

// The axis of the result that a digit runs on.
int Contraction::axisOf(int digit) const {
  int found = -1;
  for (auto [i, axis] : llvm::enumerate(p.c.axes))
    if (llvm::any_of(axis.terms, [&](Coordinate::Term term) {
          return term.digit == digit;
        }))
      found = i;
  return found;
}

// The epilogue, along the columns.
void Contraction::store(const Span &rows, const Span &columns) {
  auto storeRow = [&](Value position) {
    forEachRun(p.columns, columns, [&](Value columnRun) {
      forEachMember(
          p.columns, columns, layout.lanes, [&](Value member, int64_t width) {
            Value sum = sumAt(position, k.add(columnRun, member), width);
            Index at = index(p.c, width, axisOf(p.columns.run));
            k.define(p.c.tensor, at, sum);
            k.storeOutputs(p.c.tensor, at);
          });
    });
  };
  forEachRun(p.rows, rows, [&](Value run) {
    forEachMember(p.rows, rows, 1, [&](Value member, int64_t) {
      Value position = k.add(run, member);
      whenInside(p.c, [&] { storeRow(position); });
    });
  });
}

// The same, part by part of the rows, with the sums over each. A part is some
// whole runs, or neighbours of one.
void Contraction::storeParts(const Span &rows, const Span &columns) {
  RowParts parts = *rowPartsOf(p);
  int64_t length = std::min(rowsOfPart, p.extents[p.rows.run]),
          runs = rowsOfPart / length;
  auto storePart = [&](Value firstRun, Value firstMember, Value column,
                       int64_t width) {
    auto stand = [&](Value run, Value member) {
      setRun(p.rows, k.add(rows.run, run));
      digits[p.rows.run] = k.add(rows.member, member);
    };
    stand(firstRun, firstMember);
    Index part = index(parts, width);
    partSums.store(part, [&](ValueRange zeros, RowBody body) {
      return k.reduce(
          k.constant(0), k.constant(runs), 1, zeros,
          [&](Value run, ValueRange before) {
            run = k.add(firstRun, run);
            return k.reduce(
                k.constant(0), k.constant(length), 1, before,
                [&](Value member, ValueRange before) {
                  member = k.add(firstMember, member);
                  stand(run, member);
                  Index at = index(p.c, width, axisOf(p.columns.run));
                  Value row = k.add(k.mul(run, rows.stride), member);
                  k.define(p.c.tensor, at, sumAt(row, column, width));
                  return body(at, before);
                });
          });
    });
  };
  k.loop(k.constant(0), rows.runs, runs, [&](Value run) {
    k.loop(k.constant(0), rows.members, length, [&](Value member) {
      forEachRun(p.columns, columns, [&](Value columnRun) {
        forEachMember(p.columns, columns, layout.lanes,
                      [&](Value column, int64_t width) {
                        storePart(run, member, k.add(columnRun, column), width);
                      });
      });
    });
  });
}

// What patches read in place of what lies outside.
void Contraction::fillZeros() {
  zeros = k.advance(a, type, k.constant(layout.size() - layout.zeros));
  k.loop(k.constant(0), k.constant(layout.zeros), layout.lanes,
         [&](Value i) { k.store(k.number(type, 0, layout.lanes), zeros, i); });
}

void Contraction::emit() {
  k.tiles = p.fixedCount() * Tiling::count(p, p.rows, tiling.rows) *
            Tiling::count(p, p.columns, tiling.columns);
  int64_t bytes = type.getIntOrFloatBitWidth() / 8;
  for (const TargetInfo &target : cpuTargets()) {
    Tiling own = tilingFor(p, common, type, target);
    k.scratchBytes =
        std::max(k.scratchBytes, Layout(p, own, type, target).size() * bytes);
  }
  a = k.scratch;
  b = k.advance(a, type, k.constant(layout.products * layout.aSize));
  sums = k.advance(b, type, k.constant(layout.products * layout.bSize));
  window = k.advance(a, type, k.constant(layout.size() - layout.window));
  if (p.filtering)
    fillZeros();
  auto emitTiles = [&] {
    k.loop(k.begin, k.end, 1, [&](Value tile) { emitTile(tile); });
  };
  layout.usesAmx ? withAmx(k, emitTiles) : emitTiles();
}

FailureOr<Operation *> gan::findContraction(KernelBuilder &k) {
  for (Operation &op : k.body())
    if (isContraction(&op)) {
      auto order = op.getAttrOfType<OrderAttr>("order");
      if (order && order.getLanes() != 1)
        return op.emitOpError("the order of a contraction must have 1 lane, "
                              "but has ")
               << order.getLanes();
      return &op;
    }
  return k.kernel.emitError("a contraction kernel needs a contraction");
}

LogicalResult gan::emitContraction(KernelBuilder &k) {
  FailureOr<Operation *> op = findContraction(k);
  if (failed(op))
    return failure();
  Contraction(k, *op).emit();
  return success();
}
