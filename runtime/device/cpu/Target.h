// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which of an executable's images this processor runs.
#ifndef GAN_RUNTIME_DEVICE_CPU_TARGET_H
#define GAN_RUNTIME_DEVICE_CPU_TARGET_H

#include "runtime/executable/Executable.h"

#include <string>
#include <string_view>

namespace gan::runtime {

/// Whether this processor and system run code of the level, "x86-64-v3",
/// "x86-64-v4" or "x86-64-v4-amx" (with AMX-BF16 and AVX512_BF16; asks the
/// system for their registers); no other level is known.
bool canRun(std::string_view level);

/// Whether code of the level adds products in another order than that of other
/// levels: tiles do.
bool addsInItsOwnOrder(std::string_view level);

/// Index of the image to use: the highest level that runs here, or `wanted` if
/// that is not empty. `Usage` for a level that is not known, `Unsupported`
/// where there is no image or the processor does not run it.
Result<uint32_t> chooseImage(const Executable &executable,
                             std::string_view wanted);

/// The processor's name, as it gives it.
std::string processorName();

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_TARGET_H
