// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Weights on disk: the safetensors format, an eight-byte length, a JSON header,
// then the bytes of the tensors.
#ifndef GAN_TEST_REFERENCE_SAFETENSORS_H
#define GAN_TEST_REFERENCE_SAFETENSORS_H

#include "test/reference/Game.h"

#include "llvm/Support/Error.h"

namespace gan::reference {

// The tensors of a file of F32 and F64 tensors.
llvm::Expected<NamedTensors> readSafetensors(llvm::StringRef path);

// Writes every tensor as F64.
llvm::Error writeSafetensors(llvm::StringRef path, const NamedTensors &tensors);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_SAFETENSORS_H
