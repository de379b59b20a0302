// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Arithmetic.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gan;

static uint64_t elementsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

bool gan::isContraction(Operation *op) {
  return isa<MatmulOp, Conv2dOp, Conv2dInputGradOp, Conv2dWeightGradOp>(op);
}

uint64_t gan::flopsOf(Operation *op) {
  return TypeSwitch<Operation *, uint64_t>(op)
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
        return 2 * elementsOf(m.getX()) * m.getX().getType().getShape().back() /
               3;
      })
      .Case([](OrthonormalOp m) {
        return 4 * elementsOf(m.getX()) * m.getX().getType().getDimSize(0);
      })
      .Case<SumOp, ArgmaxOp>([](auto s) { return elementsOf(s.getX()); })
      .Case<ConstantOp, BroadcastOp, ReshapeOp, TransposeOp, SliceOp, PadOp,
            ConcatOp, FlipOp, IotaOp>([](Operation *) { return 0; })
      .Default([](Operation *other) {
        return other->getNumResults() ? elementsOf(other->getResult(0)) : 0;
      });
}
