// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LLVM's passes between our code and a target's instructions.
#ifndef GAN_PASSES_CODEGEN_CLEANUP_H
#define GAN_PASSES_CODEGEN_CLEANUP_H

#include "llvm/ADT/StringRef.h"

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace gan {

/// Runs a pipeline, written as for LLVM's `opt -passes`, on `module`. The text
/// is ours: one that does not parse ends the process.
void runCleanUp(llvm::Module &module, llvm::TargetMachine &machine,
                llvm::StringRef pipeline);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CLEANUP_H
