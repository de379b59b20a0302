// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/cpu/CompileImage.h"

#include "passes/codegen/Machine.h"
#include "passes/codegen/cpu/FlatImage.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace gan;

// The emitters have already made the vectors and the tiles. What is left is
// cleaning up; passes that look for loops to turn into library calls, or that
// vectorise again, have no place here. instcombine ends the process where one
// round leaves something to combine, unless it is told that this is no error.
// The machine hoists to where loops have blocks in front of them.
static constexpr llvm::StringLiteral cleanUp =
    "function(simplifycfg,early-cse,instcombine<no-verify-fixpoint>,"
    "loop-mssa(loop-rotate,licm),early-cse,simplifycfg,loop-simplify)";

static void markFunctions(llvm::Module &module, const TargetInfo &target) {
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("no-builtins");
    function.addFnAttr("target-cpu", target.processor);
    function.addFnAttr("target-features", target.features);
    function.addFnAttr("prefer-vector-width",
                       std::to_string(target.vectorBytes * 8));
    function.addFnAttr(llvm::Attribute::NoUnwind);
    function.setVisibility(llvm::GlobalValue::HiddenVisibility);
  }
}

FailureOr<Image> gan::compileImage(ModuleOp module, const TargetInfo &target) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code =
      translateModuleToLLVMIR(module, context, target.name);
  if (!code)
    return failure();
  std::unique_ptr<llvm::TargetMachine> machine = createMachine(
      "x86_64-unknown-linux-gnu", target.processor, target.features,
      target.isOptimised ? llvm::CodeGenOptLevel::Default
                         : llvm::CodeGenOptLevel::None);
  markFunctions(*code, target);
  runCleanUp(*code, *machine, target.isOptimised ? cleanUp : "");
  llvm::SmallVector<char, 0> object =
      writeCode(*code, *machine, llvm::CodeGenFileType::ObjectFile);
  llvm::Expected<Image> image = flattenObject({object.data(), object.size()});
  if (!image)
    return module.emitError("code for '")
           << target.name
           << "' is not self-contained: " << llvm::toString(image.takeError());
  image->target = target.name;
  return std::move(*image);
}
