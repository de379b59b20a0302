// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The ops and op interfaces of the gan dialect.
#ifndef GAN_DIALECT_GANOPS_H
#define GAN_DIALECT_GANOPS_H

#include "dialect/GanDialect.h"
#include "dialect/ShapeRules.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialect/GanInterfaces.h.inc"
#define GET_OP_CLASSES
#include "dialect/GanOps.h.inc"

#endif // GAN_DIALECT_GANOPS_H
