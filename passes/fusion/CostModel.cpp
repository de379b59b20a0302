// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/fusion/CostModel.h"

#include "passes/fusion/FusionRules.h"

#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>

using namespace mlir;
using namespace gan;
using namespace gan::fusion;

// In units of an addition of a whole register.
static double operations(Operation *op) {
  return TypeSwitch<Operation *, double>(op)
      .Case<ConstantOp, BroadcastOp, StopGradientOp>([](auto) { return 0.0; })
      .Case<DivOp, SqrtOp, RsqrtOp>([](auto) { return 6.0; })
      .Case<ExpOp, LogOp, SinOp, CosOp, TanhOp, SigmoidOp>(
          [](auto) { return 20.0; })
      .Case<SoftplusOp, PowOp>([](auto) { return 40.0; })
      .Case<RandomOp>([](auto) { return 120.0; })
      .Case<SliceOp, ShardOp, PadOp, ConcatOp, TransposeOp, ReshapeOp, FlipOp,
            IotaOp>([](auto) { return 2.0; })
      .Default([](Operation *) { return 1.0; });
}

double fusion::elementCost(Operation *op, const Machine &machine) {
  return operations(op) / machine.operationsPerByte;
}

int64_t fusion::loadBytes(Value value) {
  if (auto broadcast = value.getDefiningOp<BroadcastOp>())
    return loadBytes(broadcast.getX());
  if (auto constant = value.getDefiningOp<ConstantOp>())
    return constant.getValue().isSplat() ? 0 : bytesOf(value);
  return bytesOf(value);
}

static double area(ArrayRef<int64_t> shape, ArrayRef<int64_t> strides) {
  return std::max(1.0, static_cast<double>(shape[0] * shape[1]) /
                           static_cast<double>(strides[0] * strides[1]));
}

// How often a CPU packs each element of operand `index`.
static double rereads(Operation *op, unsigned index) {
  if (auto conv = dyn_cast<Conv2dOp>(op))
    return index == 0
               ? area(conv.getW().getType().getShape(), conv.getStrides())
               : 1;
  if (auto conv = dyn_cast<Conv2dInputGradOp>(op))
    return index == 0 ? area(conv.getW().getType().getShape(), {1, 1}) : 1;
  if (auto conv = dyn_cast<Conv2dWeightGradOp>(op))
    return index == 0 ? area(conv.getFilterShape(), conv.getStrides()) : 1;
  return 1;
}

double fusion::elementsRead(Operation *op, unsigned index,
                            const Machine &machine) {
  double elements = static_cast<double>(elementsOf(op->getOperand(index)));
  if (!isContraction(op))
    return elements;
  double products = static_cast<double>(flopsOf(op)) / 2;
  return machine.tile == 0 ? elements * rereads(op, index)
                           : std::max(elements, products / machine.tile);
}
