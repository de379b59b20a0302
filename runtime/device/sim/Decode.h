// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From parsed PTX to a program that can run.
#ifndef GAN_RUNTIME_DEVICE_SIM_DECODE_H
#define GAN_RUNTIME_DEVICE_SIM_DECODE_H

#include "runtime/device/sim/Program.h"

#include <map>

namespace gan::sim {

/// Addresses of the variables of .global and .const, by name.
using Symbols = std::map<std::string_view, uint64_t>;

/// Decodes the kernel `entry`. `NotFound` where the module has none of that
/// name; `Damaged` with the line of the PTX for names that are not declared,
/// operands that do not fit, and for every instruction, modifier or function
/// that the simulator does not know: nothing is skipped.
Result<Program> decode(const Module &module, std::string_view entry,
                       const Symbols &symbols);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_DECODE_H
