// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C header of a library that computes the outputs of a model.
#ifndef GAN_PASSES_CODEGEN_EXECUTABLE_LIBRARYHEADER_H
#define GAN_PASSES_CODEGEN_EXECUTABLE_LIBRARYHEADER_H

#include "passes/codegen/executable/WriteExecutable.h"

namespace gan {

/// Writes runtime/format/Generator.h, and in front of it what the planned model
/// computes: name, type and shape of every output. Beside `path`, then renamed.
/// On failure returns a sentence that names the file, else an empty string.
std::string writeLibraryHeader(ModelOp model, const Provenance &provenance,
                               llvm::StringRef path);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_EXECUTABLE_LIBRARYHEADER_H
