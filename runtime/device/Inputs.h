// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the inputs of runs lie in a slot (Device.h): known to who fills it and
// to who reads it.
#ifndef GAN_RUNTIME_DEVICE_INPUTS_H
#define GAN_RUNTIME_DEVICE_INPUTS_H

#include "runtime/executable/Executable.h"

#include <span>
#include <vector>

namespace gan::runtime {

/// The inputs of one run of an entry, in their order, each at a multiple of 64
/// bytes and with as much room as its buffer has; so is the size of all.
struct InputBlock {
  std::vector<uint64_t> offsets;
  uint64_t bytes = 0;
};
InputBlock layOutInputs(const format::Executable &tables, uint32_t entry);

/// Bytes of the value of an input or output, at the start of its room.
uint64_t bindingBytes(const format::Binding &binding);

/// Bytes of the runs of a sequence of entries: their blocks one behind the
/// other.
uint64_t inputBytes(const format::Executable &tables,
                    std::span<const uint32_t> entries);

/// Most runs of a sequence: each makes a graph longer.
inline constexpr uint64_t kMostRuns = 64;

/// How large a slot is: every run fits, and every pass of so many runs at most
/// that does not need more than 256 MiB.
uint64_t slotBytes(const format::Executable &tables);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_INPUTS_H
