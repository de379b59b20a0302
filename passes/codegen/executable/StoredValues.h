// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values from a file of weights that an executable brings along.
#ifndef GAN_PASSES_CODEGEN_EXECUTABLE_STOREDVALUES_H
#define GAN_PASSES_CODEGEN_EXECUTABLE_STOREDVALUES_H

#include "dialect/GanOps.h"

#include "llvm/ADT/StringMap.h"

#include <vector>

namespace gan {

/// The bytes of each storage by its name, as they lie in memory.
using StoredValues = llvm::StringMap<std::vector<char>>;

/// Reads a value for every storage of the planned model from a .safetensors
/// file, which may hold others besides; F32 becomes F64 and F64 is rounded to
/// F32 as the model needs. Reports, at the storage, what is missing or of
/// another shape or type.
mlir::FailureOr<StoredValues> readStoredValues(ModelOp model,
                                               llvm::StringRef path);

} // namespace gan

#endif // GAN_PASSES_CODEGEN_EXECUTABLE_STOREDVALUES_H
