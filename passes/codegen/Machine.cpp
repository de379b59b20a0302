// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/codegen/Machine.h"

#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <mutex>

static void initialiseTargets() {
  static std::once_flag initialised;
  std::call_once(initialised, [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  });
}

std::unique_ptr<llvm::TargetMachine>
gan::createMachine(llvm::StringRef triple, llvm::StringRef processor,
                   llvm::StringRef features, llvm::CodeGenOptLevel level) {
  initialiseTargets();
  llvm::Triple parsed(triple);
  std::string error;
  const llvm::Target *found = llvm::TargetRegistry::lookupTarget(parsed, error);
  if (!found)
    llvm::report_fatal_error(llvm::StringRef(error));
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  // What it can select without a graph (addresses, branches) needs none: a
  // quarter of the time, and the kernels are as fast.
  options.EnableFastISel = true;
  return std::unique_ptr<llvm::TargetMachine>(found->createTargetMachine(
      parsed, processor, features, options, llvm::Reloc::PIC_,
      llvm::CodeModel::Small, level));
}

void gan::runCleanUp(llvm::Module &module, llvm::TargetMachine &machine,
                     llvm::StringRef pipeline) {
  module.setDataLayout(machine.createDataLayout());
  module.setTargetTriple(machine.getTargetTriple());
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager graphs;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(graphs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, graphs, modules);
  llvm::ModulePassManager passes;
  llvm::cantFail(builder.parsePassPipeline(passes, pipeline));
  passes.run(module, modules);
}

// CPUs do without strength reduction: it takes a quarter of the time, and the
// emitters' loops address as the hardware does already. LLVM has this switch
// for command lines alone, one for the process. The translation to LLVM's IR
// has verified it.
static void addEmission(llvm::legacy::PassManager &emission,
                        llvm::TargetMachine &machine,
                        llvm::raw_pwrite_stream &stream,
                        llvm::CodeGenFileType type) {
  static std::mutex oneAtATime;
  std::lock_guard lock(oneAtATime);
  static auto *isLeftOut = static_cast<llvm::cl::opt<bool> *>(
      llvm::cl::getRegisteredOptions().lookup("disable-lsr"));
  isLeftOut->setValue(machine.getTargetTriple().isX86());
  if (machine.addPassesToEmitFile(emission, stream, nullptr, type,
                                  /*DisableVerify=*/true))
    llvm::report_fatal_error("this machine writes no such file");
}

llvm::SmallVector<char, 0> gan::writeCode(llvm::Module &module,
                                          llvm::TargetMachine &machine,
                                          llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager emission;
  addEmission(emission, machine, stream, type);
  emission.run(module);
  return bytes;
}
