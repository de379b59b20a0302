// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles by tensor cores, whichever instruction multiplies them: operands of
// tf32 or bf16 in shared memory, sums in f32.
#ifndef GAN_PASSES_CODEGEN_NVPTX_GPUROUNDED_H
#define GAN_PASSES_CODEGEN_NVPTX_GPUROUNDED_H

#include "passes/codegen/nvptx/GpuBulk.h"
#include "passes/codegen/nvptx/GpuStaging.h"

namespace gan {

/// A row of an operand's tile has 64 bytes in shared memory, 16 steps of tf32
/// or 32 of bf16, in chunks of 16 bytes; an instruction takes two of them. The
/// formats differ only where operands are rounded, and in the name of the
/// instruction.
class RoundedTile {
public:
  void emit();

protected:
  /// Chunk c of row r lies at c ^ (r / turns[0] ^ r / turns[1] ..) % 4.
  RoundedTile(GpuTile &t, RealFormat format, llvm::ArrayRef<int64_t> turns);
  virtual ~RoundedTile() = default;

  static constexpr int64_t rowBytes = 64, chunkBytes = 16;
  /// Instructions along k that a stage feeds.
  static constexpr int64_t stepsOfStage = 2;

  virtual int64_t sumsOfThread() const = 0;
  /// sums += a * b of a stage, or asks for it.
  virtual void multiplyStage(mlir::Value stage,
                             llvm::MutableArrayRef<mlir::Value> sums) = 0;
  /// Waits for what was asked for.
  virtual void settle(llvm::MutableArrayRef<mlir::Value> sums) {}
  /// What this thread put into shared memory is there for the instruction, once
  /// a barrier is passed.
  virtual void publish() {}
  /// As TileProduct::place.
  virtual std::pair<mlir::Value, mlir::Value> place(mlir::Value i,
                                                    mlir::Value thread) = 0;

  /// The place of chunk `chunk` of `row` in a stage, in bytes.
  mlir::Value chunkOf(mlir::Value row, mlir::Value chunk);
  int64_t elementBytes() const { return isTf32 ? 4 : 2; }

  GpuTile &t;
  KernelBuilder &k;
  bool isTf32;
  /// An operand in shared memory: stages that are filled while another is
  /// multiplied.
  struct Side {
    Operand operand; // without its rounding
    std::optional<GpuStaging> staging;
    bool isCopied; // by cp.async: memory holds what is multiplied
    std::optional<BulkOperand> bulk; // or by TMA
    mlir::Value memory;

    bool goesByRegisters() const { return !isCopied && !bulk; }
    /// Whether neighbours in shared memory are members, not steps.
    bool isAcrossK() const { return bulk && !bulk->isAlongK(); }
  };
  Side a, b;

private:
  void prepare(Side &side, const Space &space, mlir::Value first);
  mlir::Value placeOf(mlir::Value row, mlir::Value byte);
  void copy(Side &side, mlir::Value step, mlir::Value to, mlir::Value stage);
  void copyBulk(mlir::Value step, mlir::Value to, mlir::Value stage);
  int64_t chooseStages() const;
  llvm::SmallVector<mlir::Value> fetch(Side &side, mlir::Value step,
                                       mlir::Value to);
  void put(Side &side, llvm::ArrayRef<mlir::Value> words, mlir::Value stage);
  llvm::SmallVector<mlir::Value> pack(llvm::ArrayRef<mlir::Value> values);
  llvm::SmallVector<mlir::Value> sumPart(mlir::Value from, mlir::Value to);

  int64_t depth() const { return rowBytes / elementBytes(); }
  int64_t stageBytes() const { return t.slices * t.edge * rowBytes; }

  int64_t stages;                        // in shared memory
  std::optional<StageBarriers> barriers; // where something is copied in bulk
  llvm::SmallVector<int64_t, 2> turns;
};

/// Sums by mma.sync, on every GPU.
void emitMmaTile(GpuTile &t, RealFormat format);
/// Whether wgmma does better: where the target has it, and a tile has the 64
/// rows that an instruction takes.
bool prefersWgmma(const GpuTile &t);
/// Sums by wgmma.
void emitWgmmaTile(GpuTile &t, RealFormat format);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_GPUROUNDED_H
