// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipelines.h"

#include "dialect/GanOps.h"
#include "passes/autodiff/Passes.h"
#include "passes/fusion/Passes.h"
#include "passes/inline/Passes.h"
#include "passes/schedule/Passes.h"
#include "passes/simplify/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/ErrorHandling.h"

#include <mutex>

using namespace mlir;

void gan::registerGanDialects(DialectRegistry &registry) {
  registry.insert<GanDialect, func::FuncDialect>();
  registerAdjoints(registry);
}

void gan::registerGanPasses() {
  registerTransformsPasses();
  registerGanautodiffPasses();
  registerGaninlinePasses();
  registerGanfusionPasses();
  registerGanschedulePasses();
  registerGansimplifyPasses();
}

llvm::ArrayRef<gan::Stage> gan::getStages() {
  static constexpr Stage stages[] = {
      {"tensor", "gan.model(gan-set-precision{real={0}},gan-form-steps,"
                 "gan-inline-calls,gan-thread-storage,gan-verify-tensor)"},
      {"grad", "gan.model(func.func(canonicalize,cse,gan-expand-grad,"
               "gan-verify-no-grad))"},
      {"simple", "gan.model(func.func(gan-simplify-algebra,cse,gan-factor-sums,"
                 "gan-simplify-algebra,cse),gan-assign-layouts,"
                 "func.func(gan-simplify-algebra,cse,gan-fix-orders,"
                 "gan-verify-simplified))"},
      {"fused", "gan.model(func.func(gan-form-groups,gan-verify-fused))"},
      {"plan", "gan.model(func.func(gan-order-steps),gan-plan-memory,"
               "gan-verify-plan)"},
  };
  return stages;
}

// The text of the pipeline from the game level to stage `last`.
static std::string pipelineTo(StringRef last, StringRef precision) {
  std::string passes;
  for (const gan::Stage &stage : gan::getStages()) {
    passes += (passes.empty() ? "" : ",") + stage.passes.str();
    if (stage.name == last)
      break;
  }
  size_t hole = passes.find("{0}");
  return passes.replace(hole, 3, precision.str());
}

LogicalResult gan::runStages(ModuleOp module, StringRef last,
                             StringRef precision) {
  static std::once_flag registered;
  std::call_once(registered, registerGanPasses);
  PassManager manager(module.getContext());
  if (failed(parsePassPipeline(pipelineTo(last, precision), manager)))
    llvm::report_fatal_error("the table of stages names a pass that is not");
  return manager.run(module);
}
