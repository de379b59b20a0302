// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/executable/KernelCost.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

uint64_t gan::bytesOf(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor.getNumElements() *
         ((tensor.getElementType().getIntOrFloatBitWidth() + 7) / 8);
}

static uint64_t elementsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

// Multiplications and additions of a contraction; one operation per element of
// anything else that computes.
static uint64_t flopsOf(Operation &op) {
  return TypeSwitch<Operation &, uint64_t>(op)
      .Case([](MatmulOp m) {
        auto a = cast<RankedTensorType>(m.getA().getType());
        return 2 * elementsOf(m.getY()) *
               a.getDimSize(a.getRank() - (m.getTransposeA() ? 2 : 1));
      })
      .Case([](Conv2dOp c) {
        auto w = cast<RankedTensorType>(c.getW().getType());
        return 2 * elementsOf(c.getY()) * elementsOf(c.getW()) /
               w.getDimSize(3);
      })
      .Case([](Conv2dInputGradOp c) {
        auto w = cast<RankedTensorType>(c.getW().getType());
        return 2 * elementsOf(c.getDy()) * elementsOf(c.getW()) /
               w.getDimSize(3);
      })
      .Case([](Conv2dWeightGradOp c) {
        auto w = cast<RankedTensorType>(c.getDw().getType());
        return 2 * elementsOf(c.getDy()) * elementsOf(c.getDw()) /
               w.getDimSize(3);
      })
      .Case([](InverseOp m) {
        return 4 * elementsOf(m.getX()) * m.getX().getType().getShape().back();
      })
      .Case([](LogdetOp m) {
        return 2 * elementsOf(m.getX()) *
               m.getX().getType().getShape().back() / 3;
      })
      .Case([](OrthonormalOp m) {
        return 4 * elementsOf(m.getX()) * m.getX().getType().getDimSize(0);
      })
      .Case<SumOp, ArgmaxOp>([](auto s) { return elementsOf(s.getX()); })
      .Case<ConstantOp, BroadcastOp, ReshapeOp, TransposeOp, SliceOp, PadOp,
            ConcatOp, FlipOp, IotaOp>([](Operation *) { return 0; })
      .Default([](Operation &other) {
        return other.getNumResults() ? elementsOf(other.getResult(0)) : 0;
      });
}

KernelCost gan::costOf(Operation &op) {
  KernelCost cost;
  if (isa<ConstantOp, ReshapeOp>(op))
    return cost;
  cost.flops = flopsOf(op);
  for (Value operand : op.getOperands())
    cost.bytes += bytesOf(operand.getType());
  for (Type type : op.getResultTypes())
    cost.bytes += bytesOf(type);
  return cost;
}

KernelCost gan::costOf(KernelOp kernel) {
  KernelCost cost;
  for (Operation &op : kernel.getBody().front().without_terminator())
    cost.flops += flopsOf(op);
  for (Type type : kernel->getOperandTypes())
    cost.bytes += bytesOf(type);
  for (Type type : kernel->getResultTypes())
    cost.bytes += bytesOf(type);
  return cost;
}
