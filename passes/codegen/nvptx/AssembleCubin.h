// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From PTX to the machine code of one architecture, by NVIDIA's assembler.
#ifndef GAN_PASSES_CODEGEN_NVPTX_ASSEMBLECUBIN_H
#define GAN_PASSES_CODEGEN_NVPTX_ASSEMBLECUBIN_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace gan {

/// Path of `ptxas`: in $CUDA_HOME/bin (where that is not set,
/// /usr/local/cuda/bin), else in a folder of $PATH. An error that says so where
/// it is in neither.
llvm::Expected<std::string> findPtxas();

/// What a thread of a kernel takes of its processor.
struct ThreadResources {
  unsigned registers = 0;
  unsigned spilledBytes = 0; // written to memory for want of registers
};

/// Machine code of one architecture.
struct Cubin {
  std::string architecture; // "sm_90a"
  std::vector<char> bytes;
  llvm::StringMap<ThreadResources> resources; // by kernel
};

/// The cubin of `ptx` for `architecture`, "sm_90a"; what ptxas says where it
/// does not take either. May be called by several threads.
llvm::Expected<Cubin> assembleCubin(llvm::StringRef ptxas, llvm::StringRef ptx,
                                    llvm::StringRef architecture);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_NVPTX_ASSEMBLECUBIN_H
