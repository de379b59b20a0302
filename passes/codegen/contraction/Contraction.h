// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One contraction kernel under construction: what packing, multiplying and
// storing share.
#ifndef GAN_PASSES_CODEGEN_CONTRACTION_CONTRACTION_H
#define GAN_PASSES_CODEGEN_CONTRACTION_CONTRACTION_H

#include "passes/codegen/contraction/Addressing.h"
#include "passes/codegen/contraction/InnerProduct.h"
#include "passes/codegen/contraction/PartSums.h"
#include "passes/contraction/Tiling.h"

#include <functional>

namespace gan {

/// A block at run time: `members` neighbours, from `member` on, of each of
/// `runs` runs from `run` on. Member m of run r has position
/// r * stride + m in the block.
struct Span {
  mlir::Value run, runs, member, members;
  int64_t stride;
};

/// How a target lays out a tile in scratch, in elements.
///   a: one row of k per row, or where its rows are neighbours in memory, one
///      row of rows per k;  b: panels of `vectors` registers, k by k;
///   sums: row by row, one tile per level of the tree that joins parts;
///   window: where products overlap, what those of one group of rows add up to.
/// An operand that memory holds in such an order may be read where it lies.
/// Where AMX multiplies, a row of k is one of bf16; what lies k by k becomes
/// pairs of bf16, in the place of the first half of every 32 k.
/// With `filtering` there is an `a`, a `b` and `sums` per product, and a tile
/// of a level per number of a patch.
/// For AMX, once packed, pairs of bf16 lie in the first half of every 32 k.
struct Layout {
  Layout(const Problem &problem, const Tiling &tiling, mlir::Type element,
         const TargetInfo &target);

  bool usesAmx;
  int64_t lanes;   // of a register
  int64_t vectors; // registers in a row of a panel
  int64_t last;    // registers in a row of the last panel of a full block
  int64_t tile;    // rows of a register tile
  bool aByRows;
  bool aIsRounded; // rows of bf16
  bool aInPlace = false, bInPlace = false;
  int64_t rowsPerRun; // positions of a run of rows, unused ones included
  int64_t rows;       // of a tile, unused ones included
  int64_t depth;      // of a block of k, likewise
  int64_t aStride, bStride, sumStride; // of neighbouring rows
  int64_t panel, levels;
  int64_t products = 1, results = 1; // of a place in the problem
  int64_t aSize, bSize, sumSize;
  int64_t zeros = 0;  // that are read in place of what lies outside
  int64_t window = 0; // where products overlap

  int64_t width() const { return vectors * lanes; }
  /// Of the panel that begins at `column`, in b.
  mlir::Value panelAt(KernelBuilder &k, mlir::Value column) const {
    return bInPlace ? column : k.mul(k.div(column, width()), panel);
  }
  int64_t size() const {
    return products * (aSize + bSize + sumSize) + levels * results * sumSize +
           zeros + window;
  }

private:
  void readInPlace(const Problem &problem, const Tiling &tiling);
};

/// The tiling of all targets as one has it: with deeper blocks of k where rows
/// are of bf16.
Tiling tilingFor(const Problem &problem, Tiling tiling, mlir::Type element,
                 const TargetInfo &target);

/// Elements that are read in place of what lies outside, at most.
inline constexpr int64_t mostZeros = 256;

/// Runs of an operand along the axis that is contiguous in memory, copied to
/// scratch by vectors of `width`: member `fast` of what is `slow` to a place.
struct RunCopy {
  const Operand &operand;
  const Space &fast;
  const Span &span; // of fast
  int64_t width;
  mlir::Value buffer;
  llvm::function_ref<mlir::Value(mlir::Value slow, mlir::Value fast)> place;
};

/// Vectors of neighbours that go to neighbouring places of scratch.
struct Stretch {
  mlir::Value at, count;
  int64_t lanes;
};
using StretchBody = llvm::function_ref<void(const Stretch &)>;

/// Which rows and columns of a patch are inside, a bit each, and where zeros
/// are to be read in place of the others; all null: the whole patch is inside.
struct Frame {
  mlir::Value rows, columns, zeros;
};

/// Where neighbours `fast` of the member `slow` go: `together` lie one after
/// the other, at most `mostZeros`.
struct PatchPlace {
  int64_t lanes, together;
  std::function<mlir::Value(mlir::Value slow, mlir::Value fast)> of;
};

/// A run of patches that is packed: its digit in the problem, and its
/// stretches.
struct PatchRun {
  const Patches &patches;
  const Operand &operand;
  mlir::Value buffer;
  int64_t size; // of one product in the buffer
  int digit;
  llvm::function_ref<void(StretchBody)> forEach;
};

/// The next shorter vector that is worth its own code, down to one by one.
inline int64_t narrower(int64_t lanes) { return lanes >= 8 ? lanes / 2 : 1; }

/// Exchanges the registers of a square of numbers and their lanes.
void transposeSquare(KernelBuilder &k,
                     llvm::MutableArrayRef<mlir::Value> registers);

class Contraction : Addressing {
public:
  Contraction(KernelBuilder &k, mlir::Operation *op);
  void emit();

private:
  PartSums partSums;
  Tiling common, tiling; // of all targets, of this one
  Layout layout;
  mlir::Value a, b, sums; // in scratch
  mlir::Value zeros;      // there, too
  mlir::Value window;     // likewise
  mlir::Value begins;     // whether sums are those of this block of k alone

  // ---- Packing.cpp
  using Addressing::isInside;
  mlir::Value isInside(const Operand &operand, const Space &space,
                       mlir::Value length);
  mlir::Value element(const Operand &operand, int64_t lanes);
  void forEachRun(const Space &space, const Span &span,
                  llvm::function_ref<void(mlir::Value position)> body);
  void forEachMember(
      const Space &space, const Span &span, int64_t width,
      llvm::function_ref<void(mlir::Value position, int64_t width)> body);
  void packA(const Span &rows, const Span &depth);
  void packB(const Span &columns, const Span &depth);
  void put(const RunCopy &copy, mlir::Value value, mlir::Value at);
  void copyWhole(const RunCopy &copy, mlir::Value slow, mlir::Value run,
                 llvm::function_ref<mlir::Value(int64_t lanes)> value);
  void copyInside(const RunCopy &copy, mlir::Value slow, mlir::Value run);
  void copyRun(const RunCopy &copy, mlir::Value slow, mlir::Value run);
  void copyRuns(const Space &slow, const Span &slowSpan, const RunCopy &copy);
  /// Whether neighbours are inside, outside, or some of them.
  enum class Border { None, Outside, Cut };
  mlir::Value takeRow(int64_t lanes, Border border);
  void packSquare(int64_t side, Border border, mlir::Value place);
  void packRectangle(int64_t width, int64_t lanes, Border border,
                     mlir::Value place);
  void packTransposed(const Span &columns, const Span &depth);
  bool fitsPanels(int64_t lanes) const;
  mlir::Value placeInB(mlir::Value column, mlir::Value step);

  // ---- Filtering.cpp
  void forEachPlace(const Patches &patches, mlir::Value &buffer, int64_t size,
                    llvm::function_ref<void()> body);
  void callTransform(const SmallMatrix &m, int64_t lanes,
                     llvm::SmallVector<mlir::Value> arguments,
                     const Frame &frame);
  void transform(const Patches &patches, mlir::Value buffer, int64_t size);
  void transformAt(const Patches &patches, mlir::Value buffer, int64_t size,
                   const Stretch &stretch);
  mlir::Value beginOf(const PatchRun &run);
  void transformFrom(const PatchRun &run, const Stretch &stretch,
                     const Frame &frame);

  // ---- PatchPacking.cpp
  mlir::Value isInside(const Patches &patches, const Operand &operand);
  mlir::Value insideAlong(const Patches &patches, const Operand &operand,
                          int axis);
  void forEachStretch(const Space &space, const Span &span,
                      const PatchPlace &place, mlir::Value slow,
                      mlir::Value run, StretchBody body);
  void packRead(const PatchRun &run);
  void packComputed(const PatchRun &run);
  void packPatches(const Patches &patches, const Operand &operand,
                   const Space &slow, const Span &slowSpan, const Space &fast,
                   const Span &fastSpan, mlir::Value buffer, int64_t size,
                   const PatchPlace &place);
  void packPatchesA(const Span &rows, const Span &depth);
  void packPatchesB(const Span &columns, const Span &depth);
  void packBoth(const Span &rows, const Span &columns, const Span &depth);

  // ---- Overlap.cpp
  void clearWindow();
  void addToWindow(const Span &rows, const Span &columns, mlir::Value first);
  void addRow(const Span &columns, mlir::Value tap, mlir::Value row);
  mlir::Value inWindow(const std::array<Coordinate, 2> &place);
  void storeWindow();
  void storeOverlapping(const Span &rows, const Span &columns);

  // ---- AmxOperands.cpp
  void dropRounding();
  mlir::Value roundedForAmx(mlir::Value elements);
  mlir::Value padded(mlir::Value count, int64_t unit);
  bool fillsSteps() const;
  void clearLastSteps(const Span &rows, const Span &columns, const Span &depth);
  void pairSteps(const Span &rows, const Span &columns, const Span &depth);
  void pairStepsOfB(mlir::Value panel, int64_t vectors, mlir::Value steps);
  mlir::Value pairsOf(mlir::Value x, mlir::Value y);
  void pairStepsOfA(mlir::Value rows, mlir::Value steps);
  void multiplyByAmx(mlir::Value aFrom, mlir::Value bFrom, mlir::Value sumsFrom,
                     int64_t vectors, mlir::Value steps);

  // ---- ContractionEmitter.cpp
  mlir::Value blockInPlace(const Operand &operand, const Space &space,
                           const Span &span, const Span &depth);
  mlir::Value rowsOf(const Span &rows);
  mlir::Value stepsOf(const Span &depth);
  void
  forEachPanel(const Span &columns,
               llvm::function_ref<void(mlir::Value panel, mlir::Value column,
                                       int64_t vectors)>
                   body);
  void multiplyByFma(mlir::Value aFrom, mlir::Value bFrom, mlir::Value sumsFrom,
                     int64_t vectors, mlir::Value steps);
  void emitTile(mlir::Value tile);
  void sumPart(const Span &rows, const Span &columns, mlir::Value from,
               mlir::Value to);
  mlir::Value beginsSums(mlir::Value from, mlir::Value run, mlir::Value member);
  mlir::Value level(mlir::Value number);
  void addLevel(mlir::Value number);
  void moveSums(mlir::Value from, mlir::Value to);
  void whenNeeded(const Span &rows, const Span &depth,
                  llvm::function_ref<void()> body);
  void multiplyAll(const Span &rows, const Span &columns, const Span &depth);
  void multiply(const Span &rows, const Span &columns, const Span &depth);
  void multiplyPanel(const Span &rows, const Span &depth, mlir::Value panel,
                     mlir::Value column, int64_t vectors);
  void storeAll(const Span &rows, const Span &columns);
  mlir::Value sumAt(mlir::Value row, mlir::Value column, int64_t width);
  int axisOf(int digit) const;
  void store(const Span &rows, const Span &columns);
  void storeParts(const Span &rows, const Span &columns);
  void fillZeros();
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CONTRACTION_CONTRACTION_H
