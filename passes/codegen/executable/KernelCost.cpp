// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/KernelCost.h"

#include "dialect/Arithmetic.h"

using namespace mlir;
using namespace gan;

uint64_t gan::bytesOf(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor.getNumElements() *
         ((tensor.getElementType().getIntOrFloatBitWidth() + 7) / 8);
}

KernelCost gan::costOf(Operation &op) {
  KernelCost cost;
  if (isa<ConstantOp, ReshapeOp>(op))
    return cost;
  cost.flops = flopsOf(&op);
  for (Value operand : op.getOperands())
    cost.bytes += bytesOf(operand.getType());
  for (Type type : op.getResultTypes())
    cost.bytes += bytesOf(type);
  return cost;
}

KernelCost gan::costOf(KernelOp kernel) {
  KernelCost cost;
  for (Operation &op : kernel.getBody().front().without_terminator())
    cost.flops += flopsOf(&op);
  for (Type type : kernel->getOperandTypes())
    cost.bytes += bytesOf(type);
  for (Type type : kernel->getResultTypes())
    cost.bytes += bytesOf(type);
  return cost;
}
