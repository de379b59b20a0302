// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/ReadyOps.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace gan::schedule;

ReadyOps::ReadyOps(ArrayRef<Operation *> written) {
  for (auto [index, op] : llvm::enumerate(written)) {
    positions[op] = index;
    llvm::SmallPtrSet<Operation *, 8> needed;
    for (Value operand : op->getOperands())
      if (Operation *def = operand.getDefiningOp())
        needed.insert(def);
    missing[op] = needed.size();
    if (needed.empty())
      ops.push_back(op);
  }
}

bool ReadyOps::waitsOnlyFor(Operation *op, Operation *other) const {
  return missing.lookup(op) == 1 && llvm::is_contained(other->getUsers(), op);
}

Operation *ReadyOps::take(size_t index) {
  Operation *op = ops[index];
  ops.erase(ops.begin() + index);
  llvm::SmallPtrSet<Operation *, 8> users(op->user_begin(), op->user_end());
  auto isBefore = [&](Operation *a, Operation *b) {
    return positions.lookup(a) < positions.lookup(b);
  };
  for (Operation *user : users)
    if (auto found = missing.find(user);
        found != missing.end() && --found->second == 0)
      ops.insert(llvm::lower_bound(ops, user, isBefore), user);
  return op;
}
