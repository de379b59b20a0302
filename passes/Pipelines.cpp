// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipelines.h"

#include "dialect/GanOps.h"
#include "passes/autodiff/Passes.h"
#include "passes/fusion/Passes.h"
#include "passes/inline/Passes.h"
#include "passes/schedule/Passes.h"
#include "passes/simplify/Passes.h"

#include "mlir/Transforms/Passes.h"

void gan::registerGanDialects(mlir::DialectRegistry &registry) {
  registry.insert<gan::GanDialect, mlir::func::FuncDialect>();
  registerAdjoints(registry);
}

void gan::registerGanPasses() {
  mlir::registerTransformsPasses();
  registerGanautodiffPasses();
  registerGaninlinePasses();
  registerGanfusionPasses();
  registerGanschedulePasses();
  registerGansimplifyPasses();
}
