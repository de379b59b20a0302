// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/CompilePtx.h"

#include "passes/codegen/Machine.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace gan;

// Of the PTX language; drivers from 12.0 on know it.
static constexpr llvm::StringLiteral language = "+ptx80";

static constexpr llvm::StringLiteral cleanUp =
    "function(simplifycfg,sroa,early-cse<memssa>,"
    "instcombine<no-verify-fixpoint>,loop-mssa(loop-rotate,licm),gvn,"
    "simplifycfg),globaldce";

static void markKernels(llvm::Module &module,
                        ArrayRef<EmittedGpuKernel> kernels) {
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      function.setLinkage(llvm::GlobalValue::InternalLinkage);
  for (const EmittedGpuKernel &kernel : kernels) {
    llvm::Function *function = module.getFunction(kernel.name);
    function->setLinkage(llvm::GlobalValue::ExternalLinkage);
    function->setCallingConv(llvm::CallingConv::PTX_Kernel);
    function->addFnAttr("nvvm.reqntid",
                        std::to_string(kernel.threads) + ",1,1");
    // Left alone, ptxas spills a few registers to fit more blocks on a
    // processor than these.
    function->addFnAttr("nvvm.minctasm", kernel.threads <= 512 ? "2" : "1");
  }
}

FailureOr<std::string> gan::compilePtx(ModuleOp module,
                                       ArrayRef<EmittedGpuKernel> kernels,
                                       const TargetInfo &target) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code =
      translateModuleToLLVMIR(module, context, target.name);
  if (!code)
    return failure();
  std::unique_ptr<llvm::TargetMachine> machine =
      createMachine("nvptx64-nvidia-cuda", target.name, language);
  markKernels(*code, kernels);
  runCleanUp(*code, *machine, cleanUp);
  for (const llvm::Function &function : *code)
    if (function.isDeclaration() && !function.isIntrinsic())
      return module.emitError("code for '")
             << target.name << "' calls '" << function.getName()
             << "', which is not in it";
  llvm::SmallVector<char, 0> text =
      writeCode(*code, *machine, llvm::CodeGenFileType::AssemblyFile);
  return std::string(text.begin(), text.end());
}
