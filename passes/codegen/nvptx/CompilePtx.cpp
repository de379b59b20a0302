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

// Calls would put arguments into memory, and registers too.
static constexpr llvm::StringLiteral cleanUp =
    "always-inline,"
    "function(simplifycfg,sroa,early-cse<memssa>,"
    "instcombine<no-verify-fixpoint>,loop-mssa(loop-rotate,licm),gvn,"
    "simplifycfg),globaldce";

// The last `count` parameters are 128 bytes each, and read where they are.
static void markMaps(llvm::Function &function, size_t count) {
  llvm::LLVMContext &context = function.getContext();
  auto *bytes = llvm::ArrayType::get(llvm::Type::getInt8Ty(context), 128);
  for (unsigned i = function.arg_size() - count; i < function.arg_size(); ++i) {
    function.addParamAttr(i, llvm::Attribute::getWithByValType(context, bytes));
    function.addParamAttr(
        i, llvm::Attribute::getWithAlignment(context, llvm::Align(64)));
    function.addParamAttr(i,
                          llvm::Attribute::get(context, "nvvm.grid_constant"));
  }
}

static void markLaunches(llvm::Module &module, ArrayRef<GpuLaunch> launches) {
  for (llvm::Function &function : module)
    if (!function.isDeclaration()) {
      function.setLinkage(llvm::GlobalValue::InternalLinkage);
      function.addFnAttr(llvm::Attribute::AlwaysInline);
    }
  for (const GpuLaunch &launch : launches) {
    llvm::Function *function = module.getFunction(launch.grid.name);
    function->removeFnAttr(llvm::Attribute::AlwaysInline);
    function->setLinkage(llvm::GlobalValue::ExternalLinkage);
    function->setCallingConv(llvm::CallingConv::PTX_Kernel);
    function->addFnAttr("nvvm.reqntid", std::to_string(blockThreads) + ",1,1");
    // Left alone, ptxas spills a few registers to fit more blocks on a
    // processor than these.
    function->addFnAttr("nvvm.minctasm", std::to_string(launch.grid.minBlocks));
    markMaps(*function, launch.grid.maps.size());
  }
}

FailureOr<std::string> gan::compilePtx(ModuleOp module,
                                       ArrayRef<GpuLaunch> launches,
                                       const TargetInfo &target) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code =
      translateModuleToLLVMIR(module, context, target.name);
  if (!code)
    return failure();
  std::unique_ptr<llvm::TargetMachine> machine =
      createMachine("nvptx64-nvidia-cuda", target.name, language);
  markLaunches(*code, launches);
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
