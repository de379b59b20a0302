// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/Liveness.h"

#include "dialect/Launches.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

Value schedule::rootOf(Value value) {
  while (auto view = value.getDefiningOp<ReshapeOp>())
    value = view.getX();
  return value;
}

// In bytes, of an element.
static int64_t widthOf(Type tensor) {
  return (getElementTypeOrSelf(tensor).getIntOrFloatBitWidth() + 7) / 8;
}

int64_t schedule::bytesOf(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  return type.getNumElements() * widthOf(type);
}

bool schedule::haveSameWidth(Value a, Value b) {
  return widthOf(a.getType()) == widthOf(b.getType());
}

bool schedule::readsAtOwnIndex(KernelOp kernel, unsigned index) {
  if (kernel.getHero() == HeroKind::Transpose ||
      kernel.getHero() == HeroKind::Matrix)
    return false;
  Block &body = kernel.getBody().front();
  BlockArgument argument = body.getArgument(index);
  llvm::SetVector<Operation *> moved;
  for (Operation &op : body.without_terminator())
    if (!op.hasTrait<OpTrait::Elementwise>())
      moved.insert(&op);
  for (size_t i = 0; i < moved.size(); ++i)
    for (Value operand : moved[i]->getOperands()) {
      if (operand == argument)
        return false;
      if (Operation *def = operand.getDefiningOp())
        moved.insert(def);
    }
  return true;
}

Liveness::Liveness(Block &block) {
  int64_t position = 0;
  for (Operation &op : block) {
    positions[&op] = continuesLaunch(&op) ? position : ++position;
    if (isa<ReshapeOp>(op))
      continue;
    for (Value operand : op.getOperands())
      readers[rootOf(operand)].push_back(&op);
  }
}

int64_t Liveness::lastRead(Value root) const {
  auto found = readers.find(root);
  if (found == readers.end())
    return positionOf(root.getDefiningOp());
  Operation *last = found->second.back();
  return isa<func::ReturnOp>(last) ? kEnd : positionOf(last);
}

bool Liveness::isReadBeside(Value root, Operation *op) const {
  auto found = readers.find(root);
  return found != readers.end() &&
         llvm::any_of(found->second, [&](Operation *reader) {
           return reader != op && positionOf(reader) == positionOf(op);
         });
}
