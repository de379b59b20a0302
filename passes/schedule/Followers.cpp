// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/schedule/Followers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace gan;

static SmallVector<SumOp> sumsOf(KernelOp kernel) {
  return llvm::to_vector(kernel.getBody().front().getOps<SumOp>());
}

// What decides who adds what: see the emitters of sums.
static bool haveEqualBlocks(ArrayRef<SumOp> a, ArrayRef<SumOp> b) {
  if (a.empty() || a.size() != b.size())
    return false;
  SumOp x = a.front(), y = b.front();
  return x.getX().getType() == y.getX().getType() &&
         x.getY().getType() == y.getY().getType() &&
         x.getDims() == y.getDims() && x.getOrderAttr() == y.getOrderAttr();
}

// Whether `broadcast` repeats what has the shape of the sum's result along the
// axes that the sum adds up, and so leaves each element at its output.
static bool undoes(BroadcastOp broadcast, SumOp sum) {
  auto from = cast<RankedTensorType>(broadcast.getX().getType());
  auto to = cast<RankedTensorType>(broadcast.getY().getType());
  auto added = cast<RankedTensorType>(sum.getX().getType());
  auto result = cast<RankedTensorType>(sum.getY().getType());
  SmallVector<int64_t> kept;
  for (int64_t axis = 0; axis < added.getRank(); ++axis)
    if (!llvm::is_contained(sum.getDims(), axis))
      kept.push_back(axis);
  return from.getShape() == result.getShape() &&
         to.getShape() == added.getShape() &&
         broadcast.getDims() == ArrayRef<int64_t>(kept);
}

// Whether `argument` reaches the sums and the results at its own index only.
static bool staysAtItsOutput(BlockArgument argument, SumOp sum) {
  llvm::SetVector<Value> reached;
  reached.insert(argument);
  for (size_t i = 0; i < reached.size(); ++i)
    for (Operation *user : reached[i].getUsers()) {
      auto broadcast = dyn_cast<BroadcastOp>(user);
      bool isAtIndex = isa<SumOp, YieldOp>(user) ||
                       user->hasTrait<OpTrait::Elementwise>() ||
                       (broadcast && undoes(broadcast, sum));
      if (!isAtIndex)
        return false;
      if (!isa<SumOp>(user))
        reached.insert(user->result_begin(), user->result_end());
    }
  return true;
}

bool schedule::canFollow(KernelOp first, KernelOp follower) {
  SmallVector<SumOp> sums = sumsOf(follower);
  if (first.getHero() != HeroKind::Reduction ||
      follower.getHero() != HeroKind::Reduction ||
      !haveEqualBlocks(sumsOf(first), sums))
    return false;
  SumOp sum = sums.front();
  auto result = cast<RankedTensorType>(sum.getY().getType());
  for (OpOperand &operand : follower->getOpOperands()) {
    if (operand.get().getDefiningOp() != first)
      continue;
    auto type = cast<RankedTensorType>(operand.get().getType());
    BlockArgument argument =
        follower.getBody().getArgument(operand.getOperandNumber());
    if (type.getShape() != result.getShape() ||
        !staysAtItsOutput(argument, sum))
      return false;
  }
  return true;
}
