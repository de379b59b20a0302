// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Arithmetic.h"
#include "dialect/Winograd.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gan;

static uint64_t elementsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getNumElements();
}

bool gan::isContraction(Operation *op) {
  return isa<MatmulOp, Conv2dOp, Conv2dInputGradOp, Conv2dWeightGradOp>(op);
}

bool gan::isExtended(Value value) {
  auto cast = value.getDefiningOp<CastOp>();
  return cast && cast.getX().getType().getElementType().isBF16();
}

// That all elements of `value` have by how they are made.
static std::optional<RealFormat> formatOf(Value value) {
  if (auto round = value.getDefiningOp<RoundOp>())
    return round.getFormat();
  return isExtended(value) ? std::optional(RealFormat::BF16) : std::nullopt;
}

Value gan::beforeRounding(Value operand) {
  auto round = operand.getDefiningOp<RoundOp>();
  return round ? round.getX() : operand;
}

std::optional<RealFormat> gan::formatOfProducts(Operation *op) {
  if (!isContraction(op))
    return std::nullopt;
  std::optional<RealFormat> a = formatOf(op->getOperand(0)),
                            b = formatOf(op->getOperand(1));
  return a == b ? a : std::nullopt;
}

// Each position of `dense` meets all taps; tiles of Winograd's cover positions
// of `tiled` that are `step` apart.
template <typename Op>
static uint64_t flopsOfConvolution(Op op, ArrayRef<int64_t> w, Value dense,
                                   Value tiled, int64_t step) {
  ArrayRef<int64_t> y = cast<RankedTensorType>(tiled.getType()).getShape();
  std::optional<int64_t> tile = op.getWinograd();
  if (!tile)
    return 2 * elementsOf(dense) * w[0] * w[1] * w[2];
  WinogradForm form = *winogradForm(w, op.getWindow(), *tile);
  auto tiles = [&](int64_t extent) {
    return llvm::divideCeil(llvm::divideCeil(extent, step), *tile);
  };
  return 2 * y[0] * tiles(y[1]) * tiles(y[2]) * form.phases() *
         form.products() * w[2] * w[3];
}

uint64_t gan::flopsOf(Operation *op) {
  return TypeSwitch<Operation *, uint64_t>(op)
      .Case([](MatmulOp m) {
        auto a = cast<RankedTensorType>(m.getA().getType());
        return 2 * elementsOf(m.getY()) *
               a.getDimSize(a.getRank() - (m.getTransposeA() ? 2 : 1));
      })
      .Case([](Conv2dOp c) {
        return flopsOfConvolution(c, c.getW().getType().getShape(), c.getY(),
                                  c.getY(), /*step=*/1);
      })
      .Case([](Conv2dInputGradOp c) {
        return flopsOfConvolution(c, c.getW().getType().getShape(), c.getDy(),
                                  c.getDx(), c.getStrides()[0]);
      })
      .Case([](Conv2dWeightGradOp c) {
        return flopsOfConvolution(c, c.getFilterShape(), c.getDy(), c.getDy(),
                                  /*step=*/1);
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
