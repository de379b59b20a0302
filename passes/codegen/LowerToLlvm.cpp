// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/EmitKernels.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "passes/codegen/Elementwise.h"
#include "llvm/Support/ErrorHandling.h"

#include <mutex>

using namespace mlir;
using namespace gan;

// One conversion of all dialects, which never takes a pattern back, takes half
// the time of one each; both make the same code.
static constexpr llvm::StringLiteral pipeline =
    "func.func(cse,convert-scf-to-cf),"
    "convert-to-llvm{allow-pattern-rollback=0},reconcile-unrealized-casts";

static void parseLowering(OpPassManager &manager) {
  // The conversions are named in text: their headers would cost every build
  // half a minute.
  static std::once_flag registered;
  std::call_once(registered, [] { registerAllPasses(); });
  if (failed(parsePassPipeline(pipeline, manager)))
    llvm::report_fatal_error("the lowering pipeline names a pass that is not");
}

LogicalResult gan::lowerToLlvm(ModuleOp module) {
  PassManager manager(module.getContext());
  manager.enableVerifier(false);
  parseLowering(manager);
  return manager.run(module);
}

void gan::loadLoweringDialects(MLIRContext *context) {
  OpPassManager manager(ModuleOp::getOperationName());
  parseLowering(manager);
  DialectRegistry registry;
  manager.getDependentDialects(registry);
  for (StringRef name : registry.getDialectNames())
    context->getOrLoadDialect(name);
}

void gan::registerCodegenDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registerAllToLLVMIRTranslations(registry);
  registerElementwiseEmitters(registry);
}
