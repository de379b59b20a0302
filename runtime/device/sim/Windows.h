// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the state spaces lie among the 64-bit generic addresses.
#ifndef GAN_RUNTIME_DEVICE_SIM_WINDOWS_H
#define GAN_RUNTIME_DEVICE_SIM_WINDOWS_H

#include <cstdint>

namespace gan::sim {

/// Shared, local and param addresses are offsets; `cvta` adds these. Global and
/// const addresses are generic ones.
constexpr uint64_t kSharedWindow = uint64_t(0x7100) << 32;
constexpr uint64_t kLocalWindow = uint64_t(0x7200) << 32;
constexpr uint64_t kParamWindow = uint64_t(0x7300) << 32;
constexpr uint64_t kWindowBytes = uint64_t(1) << 32;
/// The first allocation; the windows are above all of them.
constexpr uint64_t kFirstAddress = uint64_t(0x0010) << 32;

/// The first shared variable: as on Hopper the kilobyte before it is the
/// system's, so that no variable has the address 0.
constexpr uint32_t kSharedStart = 1024;

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_WINDOWS_H
