// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/GpuTile.h"

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

int64_t GpuTile::chooseEdge(ArrayRef<int64_t> edges) const {
  for (int64_t edge : edges)
    if (tiles(edge) >= fewTiles)
      return edge;
  return edges.back();
}

// block = (what is fixed, block of rows, block of columns)
void GpuTile::open(int64_t edge) {
  this->edge = edge;
  g.launch.blocks = tiles(edge);
  g.launch.minBlocks = 1;
  Value block = k.block;
  firstColumn = k.mul(take(block, divideCeil(p.count(p.columns), edge)), edge);
  firstRow = k.mul(take(block, divideCeil(p.count(p.rows), edge)), edge);
  setFixed(block);
}

// Slot 0 has the sums, slot 1 + n what waits at level n.
Value GpuTile::slot(Value number, Value i) {
  return k.add(k.mul(number, each), i);
}

void GpuTile::forSums(function_ref<void(Value)> body) {
  k.loop(k.constant(0), k.constant(each), 1, body);
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
  auto sum = [&](Value from, Value to) {
    int64_t run = p.extents[p.k.run];
    for (auto [i, one] :
         llvm::enumerate(product.sumPart(k.mul(from, run), k.mul(to, run))))
      k.store(one, memory, k.constant(i));
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
  sumParts({sum, keep, add, recall});
}

// The epilogue, one element after the other.
void GpuTile::store(const TileProduct &product) {
  forSums([&](Value i) {
    auto [y, x] = product.place(i);
    Value row = k.add(firstRow, y), column = k.add(firstColumn, x);
    g.whenBelow(row, p.count(p.rows), edge, [&] {
      g.whenBelow(column, p.count(p.columns), edge, [&] {
        setPosition(p.rows, row);
        setPosition(p.columns, column);
        whenInside(p.c, [&] {
          Index at = index(p.c);
          k.define(p.c.tensor, at, k.load(memory, type, i));
          k.storeOutputs(p.c.tensor, at);
        });
      });
    });
  });
}

void GpuTile::emit(int64_t each, const TileProduct &product) {
  this->each = each;
  Value slots = LLVM::ConstantOp::create(
      k.b, k.loc, k.b.getI32IntegerAttr((1 + p.levels()) * each));
  memory = LLVM::AllocaOp::create(
      k.b, k.loc, LLVM::LLVMPointerType::get(k.b.getContext()), type, slots);
  sumAll(product);
  store(product);
}
