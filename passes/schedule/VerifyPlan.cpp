// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Entries.h"
#include "dialect/Launches.h"
#include "dialect/Shards.h"
#include "passes/schedule/Arena.h"
#include "passes/schedule/Followers.h"
#include "passes/schedule/Liveness.h"
#include "passes/schedule/Passes.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

namespace gan {
#define GEN_PASS_DEF_VERIFYPLANPASS
#include "passes/schedule/Passes.h.inc"
} // namespace gan

namespace {
struct Span {
  int64_t offset, bytes;
  bool overlaps(const Span &other) const {
    return offset < other.offset + other.bytes && other.offset < offset + bytes;
  }
};

// Checks the plan of one model.
class PlanChecker {
public:
  explicit PlanChecker(ModelOp model) : model(model) {}
  LogicalResult run();

private:
  LogicalResult readTable();
  LogicalResult checkPersistent();
  LogicalResult checkEntry(func::FuncOp function);
  LogicalResult bindEntry(func::FuncOp function);
  LogicalResult checkShards(func::FuncOp function);
  LogicalResult bind(Operation *at, Value value, IntegerAttr buffer);
  LogicalResult checkReads(Operation &op, ArrayRef<int64_t> inputs,
                           const Liveness &live);
  LogicalResult checkWrite(Operation &op, Value result, const Liveness &live);

  ModelOp model;
  int64_t arenaBytes = 0;
  SmallVector<Span> table;
  llvm::DenseSet<int64_t> persistent;
  // Of the roots of the entry at hand, in their order: the first fault is told.
  llvm::MapVector<Value, int64_t> buffers;
};
} // namespace

LogicalResult PlanChecker::readTable() {
  auto bytes = model->getAttrOfType<IntegerAttr>("gan.arena_bytes");
  auto flat = model->getAttrOfType<DenseI64ArrayAttr>("gan.buffers");
  if (!bytes || !flat || flat.size() % 2 != 0)
    return model.emitOpError("has no memory plan: run gan-plan-memory");
  arenaBytes = bytes.getInt();
  for (int64_t i = 0; i < flat.size(); i += 2) {
    table.push_back({flat[i], flat[i + 1]});
    // Without their sum, which need not fit.
    bool lawful = flat[i] >= 0 && flat[i] % kAlignment == 0 &&
                  flat[i + 1] >= 0 && flat[i] <= arenaBytes &&
                  flat[i + 1] <= arenaBytes - flat[i];
    if (!lawful)
      return model.emitOpError()
             << "has buffer " << i / 2 << " at " << flat[i] << " of "
             << flat[i + 1] << " bytes, outside its arena of " << arenaBytes
             << " bytes or not at a multiple of " << kAlignment;
  }
  return success();
}

// Storage, inputs and outputs of entries share bytes with nothing.
LogicalResult PlanChecker::checkPersistent() {
  auto note = [&](Attribute attribute) {
    if (auto buffer = dyn_cast_or_null<IntegerAttr>(attribute))
      persistent.insert(buffer.getInt());
  };
  for (StorageOp op : model.getBody().getOps<StorageOp>())
    note(op->getAttr("gan.buffer"));
  for (func::FuncOp function : model.getBody().getOps<func::FuncOp>()) {
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      note(function.getArgAttr(i, "gan.buffer"));
    for (unsigned i = 0; i < function.getNumResults(); ++i)
      note(function.getResultAttr(i, "gan.buffer"));
  }
  for (auto [index, span] : llvm::enumerate(table))
    for (int64_t other : persistent) {
      if (other < 0 || other >= static_cast<int64_t>(table.size()))
        return model.emitOpError()
               << "names buffer " << other << " of " << table.size();
      if (static_cast<int64_t>(index) != other && span.overlaps(table[other]))
        return model.emitOpError()
               << "has buffer " << index << " on the bytes of buffer " << other
               << ", which is kept between entries";
    }
  return success();
}

LogicalResult PlanChecker::bind(Operation *at, Value value,
                                IntegerAttr buffer) {
  if (!buffer || buffer.getInt() < 0 ||
      buffer.getInt() >= static_cast<int64_t>(table.size()) ||
      table[buffer.getInt()].bytes < bytesOf(value))
    return at->emitOpError() << "needs a buffer of at least " << bytesOf(value)
                             << " bytes for every value";
  buffers[value] = buffer.getInt();
  return success();
}

LogicalResult PlanChecker::bindEntry(func::FuncOp function) {
  buffers.clear();
  for (BlockArgument argument : function.getArguments())
    if (failed(bind(function, argument,
                    function.getArgAttrOfType<IntegerAttr>(
                        argument.getArgNumber(), "gan.buffer"))))
      return failure();
  Builder builder(model.getContext());
  for (Operation &op : function.getBody().front()) {
    if (isa<ReshapeOp, func::ReturnOp>(op))
      continue;
    auto inputs = op.getAttrOfType<DenseI64ArrayAttr>("gan.inputs");
    auto outputs = op.getAttrOfType<DenseI64ArrayAttr>("gan.outputs");
    if (!inputs || inputs.size() != op.getNumOperands() || !outputs ||
        outputs.size() != op.getNumResults())
      return op.emitOpError("needs one buffer per operand and result");
    for (auto [result, buffer] :
         llvm::zip_equal(op.getResults(), outputs.asArrayRef()))
      if (failed(bind(&op, result, builder.getI64IntegerAttr(buffer))))
        return failure();
  }
  return success();
}

// Whether one launch makes `root` and runs `op`.
static bool isBornWith(Value root, Operation &op, const Liveness &live) {
  Operation *def = root.getDefiningOp();
  return def && live.positionOf(def) == live.positionOf(&op);
}

// Whether `op` goes on where the kernel that makes `root` ends.
static bool isFollowed(Value root, Operation &op) {
  Operation *before = op.getPrevNode();
  return followsInBlock(&op) && root.getDefiningOp() == before &&
         canFollow(cast<KernelOp>(before), cast<KernelOp>(op));
}

LogicalResult PlanChecker::checkReads(Operation &op, ArrayRef<int64_t> inputs,
                                      const Liveness &live) {
  for (Value operand : op.getOperands())
    if (Value root = rootOf(operand);
        isBornWith(root, op, live) && !isFollowed(root, op))
      return op.emitOpError() << "reads what another kernel of its launch "
                              << op.getAttr(launchAttribute) << " computes";
  for (auto [operand, buffer] : llvm::zip_equal(op.getOperands(), inputs))
    if (buffers.lookup(rootOf(operand)) != buffer)
      return op.emitOpError()
             << "reads buffer " << buffer << ", but its operand is in buffer "
             << buffers.lookup(rootOf(operand));
  return success();
}

// A write must leave alone what is read later, and, save element by element,
// what the op itself reads.
LogicalResult PlanChecker::checkWrite(Operation &op, Value result,
                                      const Liveness &live) {
  const Span &written = table[buffers.lookup(result)];
  for (auto [root, buffer] : buffers) {
    bool isBefore =
        !root.getDefiningOp() ||
        live.positionOf(root.getDefiningOp()) <= live.positionOf(&op);
    if (root == result || !isBefore || !written.overlaps(table[buffer]))
      continue;
    if (live.lastRead(root) > live.positionOf(&op) ||
        live.isReadBeside(root, &op) || isBornWith(root, op, live))
      return op.emitOpError()
             << "writes buffer " << buffers.lookup(result) << " while buffer "
             << buffer << " on the same bytes is still to be read";
    for (OpOperand &operand : op.getOpOperands()) {
      auto kernel = dyn_cast<KernelOp>(op);
      bool isOwn = kernel && table[buffer].offset == written.offset &&
                   haveSameWidth(root, result) &&
                   readsAtOwnIndex(kernel, operand.getOperandNumber());
      if (rootOf(operand.get()) == root && !isOwn)
        return op.emitOpError() << "writes buffer " << buffers.lookup(result)
                                << " on bytes that it reads at other indices";
    }
  }
  return success();
}

// What may differ between shards lies where each of them has bytes of its own.
LogicalResult PlanChecker::checkShards(func::FuncOp function) {
  auto offset = model->getAttrOfType<IntegerAttr>("gan.shard_offset");
  int64_t begin = offset ? offset.getInt() : arenaBytes;
  llvm::DenseSet<Value> ofShard = valuesOfShard(function);
  for (auto [value, buffer] : buffers) {
    const Span &span = table[buffer];
    bool isOwn = span.offset >= begin && span.bytes > 0;
    bool isShared = span.offset + span.bytes <= begin;
    if (ofShard.contains(value) ? !isOwn : !isShared)
      return function.emitOpError()
             << "has buffer " << buffer << " on the wrong side of "
             << "gan.shard_offset for what "
             << (ofShard.contains(value) ? "each shard has for itself"
                                         : "all shards share");
  }
  return success();
}

LogicalResult PlanChecker::checkEntry(func::FuncOp function) {
  if (failed(bindEntry(function)) || failed(checkShards(function)))
    return failure();
  Block &block = function.getBody().front();
  Liveness live(block);
  for (Operation &op : block) {
    if (isa<ReshapeOp, func::ReturnOp>(op))
      continue;
    auto inputs = op.getAttrOfType<DenseI64ArrayAttr>("gan.inputs");
    if (failed(checkReads(op, inputs, live)))
      return failure();
    for (Value result : op.getResults())
      if (failed(checkWrite(op, result, live)))
        return failure();
  }
  for (OpOperand &operand : block.getTerminator()->getOpOperands()) {
    auto buffer = function.getResultAttrOfType<IntegerAttr>(
        operand.getOperandNumber(), "gan.buffer");
    if (!buffer || buffers.lookup(rootOf(operand.get())) != buffer.getInt())
      return function.emitOpError()
             << "returns result " << operand.getOperandNumber()
             << " from another buffer than it says";
  }
  return success();
}

LogicalResult PlanChecker::run() {
  if (failed(readTable()) || failed(checkPersistent()))
    return failure();
  for (func::FuncOp function : model.getBody().getOps<func::FuncOp>())
    if (isEntry(function) && failed(checkEntry(function)))
      return failure();
  return success();
}

namespace {
struct VerifyPlanPass : gan::impl::VerifyPlanPassBase<VerifyPlanPass> {
  using VerifyPlanPassBase::VerifyPlanPassBase;
  void runOnOperation() override {
    if (failed(PlanChecker(getOperation()).run()))
      signalPassFailure();
  }
};
} // namespace
