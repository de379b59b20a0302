// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/LiveBytes.h"

#include "llvm/ADT/SetVector.h"

#include <algorithm>

using namespace mlir;
using namespace gan;
using namespace gan::schedule;

// The temporaries that an op reads, each once. A view reads nothing itself.
static llvm::SetVector<Value> readsOf(Operation *op) {
  llvm::SetVector<Value> roots;
  if (!isa<ReshapeOp>(op))
    for (Value operand : op->getOperands())
      if (Value root = rootOf(operand); root.getDefiningOp())
        roots.insert(root);
  return roots;
}

LiveBytes::LiveBytes(Block &block) {
  for (Operation &op : block)
    for (Value root : readsOf(&op))
      ++readers[root];
}

int64_t LiveBytes::growth(Operation *op) const {
  int64_t bytes = 0;
  if (!isa<ReshapeOp>(op))
    for (Value result : op->getResults())
      bytes += bytesOf(result);
  return bytes;
}

int64_t LiveBytes::release(Operation *op) const {
  int64_t bytes = 0;
  for (Value root : readsOf(op))
    if (readers.lookup(root) == 1)
      bytes += bytesOf(root);
  return bytes;
}

void LiveBytes::take(ArrayRef<Operation *> ops) {
  for (Operation *op : ops)
    live += growth(op);
  peak = std::max(peak, live);
  for (Operation *op : ops) {
    live -= release(op);
    for (Value root : readsOf(op))
      --readers[root];
  }
}
