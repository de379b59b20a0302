// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuTile.h"

#include "passes/codegen/PartTree.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// Fewer tiles than this leave most of a large GPU idle.
static constexpr int64_t fewTiles = 64;

int64_t GpuTile::tiles(int64_t edge) const {
  return p.fixedCount() * divideCeil(p.count(p.rows), edge) *
         divideCeil(p.count(p.columns), edge);
}

// Rows whose results are in shared memory at a time: 128 columns of f32 then
// fit where operands were.
static constexpr int64_t mostOfBand = 64;

// So few steps of k are not worth a slice.
static constexpr int64_t fewSteps = 64;

bool GpuTile::canSlice(int64_t slices, bool free) const {
  int64_t count = p.count(p.k);
  if (p.splits == 1)
    return free && count >= slices * fewSteps;
  return p.splits % slices == 0 && llvm::isPowerOf2_64(p.splits / slices) &&
         count % p.part() == 0;
}

TileShape GpuTile::chooseShape(ArrayRef<TileShape> shapes, bool free) const {
  for (TileShape shape : shapes) {
    if (tiles(shape.edge) < fewTiles && shape.edge != shapes.back().edge)
      continue;
    return canSlice(shape.slices, free) ? shape : TileShape{shape.edge};
  }
  llvm_unreachable("the last shape is always taken");
}

// block = (what is fixed, block of rows, block of columns)
void GpuTile::open(const TileShape &shape) {
  edge = shape.edge;
  slices = shape.slices;
  stride = p.splits == 1
               ? llvm::alignTo(divideCeil(p.count(p.k), slices), fewSteps)
               : p.count(p.k) / slices;
  g.launch.blocks = tiles(edge);
  g.launch.minBlocks = 1;
  Value block = k.block;
  firstColumn = k.mul(take(block, divideCeil(p.count(p.columns), edge)), edge);
  firstRow = k.mul(take(block, divideCeil(p.count(p.rows), edge)), edge);
  setFixed(block);
  slice = k.div(g.thread(), blockThreads / slices);
  thread = slices == 1 ? g.thread() : k.rem(g.thread(), blockThreads / slices);
}

// Slot 0 has the sums, slot 1 + n what waits at level n.
Value GpuTile::slot(Value number, Value i) {
  return k.add(k.mul(number, each), i);
}

void GpuTile::forSums(function_ref<void(Value)> body) {
  g.rolledLoop(k.constant(0), k.constant(each), 1, body);
}

// Parts join in the thread's own memory.
void GpuTile::sumAll(const TileProduct &product) {
  Value current = k.constant(0);
  auto waiting = [&](Value level) { return k.add(level, k.constant(1)); };
  auto load = [&](Value number, Value i) {
    return k.load(memory, type, slot(number, i));
  };
  auto move = [&](Value from, Value to) {
    forSums([&](Value i) { k.store(load(from, i), memory, slot(to, i)); });
  };
  auto sumOver = [&](Value from, Value to) {
    for (auto [i, one] : llvm::enumerate(product.sumPart(from, to)))
      k.store(one, memory, k.constant(i));
  };
  auto sum = [&](Value part) {
    auto [from, to] = runsOf(part);
    int64_t run = p.extents[p.k.run];
    sumOver(k.mul(from, run), k.mul(to, run));
  };
  auto keep = [&](Value level) { move(current, waiting(level)); };
  auto add = [&](Value level) {
    forSums([&](Value i) {
      Value both = arith::AddFOp::create(k.b, k.loc, load(waiting(level), i),
                                         load(current, i));
      k.store(both, memory, slot(current, i));
    });
  };
  auto recall = [&](Value level) { move(waiting(level), current); };
  if (slices > 1 && p.splits == 1)
    sumOver(k.constant(0), k.constant(stride));
  else
    PartTree{sum, keep, add, recall}.emit(k, p.splits / slices);
}

// The epilogue of one element.
void GpuTile::store(Place place, Value sum) {
  Value row = k.add(firstRow, place.first),
        column = k.add(firstColumn, place.second);
  g.whenBelow(row, p.count(p.rows), edge, [&] {
    g.whenBelow(column, p.count(p.columns), edge, [&] {
      setPosition(p.rows, row);
      setPosition(p.columns, column);
      whenInside(p.c, [&] {
        Index at = index(p.c);
        k.define(p.c.tensor, at, sum);
        k.storeOutputs(p.c.tensor, at);
      });
    });
  });
}

void GpuTile::forOwn(const TileProduct &product, PlaceBody body) {
  forSums([&](Value i) {
    body(product.place(i, thread), k.load(memory, type, i));
  });
}

// The sums of all slices meet in shared memory, where nobody needs the operands
// any more, and join by adjacent pairs; then all threads have the same number
// of elements: [slice, sum, thread].
void GpuTile::forJoined(const TileProduct &product, PlaceBody body) {
  int64_t threads = blockThreads / slices, size = edge * edge;
  forSums([&](Value i) {
    Value place = k.add(k.mul(slice, size), k.add(k.mul(i, threads), thread));
    k.store(k.load(memory, type, i), k.shared, place);
  });
  g.barrier();
  g.rolledLoop(g.thread(), k.constant(size), blockThreads, [&](Value element) {
    SmallVector<Value> sums;
    for (int64_t i = 0; i < slices; ++i)
      sums.push_back(
          k.load(k.shared, type, k.add(element, k.constant(i * size))));
    for (; sums.size() > 1; sums.truncate(sums.size() / 2))
      for (size_t i = 0; i < sums.size() / 2; ++i)
        sums[i] =
            arith::AddFOp::create(k.b, k.loc, sums[2 * i], sums[2 * i + 1]);
    body(product.place(k.div(element, threads), k.rem(element, threads)),
         sums.front());
  });
}

// The results of a band of rows meet in shared memory, where nobody needs the
// operands any more; then a thread has a column of a part.
void GpuTile::storeParts(PartSums &partSums,
                         function_ref<void(PlaceBody)> forResults) {
  int64_t band = std::min(edge, mostOfBand),
          bytes = type.getIntOrFloatBitWidth() / 8;
  int64_t before = slices > 1 ? slices * edge * edge : 0; // what slices join
  g.shareAtLeast((before + band * edge) * bytes);
  auto placeIn = [&](Value row, Value column) {
    return k.add(k.constant(before), k.add(k.mul(row, edge), column));
  };
  g.rolledLoop(k.constant(0), k.constant(edge), band, [&](Value top) {
    g.barrier();
    forResults([&](Place place, Value sum) {
      Value row = k.sub(place.first, top);
      Value isIn = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::ult,
                                         row, k.constant(band));
      k.when(isIn, [&] { k.store(sum, k.shared, placeIn(row, place.second)); });
    });
    g.barrier();
    Value part = k.div(g.thread(), edge), column = k.rem(g.thread(), edge);
    g.whenBelow(part, band / rowsOfPart, blockThreads / edge, [&] {
      storePart(partSums, k.add(firstRow, top), k.mul(part, rowsOfPart), column,
                placeIn);
    });
  });
}

// The part whose rows begin `row` behind `top`, in one column.
void GpuTile::storePart(PartSums &partSums, Value top, Value row, Value column,
                        function_ref<Value(Value row, Value column)> placeIn) {
  RowParts parts = *rowPartsOf(p);
  Value firstOfPart = k.add(top, row), atColumn = k.add(firstColumn, column);
  g.whenBelow(firstOfPart, p.count(p.rows), edge, [&] {
    g.whenBelow(atColumn, p.count(p.columns), edge, [&] {
      setPosition(p.rows, firstOfPart);
      setPosition(p.columns, atColumn);
      partSums.store(index(parts), [&](ValueRange zeros, RowBody body) {
        return k.reduce(k.constant(0), k.constant(rowsOfPart), 1, zeros,
                        [&](Value i, ValueRange before) {
                          setPosition(p.rows, k.add(firstOfPart, i));
                          Index at = index(p.c);
                          Value place = placeIn(k.add(row, i), column);
                          k.define(p.c.tensor, at,
                                   k.load(k.shared, type, place));
                          return body(at, before);
                        });
      });
    });
  });
}

void GpuTile::emit(int64_t each, const TileProduct &product) {
  this->each = each;
  memory = g.own(type, (1 + levelsOf(p.splits)) * each);
  sumAll(product);
  if (product.finish)
    product.finish();
  auto forResults = [&](PlaceBody body) {
    slices == 1 ? forOwn(product, body) : forJoined(product, body);
  };
  if (PartSums partSums(k, p.c.tensor); !partSums.empty())
    storeParts(partSums, forResults);
  else
    forResults([&](Place place, Value sum) { store(place, sum); });
}
