// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/GanDialect.h"
#include "dialect/GanOps.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include "dialect/GanDialect.cpp.inc"
#include "dialect/GanEnums.cpp.inc"
#include "dialect/GanInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialect/GanAttrs.cpp.inc"

using namespace mlir;
using namespace gan;

void GanDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialect/GanAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialect/GanOps.cpp.inc"
      >();
}

Operation *GanDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, elements);
}
