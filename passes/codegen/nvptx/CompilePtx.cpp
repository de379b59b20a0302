// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/nvptx/CompilePtx.h"

#include "passes/codegen/CleanUp.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

#include <mutex>

using namespace mlir;
using namespace gan;

// Of the PTX language; drivers from 12.0 on know it.
static constexpr llvm::StringLiteral language = "+ptx80";

static constexpr llvm::StringLiteral cleanUp =
    "function(simplifycfg,sroa,early-cse<memssa>,"
    "instcombine<no-verify-fixpoint>,loop-mssa(loop-rotate,licm),gvn,"
    "simplifycfg),globaldce";

static std::unique_ptr<llvm::TargetMachine>
createMachine(const TargetInfo &target) {
  static std::once_flag initialised;
  std::call_once(initialised, [] {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  });
  llvm::Triple triple("nvptx64-nvidia-cuda");
  std::string error;
  const llvm::Target *found = llvm::TargetRegistry::lookupTarget(triple, error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion =
      llvm::FPOpFusion::Strict; // an fma only where the emitters wrote one
  return std::unique_ptr<llvm::TargetMachine>(found->createTargetMachine(
      triple, target.name, language, options, llvm::Reloc::PIC_, std::nullopt,
      llvm::CodeGenOptLevel::Default));
}

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
  std::unique_ptr<llvm::TargetMachine> machine = createMachine(target);
  code->setDataLayout(machine->createDataLayout());
  code->setTargetTriple(machine->getTargetTriple());
  markKernels(*code, kernels);
  runCleanUp(*code, *machine, cleanUp);
  for (const llvm::Function &function : *code)
    if (function.isDeclaration() && !function.isIntrinsic())
      return module.emitError("code for '")
             << target.name << "' calls '" << function.getName()
             << "', which is not in it";
  llvm::SmallString<0> text;
  llvm::raw_svector_ostream stream(text);
  llvm::legacy::PassManager emission;
  if (machine->addPassesToEmitFile(emission, stream, nullptr,
                                   llvm::CodeGenFileType::AssemblyFile))
    llvm::report_fatal_error("PTX is always emitted as text");
  emission.run(*code);
  return text.str().str();
}
