// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The gan dialect: its class, enums and attributes.
#ifndef GAN_DIALECT_GANDIALECT_H
#define GAN_DIALECT_GANDIALECT_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"

#include "dialect/GanDialect.h.inc"
#include "dialect/GanEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialect/GanAttrs.h.inc"

#endif // GAN_DIALECT_GANDIALECT_H
