// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gives every tensor of every entry its buffer. Storage comes first in the
// arena, then inputs and outputs of entries, then the room that the temporaries
// of all entries share. Behind all this comes what each shard has for itself
// (dialect/Shards.h): inputs, then temporaries.
#include "dialect/Entries.h"
#include "dialect/Shards.h"
#include "passes/schedule/Arena.h"
#include "passes/schedule/Liveness.h"
#include "passes/schedule/Passes.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

namespace gan {
#define GEN_PASS_DEF_PLANMEMORYPASS
#include "passes/schedule/Passes.h.inc"
} // namespace gan

namespace {
// A stretch of the arena: what all shards share, or what each has for itself.
// Offsets count from its start.
struct Region {
  int64_t persistent = 0; // end of what is
  int64_t end = 0;        // of all
};

// The buffers of the model: offset and bytes.
class BufferTable {
public:
  Region &regionOf(bool isOfShard) { return regions[isOfShard]; }
  int64_t addPersistent(int64_t bytes, bool isOfShard) {
    Region &region = regionOf(isOfShard);
    int64_t index = add(region.persistent, bytes, isOfShard);
    region.persistent += alignUp(bytes);
    region.end = region.persistent;
    return index;
  }
  int64_t add(int64_t offset, int64_t bytes, bool isOfShard) {
    flat.append({offset, bytes});
    ofShard.push_back(isOfShard);
    return static_cast<int64_t>(ofShard.size()) - 1;
  }
  // Puts the second region behind the first.
  void join() {
    for (auto [index, isOfShard] : llvm::enumerate(ofShard))
      if (isOfShard)
        flat[2 * index] += regions[0].end;
  }
  SmallVector<int64_t> flat;

private:
  SmallVector<bool> ofShard; // by buffer
  Region regions[2];
};

// The plan of one entry.
class EntryPlan {
public:
  EntryPlan(func::FuncOp function, BufferTable &table,
            const llvm::StringMap<int64_t> &storage)
      : function(function), block(function.getBody().front()), table(table),
        storage(storage), builder(function.getContext()),
        ofShard(valuesOfShard(function)) {}

  LogicalResult assignPersistent();
  void placeTemporaries();
  void annotate();

private:
  LogicalResult assignArguments();
  LogicalResult assignResult(unsigned index);
  void saveOverwrittenArguments();
  bool canWriteInto(Value root, int64_t buffer) const;
  void writeLate(unsigned index, int64_t buffer);
  unsigned slotOf(Value result, KernelOp kernel);
  void formSlots();

  func::FuncOp function;
  Block &block;
  BufferTable &table;
  const llvm::StringMap<int64_t> &storage;
  OpBuilder builder;
  llvm::DenseSet<Value> ofShard;
  DenseMap<Value, int64_t> buffers; // of roots
  SmallVector<Slot> slots;
  DenseMap<Value, unsigned> slotOfRoot;
  // Where a result took a slot from an operand. One that is read in its own
  // launch alone ends there, and has it to itself all the same.
  DenseMap<unsigned, int64_t> takenAt;
  std::unique_ptr<Liveness> liveness;
};
} // namespace

static StringAttr storageOfArgument(func::FuncOp function, unsigned index) {
  return function.getArgAttrOfType<StringAttr>(index, "gan.storage");
}

static StringAttr storageOfResult(func::FuncOp function, unsigned index) {
  return function.getResultAttrOfType<StringAttr>(index, "gan.storage");
}

LogicalResult EntryPlan::assignArguments() {
  for (BlockArgument argument : block.getArguments()) {
    unsigned index = argument.getArgNumber();
    StringAttr name = storageOfArgument(function, index);
    if (name && !storage.contains(name))
      return function.emitOpError() << "reads the storage '" << name.getValue()
                                    << "', which the model does not have";
    int64_t buffer = name ? storage.lookup(name)
                          : table.addPersistent(bytesOf(argument),
                                                ofShard.contains(argument));
    buffers[argument] = buffer;
    function.setArgAttr(index, "gan.buffer", builder.getI64IntegerAttr(buffer));
  }
  return success();
}

// A returned argument whose storage this entry overwrites is copied away before
// the first kernel.
void EntryPlan::saveOverwrittenArguments() {
  Operation *ret = block.getTerminator();
  llvm::DenseSet<int64_t> overwritten;
  for (OpOperand &operand : ret->getOpOperands())
    if (StringAttr name = storageOfResult(function, operand.getOperandNumber()))
      if (int64_t buffer = storage.lookup(name);
          !isa<BlockArgument>(rootOf(operand.get())) ||
          buffers.lookup(rootOf(operand.get())) != buffer)
        overwritten.insert(buffer);
  builder.setInsertionPointToStart(&block);
  for (OpOperand &operand : ret->getOpOperands()) {
    auto argument = dyn_cast<BlockArgument>(rootOf(operand.get()));
    if (!argument || !overwritten.contains(buffers.lookup(argument)))
      continue;
    auto saved = CopyOp::create(builder, function.getLoc(), argument.getType(),
                                argument);
    Value value = saved;
    if (operand.get().getType() != argument.getType())
      value = ReshapeOp::create(builder, function.getLoc(),
                                operand.get().getType(), value);
    operand.set(value);
  }
}

// Whether the kernel that computes `root` may write it into `buffer`: whoever
// reads what is there now has read it before.
bool EntryPlan::canWriteInto(Value root, int64_t buffer) const {
  Operation *writer = root.getDefiningOp();
  if (!isa_and_nonnull<KernelOp>(writer) || buffers.contains(root))
    return false;
  int64_t position = liveness->positionOf(writer);
  for (BlockArgument argument : block.getArguments()) {
    if (buffers.lookup(argument) != buffer)
      continue;
    if (liveness->lastRead(argument) > position ||
        liveness->isReadBeside(argument, writer))
      return false;
    for (OpOperand &operand : writer->getOpOperands())
      if (rootOf(operand.get()) == argument &&
          !readsAtOwnIndex(cast<KernelOp>(writer), operand.getOperandNumber()))
        return false;
  }
  return true;
}

// Puts the value into `buffer` after everything else is done.
void EntryPlan::writeLate(unsigned index, int64_t buffer) {
  OpOperand &operand = block.getTerminator()->getOpOperand(index);
  builder.setInsertionPoint(block.getTerminator());
  auto copy = CopyOp::create(builder, operand.get().getLoc(),
                             operand.get().getType(), operand.get());
  operand.set(copy);
  buffers[copy] = buffer;
}

LogicalResult EntryPlan::assignResult(unsigned index) {
  Value root = rootOf(block.getTerminator()->getOperand(index));
  StringAttr name = storageOfResult(function, index);
  if (name && !storage.contains(name))
    return function.emitOpError() << "writes the storage '" << name.getValue()
                                  << "', which the model does not have";
  int64_t buffer =
      name ? storage.lookup(name)
           : table.addPersistent(bytesOf(root), /*isOfShard=*/false);
  function.setResultAttr(index, "gan.buffer",
                         builder.getI64IntegerAttr(buffer));
  if (buffers.contains(root) && buffers.lookup(root) == buffer)
    return success();
  if (canWriteInto(root, buffer))
    buffers[root] = buffer;
  else
    writeLate(index, buffer);
  return success();
}

LogicalResult EntryPlan::assignPersistent() {
  if (failed(assignArguments()))
    return failure();
  saveOverwrittenArguments();
  liveness = std::make_unique<Liveness>(block);
  for (unsigned index = 0; index < function.getNumResults(); ++index)
    if (failed(assignResult(index)))
      return failure();
  return success();
}

// The slot of an operand that dies in `kernel` and is read at its own index
// only, or a new one.
unsigned EntryPlan::slotOf(Value result, KernelOp kernel) {
  int64_t position = liveness->positionOf(result.getDefiningOp());
  int64_t end = std::min(liveness->lastRead(result), Liveness::kEnd);
  for (OpOperand &operand :
       kernel ? kernel->getOpOperands() : MutableArrayRef<OpOperand>()) {
    Value root = rootOf(operand.get());
    auto found = slotOfRoot.find(root);
    if (found == slotOfRoot.end() || slots[found->second].end != position ||
        slots[found->second].bytes != bytesOf(result) ||
        !haveSameWidth(root, result) ||
        ofShard.contains(root) != ofShard.contains(result) ||
        takenAt.lookup(found->second) == position ||
        liveness->isReadBeside(root, kernel) ||
        liveness->positionOf(root.getDefiningOp()) == position)
      continue;
    bool isOwn = llvm::all_of(kernel->getOpOperands(), [&](OpOperand &other) {
      return rootOf(other.get()) != root ||
             readsAtOwnIndex(kernel, other.getOperandNumber());
    });
    if (!isOwn)
      continue;
    slots[found->second].end = std::max(end, position);
    takenAt[found->second] = position;
    return found->second;
  }
  slots.push_back({.bytes = bytesOf(result), .begin = position, .end = end});
  return slots.size() - 1;
}

void EntryPlan::formSlots() {
  for (Operation &op : block) {
    if (isa<ReshapeOp, func::ReturnOp>(op))
      continue;
    for (Value result : op.getResults())
      if (!buffers.contains(result))
        slotOfRoot[result] = slotOf(result, dyn_cast<KernelOp>(op));
  }
}

void EntryPlan::placeTemporaries() {
  liveness = std::make_unique<Liveness>(block); // with the copies
  formSlots();
  SmallVector<bool> isOfShard(slots.size());
  for (auto [root, slot] : slotOfRoot)
    isOfShard[slot] = ofShard.contains(root);
  for (bool part : {false, true}) {
    SmallVector<Slot> placed;
    for (auto [slot, belongs] : llvm::zip_equal(slots, isOfShard))
      if (belongs == part)
        placed.push_back(slot);
    Region &region = table.regionOf(part);
    region.end = std::max(region.end, placeSlots(placed, region.persistent));
    const Slot *next = placed.begin();
    for (auto [slot, belongs] : llvm::zip_equal(slots, isOfShard))
      if (belongs == part)
        slot.offset = (next++)->offset;
  }
  SmallVector<int64_t> indices;
  for (auto [slot, belongs] : llvm::zip_equal(slots, isOfShard))
    indices.push_back(table.add(slot.offset, slot.bytes, belongs));
  for (auto [root, slot] : slotOfRoot)
    buffers[root] = indices[slot];
}

void EntryPlan::annotate() {
  for (Operation &op : block) {
    if (isa<ReshapeOp, func::ReturnOp>(op))
      continue;
    SmallVector<int64_t> inputs, outputs;
    for (Value operand : op.getOperands())
      inputs.push_back(buffers.lookup(rootOf(operand)));
    for (Value result : op.getResults())
      outputs.push_back(buffers.lookup(result));
    op.setAttr("gan.inputs", builder.getDenseI64ArrayAttr(inputs));
    op.setAttr("gan.outputs", builder.getDenseI64ArrayAttr(outputs));
  }
}

namespace {
struct PlanMemoryPass : gan::impl::PlanMemoryPassBase<PlanMemoryPass> {
  using PlanMemoryPassBase::PlanMemoryPassBase;
  void runOnOperation() override;
};
} // namespace

static llvm::StringMap<int64_t> placeStorage(ModelOp model,
                                             BufferTable &table) {
  llvm::StringMap<int64_t> indices;
  for (StorageOp op : model.getBody().getOps<StorageOp>()) {
    auto type = cast<RankedTensorType>(op.getType());
    int64_t width = (type.getElementType().getIntOrFloatBitWidth() + 7) / 8;
    int64_t index = table.addPersistent(type.getNumElements() * width,
                                        /*isOfShard=*/false);
    indices[op.getSymName()] = index;
    op->setAttr(
        "gan.buffer",
        IntegerAttr::get(IntegerType::get(model.getContext(), 64), index));
  }
  return indices;
}

void PlanMemoryPass::runOnOperation() {
  ModelOp model = getOperation();
  BufferTable table;
  llvm::StringMap<int64_t> storage = placeStorage(model, table);
  std::vector<EntryPlan> plans;
  for (func::FuncOp function : model.getBody().getOps<func::FuncOp>())
    if (isEntry(function))
      plans.emplace_back(function, table, storage);
  for (EntryPlan &plan : plans)
    if (failed(plan.assignPersistent()))
      return signalPassFailure();
  for (EntryPlan &plan : plans) {
    plan.placeTemporaries();
    plan.annotate();
  }
  table.join();
  Builder builder(model.getContext());
  int64_t shared = table.regionOf(/*isOfShard=*/false).end;
  int64_t ofShard = table.regionOf(/*isOfShard=*/true).end;
  model->setAttr("gan.arena_bytes",
                 builder.getI64IntegerAttr(shared + ofShard));
  if (model->hasAttr(shardsAttribute))
    model->setAttr("gan.shard_offset", builder.getI64IntegerAttr(shared));
  model->setAttr("gan.buffers", builder.getDenseI64ArrayAttr(table.flat));
}
