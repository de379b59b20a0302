// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What every hero emitter builds with: the function of one kernel, its loops,
// its memory, and the value of any tensor of the kernel's region at any index.
#ifndef GAN_PASSES_CODEGEN_KERNELBUILDER_H
#define GAN_PASSES_CODEGEN_KERNELBUILDER_H

#include "dialect/GanOps.h"
#include "passes/codegen/Index.h"
#include "passes/codegen/TargetInfo.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>

namespace gan {

/// Address spaces of NVVM.
inline constexpr unsigned globalMemory = 1, sharedMemory = 3;

/// Builds `void name(ptr args, i64 begin, i64 end, ptr scratch)`, or on a GPU
/// `void name(ptr.., i64 block, ptr shared)`, a pointer to global memory per
/// input and output, the number of the block and its memory; a hero emitter
/// fills the body and sets `tiles` (and `scratchBytes`). All integers are i64;
/// a tensor element of type i1 is a byte in memory and an i1 in registers, one
/// of bf16 the upper half of an f32 in memory and an f32 in registers.
class KernelBuilder {
public:
  KernelBuilder(KernelOp kernel, const TargetInfo &target,
                mlir::ModuleOp module, llvm::StringRef name);
  /// A private function without a kernel: its tiles and tensors are not to be
  /// asked for.
  KernelBuilder(const TargetInfo &target, mlir::ModuleOp module,
                mlir::Location loc, llvm::StringRef name,
                mlir::FunctionType type);

  KernelOp kernel;
  const TargetInfo &target;
  mlir::OpBuilder b;
  mlir::Location loc;
  mlir::func::FuncOp function;
  mlir::Value begin, end,
      scratch; // what the runtime gives: tiles [begin, end) are ours; null on
               // a GPU
  mlir::Value block, shared; // what the launch gives; null on a CPU
  llvm::SmallVector<mlir::Value> inputs,
      outputs; // pointers: of the block arguments, of what `gan.yield` names
  int64_t tiles = 1;        // result: how many tiles there are
  int64_t scratchBytes = 0; // result: how much of `scratch` one thread uses

  mlir::Block &body() { return kernel.getBody().front(); }
  YieldOp yield() { return mlir::cast<YieldOp>(body().getTerminator()); }

  // ---- values
  // ------------------------------------------------------------------------------------------------------

  /// The value of `tensor` (of the kernel's region) at `index`: a scalar, or a
  /// vector of `index.lanes`. Emits loads, elementwise ops and index maps; what
  /// a hero computes must have been given to `define` for that index before.
  /// Asking twice within the same or an enclosing block emits once.
  mlir::Value at(mlir::Value tensor, const Index &index);

  /// The same with one i64 per axis; lanes run along axis `laneAxis` (default:
  /// the last). `aligned` promises that the index on that axis is a multiple of
  /// `lanes`.
  mlir::Value at(mlir::Value tensor, llvm::ArrayRef<mlir::Value> index,
                 int64_t lanes = 1, int laneAxis = -1, bool aligned = false);

  /// Where that element lies in memory; null where it is computed. Lanes must
  /// be neighbours.
  mlir::Value addressOf(mlir::Value tensor, const Index &index);

  /// Says what `tensor` is at `index`: from now on, in this block and those
  /// inside, `at` answers `element`.
  void define(mlir::Value tensor, const Index &index, mlir::Value element);

  /// Stores what the kernel yields at the place that belongs to element `index`
  /// of `hero` (already defined there): evaluates the epilogue. Outputs must
  /// come from `hero` by elementwise ops, reshapes and transposes; an output
  /// that does not depend on `hero` must have as many elements, and is stored
  /// at `index` too.
  void storeOutputs(mlir::Value hero, const Index &index);
  /// The same of the outputs of these numbers alone.
  void storeOutputs(mlir::Value hero, const Index &index,
                    llvm::ArrayRef<unsigned> numbers);

  /// The index of `hero`'s element `indices[axis]`.
  Index axes(mlir::Value tensor, llvm::ArrayRef<mlir::Value> indices,
             int64_t lanes = 1, int laneAxis = -1, bool aligned = false);

  /// The same element in digits of exactly `extents` (1s included); nothing
  /// when lanes would not stay in one digit.
  std::optional<Index> regroup(const Index &index,
                               llvm::ArrayRef<int64_t> extents);

  /// Lane `lane` of `index` as an index without lanes.
  Index scalar(const Index &index, int64_t lane = 0);

  // ---- memory
  // ------------------------------------------------------------------------------------------------------

  /// Loads `lanes` neighbouring elements of `element` type, `offset` elements
  /// behind `pointer`; `aligned` promises an address that is a multiple of
  /// their size.
  mlir::Value load(mlir::Value pointer, mlir::Type element, mlir::Value offset,
                   int64_t lanes = 1, bool aligned = false);
  /// Stores a scalar or a vector there.
  void store(mlir::Value element, mlir::Value pointer, mlir::Value offset,
             bool aligned = false);
  /// The same of elements that memory holds as `held`.
  void storeAs(mlir::Type held, mlir::Value element, mlir::Value pointer,
               mlir::Value offset);
  /// `offset` elements (bytes: `element` null) behind `pointer`.
  mlir::Value advance(mlir::Value pointer, mlir::Type element,
                      mlir::Value offset);
  /// A pointer to constant elements, which become part of the image.
  mlir::Value table(mlir::DenseElementsAttr elements);
  /// Elements of bf16, in i16, as f32, and of f32 whose lower half is 0 back.
  mlir::Value extend(mlir::Value halves);
  mlir::Value upperHalf(mlir::Value elements);

  // ---- integers and loops
  // ------------------------------------------------------------------------------------------
  // Folded, and emitted once per block.

  mlir::Value constant(int64_t value);
  mlir::Value add(mlir::Value x, mlir::Value y);
  mlir::Value sub(mlir::Value x, mlir::Value y);
  mlir::Value mul(mlir::Value x, int64_t y);
  mlir::Value div(mlir::Value x, int64_t y); // both unsigned
  mlir::Value rem(mlir::Value x, int64_t y);
  mlir::Value min(mlir::Value x, mlir::Value y); // signed
  mlir::Value max(mlir::Value x, mlir::Value y);

  /// for (i = from; i < to; i += step) body(i)
  void loop(mlir::Value from, mlir::Value to, int64_t step,
            llvm::function_ref<void(mlir::Value)> body);
  /// The same with loop-carried values; returns their last values.
  llvm::SmallVector<mlir::Value>
  reduce(mlir::Value from, mlir::Value to, int64_t step,
         mlir::ValueRange initial,
         llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                           mlir::ValueRange)>
             body);

  /// if (condition) then() else otherwise(); the latter may be null.
  void when(mlir::Value condition, llvm::function_ref<void()> then,
            llvm::function_ref<void()> otherwise = nullptr);
  /// condition ? then() : otherwise(), values of `types`; one side is computed.
  llvm::SmallVector<mlir::Value>
  choose(mlir::TypeRange types, mlir::Value condition,
         llvm::function_ref<llvm::SmallVector<mlir::Value>()> then,
         llvm::function_ref<llvm::SmallVector<mlir::Value>()> otherwise);

  // ---- code that kernels share
  // ------------------------------------------------------------------------------------------

  using Body = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      KernelBuilder &, mlir::ValueRange arguments)>;

  /// Calls the function `name` of the image, of these arguments and results.
  /// `body` emits it where no kernel has called it yet, so `name` must say all
  /// that it depends on. On a GPU, where calls go through memory, the body
  /// stands here.
  llvm::SmallVector<mlir::Value> callShared(llvm::StringRef name,
                                            mlir::ValueRange arguments,
                                            mlir::TypeRange results, Body body);

  // ---- elements
  // ----------------------------------------------------------------------------------------------------

  /// `scalar` in every lane; itself when `lanes` = 1.
  mlir::Value splat(mlir::Value scalar, int64_t lanes);
  /// A vector of these scalars; the only one itself.
  mlir::Value assemble(llvm::ArrayRef<mlir::Value> scalars);
  /// Lane `lane` of a vector.
  mlir::Value extract(mlir::Value vector, int64_t lane);
  /// A number of scalar type `type` (real or integer) in every lane.
  mlir::Value number(mlir::Type type, double value, int64_t lanes = 1);
  /// 0, step, 2 step, .. in the lanes, of an integer type.
  mlir::Value ramp(mlir::Type type, int64_t step, int64_t lanes);
  /// `type` with `lanes` lanes.
  static mlir::Type widen(mlir::Type type, int64_t lanes);

private:
  void openTiles();
  void openThreads();

  using Key = llvm::SmallVector<const void *, 8>;
  std::map<Key, llvm::SmallVector<mlir::Value, 1>> memo;

  mlir::Value recall(const Key &key);
  mlir::Value remember(const Key &key, mlir::Value value);
  Key keyOf(mlir::Value tensor, const Index &index);
  mlir::Value binary(llvm::StringRef name, mlir::Value x, mlir::Value y);
  mlir::Value compute(mlir::Value tensor, const Index &index);
  mlir::Value loadArgument(mlir::BlockArgument argument, const Index &index);
  mlir::Value perLane(mlir::Value tensor, const Index &index);
  mlir::Value atConstant(ConstantOp op, const Index &index);
  mlir::Value atBroadcast(BroadcastOp op, const Index &index);
  mlir::Value atTranspose(TransposeOp op, const Index &index);
  mlir::Value atSlice(SliceOp op, const Index &index);
  mlir::Value atShard(ShardOp op, const Index &index);
  mlir::Value atPad(PadOp op, const Index &index);
  mlir::Value atConcat(ConcatOp op, const Index &index);
  mlir::Value atFlip(FlipOp op, const Index &index);
  mlir::Value atIota(IotaOp op, const Index &index);
  mlir::Value atRandom(RandomOp op, const Index &index);
  mlir::Value inside(mlir::Value coordinate, int64_t low, int64_t high);
  std::optional<Index> indexOf(mlir::Value output, mlir::Value hero,
                               const Index &index,
                               llvm::DenseSet<mlir::Value> &independent);
};

} // namespace gan

#endif // GAN_PASSES_CODEGEN_KERNELBUILDER_H
