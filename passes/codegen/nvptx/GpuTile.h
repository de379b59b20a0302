// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A contraction as a grid: each block has a square tile of results, whatever
// multiplies it.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H

#include "passes/codegen/contraction/Addressing.h"
#include "passes/codegen/nvptx/GpuKernel.h"

namespace gan {

/// How a block multiplies its tile.
struct TileProduct {
  /// The sums of this thread over [from, to) of k, each from 0.
  llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value from,
                                                    mlir::Value to)>
      sumPart;
  /// Row and column in the tile of this thread's sum `i`, an i64.
  llvm::function_ref<std::pair<mlir::Value, mlir::Value>(mlir::Value i)> place;
};

class GpuTile : public Addressing {
public:
  GpuTile(GpuKernel &g, mlir::Operation *op) : Addressing(g.k, op), g(g) {}

  using Addressing::digits, Addressing::index, Addressing::isInside,
      Addressing::k, Addressing::p, Addressing::setPosition, Addressing::type;
  GpuKernel &g;
  // Set by `open`.
  int64_t edge = 0;                  // of a tile
  mlir::Value firstRow, firstColumn; // of this block's tile

  /// How many tiles of `edge` rows and columns there are.
  int64_t tiles(int64_t edge) const;
  /// The largest of `edges` with enough tiles to fill a GPU, else the last.
  int64_t chooseEdge(llvm::ArrayRef<int64_t> edges) const;
  /// One block for each tile. Its threads may have all registers
  /// that an instruction can name: a sum in memory costs more than a block
  /// less.
  void open(int64_t edge);
  /// Sums all of k, its parts joined in the order of #gan.order, and stores
  /// what the kernel yields; each thread has `each` sums.
  void emit(int64_t each, const TileProduct &product);

private:
  mlir::Value slot(mlir::Value number, mlir::Value i);
  void forSums(llvm::function_ref<void(mlir::Value i)> body);
  void sumAll(const TileProduct &product);
  void store(const TileProduct &product);

  int64_t each = 0;
  mlir::Value memory; // the thread's own: its sums, and what waits for them
};

/// Sums by f32 or f64 fma in the order of k: the bits of the CPU.
void emitFmaTile(GpuTile &t);

/// What both operands of `t` are rounded to, where tensor cores can multiply
/// them; nothing otherwise.
std::optional<RealFormat> formatOfProducts(const GpuTile &t);
/// Sums by mma.sync.
void emitMmaTile(GpuTile &t, RealFormat format);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUTILE_H
