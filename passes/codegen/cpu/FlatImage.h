// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A linker for one object file whose result needs no loader.
#ifndef GAN_PASSES_CODEGEN_CPU_FLATIMAGE_H
#define GAN_PASSES_CODEGEN_CPU_FLATIMAGE_H

#include "passes/codegen/cpu/CompileImage.h"

#include "llvm/Support/Error.h"

namespace gan {

/// Lays the allocated sections of an x86-64 ELF object end to end, code first,
/// and resolves every relocation; they must be relative to the place they stand
/// at. An error names what is undefined, absolute or writable.
llvm::Expected<Image> flattenObject(llvm::StringRef object);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_CPU_FLATIMAGE_H
