// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LLVM's half of code generation: a machine, the passes in front of it, what it
// writes.
#ifndef GAN_PASSES_CODEGEN_MACHINE_H
#define GAN_PASSES_CODEGEN_MACHINE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CodeGen.h"

#include <memory>

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace gan {

/// A machine for position-independent code that joins no product and sum: an
/// fma stands only where the emitters wrote one. Triple and features are ours:
/// unknown ones end the process.
std::unique_ptr<llvm::TargetMachine>
createMachine(llvm::StringRef triple, llvm::StringRef processor,
              llvm::StringRef features,
              llvm::CodeGenOptLevel level = llvm::CodeGenOptLevel::Default);

/// Makes `module` one of this machine's, and runs a pipeline on it that is
/// written as for LLVM's `opt -passes`; one that does not parse ends the
/// process.
void runCleanUp(llvm::Module &module, llvm::TargetMachine &machine,
                llvm::StringRef pipeline);

/// The object file or the assembly of `module`.
llvm::SmallVector<char, 0> writeCode(llvm::Module &module,
                                     llvm::TargetMachine &machine,
                                     llvm::CodeGenFileType type);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_MACHINE_H
