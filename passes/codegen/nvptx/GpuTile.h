// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A contraction as a grid: each block has a square tile of results, whatever
// multiplies it.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H

#include "passes/codegen/contraction/Addressing.h"
#include "passes/codegen/contraction/PartSums.h"
#include "passes/codegen/nvptx/GpuKernel.h"

namespace gan {

/// How a block multiplies its tile.
struct TileProduct {
  /// The sums of this thread over [from, to) of k, each from 0; slice n takes
  /// what is n * stride behind that.
  llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value from,
                                                    mlir::Value to)>
      sumPart;
  /// Row and column in the tile of sum `i` of a slice's thread `thread`, i64s.
  llvm::function_ref<std::pair<mlir::Value, mlir::Value>(mlir::Value i,
                                                         mlir::Value thread)>
      place;
  /// Once all parts are summed, before shared memory is used for anything else;
  /// null where there is nothing to do.
  llvm::function_ref<void()> finish = nullptr;
};

/// How the grid covers the results, and a block its tile: where tiles are few
/// and small, equal slices of its threads share k among them.
struct TileShape {
  int64_t edge, slices = 1;
};

class GpuTile : public Addressing {
public:
  GpuTile(GpuKernel &g, mlir::Operation *op) : Addressing(g.k, op), g(g) {}

  using Addressing::digits, Addressing::index, Addressing::isInside,
      Addressing::k, Addressing::p, Addressing::setPosition, Addressing::type;
  GpuKernel &g;
  // Set by `open`.
  int64_t edge = 0;                  // of a tile
  int64_t slices = 1, stride = 0;    // of k
  mlir::Value firstRow, firstColumn; // of this block's tile
  mlir::Value slice, thread;         // of this thread; its number in the slice

  /// The largest edge with enough tiles to fill a GPU, else the last; with the
  /// slices that go with it if k can be cut so: into whole parts that are
  /// joined as before, or, where order in a part is `free`, anywhere.
  TileShape chooseShape(llvm::ArrayRef<TileShape> shapes, bool free) const;
  /// One block for each tile. Its threads may have all registers that an
  /// instruction can name: a sum in memory costs more than a block less.
  void open(const TileShape &shape);
  /// Sums all of k, its parts joined in the order of #gan.order, and stores
  /// what the kernel yields; each thread has `each` sums. Overwrites what the
  /// block shares.
  void emit(int64_t each, const TileProduct &product);

private:
  int64_t tiles(int64_t edge) const;
  bool canSlice(int64_t slices, bool free) const;
  mlir::Value slot(mlir::Value number, mlir::Value i);
  void forSums(llvm::function_ref<void(mlir::Value i)> body);
  void sumAll(const TileProduct &product);
  using Place = std::pair<mlir::Value, mlir::Value>; // row and column
  using PlaceBody = llvm::function_ref<void(Place place, mlir::Value sum)>;
  void forOwn(const TileProduct &product, PlaceBody body);
  void forJoined(const TileProduct &product, PlaceBody body);
  void store(Place place, mlir::Value sum);
  void storeParts(PartSums &partSums,
                  llvm::function_ref<void(PlaceBody body)> forResults);
  void
  storePart(PartSums &partSums, mlir::Value top, mlir::Value row,
            mlir::Value column,
            llvm::function_ref<mlir::Value(mlir::Value row, mlir::Value column)>
                placeIn);

  int64_t each = 0;
  mlir::Value memory; // the thread's own: its sums, and what waits for them
};

/// Sums by f32 or f64 fma in the order of k: the bits of the CPU.
void emitFmaTile(GpuTile &t);

/// Sums by tensor cores, of operands that are rounded to `format`.
void emitRoundedTile(GpuTile &t, RealFormat format);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H
