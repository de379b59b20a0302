// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Launches.h"

using namespace mlir;
using namespace gan;

bool gan::continuesLaunch(Operation *op) {
  Attribute launch = op->getAttr(launchAttribute);
  Operation *before = op->getPrevNode();
  return launch && isa<KernelOp>(op) && isa_and_nonnull<KernelOp>(before) &&
         before->getAttr(launchAttribute) == launch;
}

bool gan::followsInBlock(Operation *op) {
  return continuesLaunch(op) && op->hasAttr(followsAttribute);
}

llvm::SmallVector<KernelOp> gan::membersOfLaunch(KernelOp first) {
  if (continuesLaunch(first))
    return {};
  SmallVector<KernelOp> members = {first};
  for (Operation *next = first->getNextNode(); next && continuesLaunch(next);
       next = next->getNextNode())
    members.push_back(cast<KernelOp>(next));
  return members;
}
