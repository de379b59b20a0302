// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the time of a run went.
#ifndef GAN_RUNTIME_APP_PROFILE_H
#define GAN_RUNTIME_APP_PROFILE_H

#include "runtime/device/Device.h"

namespace gan::runtime {

/// A table of the kernels that took longest, summed over their nodes: share of
/// all time, time and calls, GFLOP/s and GB/s of one thread, the kernel, and
/// the line of the model that caused it first.
std::string profileText(const Executable &executable,
                        std::span<const NodeTime> times);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_PROFILE_H
