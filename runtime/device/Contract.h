// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What devices share to keep the contract of Device.h.
#ifndef GAN_RUNTIME_DEVICE_CONTRACT_H
#define GAN_RUNTIME_DEVICE_CONTRACT_H

#include "runtime/device/Device.h"

namespace gan::runtime {

/// A caller that breaks the contract is a mistake of ours: `Internal`, said by
/// the device of that name.
Status misuse(std::string sentence, std::string device);

/// Whether `bytes` from the start of buffer number `buffer` exist. `executable`
/// is null before `load`.
Status checkSpan(const Executable *executable, uint32_t buffer, uint64_t bytes,
                 const std::string &device);

/// Whether there are such entries, not too many, and all their inputs fit into
/// one slot.
Status checkSequence(const Executable *executable,
                     std::span<const uint32_t> entries,
                     const std::string &device);

/// Whether one of the entries exchanges something between ranks.
bool exchanges(const Executable &executable, std::span<const uint32_t> entries);

/// How many threads of this machine `options` ask for: all that the process may
/// run on where they do not say. `Usage` above 1024.
Result<unsigned> threadsOf(const DeviceOptions &options,
                           const std::string &device);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CONTRACT_H
