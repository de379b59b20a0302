// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Splats.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace gan;

std::optional<double> gan::splatOf(Attribute value) {
  auto elements = dyn_cast_if_present<DenseElementsAttr>(value);
  if (!elements || !elements.isSplat() ||
      !isa<FloatType>(elements.getElementType()))
    return std::nullopt;
  APFloat element = elements.getSplatValue<APFloat>();
  bool losesInfo = false;
  element.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
  return element.convertToDouble();
}

std::optional<double> gan::splatOf(Value value) {
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return std::nullopt;
  return splatOf(constant);
}

DenseElementsAttr gan::splatAttr(ShapedType type, double value) {
  auto element = cast<FloatType>(type.getElementType());
  return DenseElementsAttr::get(type, FloatAttr::get(element, value));
}

ConstantOp gan::createSplat(OpBuilder &builder, Location loc, Type type,
                            double value) {
  return ConstantOp::create(builder, loc,
                            splatAttr(cast<ShapedType>(type), value));
}
