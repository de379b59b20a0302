// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipelines.h"

#include "dialect/GanOps.h"
#include "passes/fusion/Passes.h"
#include "passes/schedule/Passes.h"
#include "passes/simplify/Passes.h"

#include "mlir/Transforms/Passes.h"

void gan::registerGanDialects(mlir::DialectRegistry &registry) {
  registry.insert<gan::GanDialect, mlir::func::FuncDialect>();
}

void gan::registerGanPasses() {
  mlir::registerTransformsPasses();
  registerGanfusionPasses();
  registerGanschedulePasses();
  registerGansimplifyPasses();
}
