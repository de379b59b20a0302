// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the time of a run went.
#ifndef GAN_RUNTIME_APP_PROFILE_H
#define GAN_RUNTIME_APP_PROFILE_H

#include "runtime/base/Json.h"
#include "runtime/device/Device.h"

namespace gan::runtime {

/// Three tables of a run of `passes` passes, for people. What the threads did
/// and what they waited for; the kernels that took longest, summed over their
/// nodes: share of all work, time and calls, GFLOP/s and GB/s of one thread,
/// these as shares of the fma peak and of the roofline (the least time that
/// arithmetic and memory allow), and the line that caused the kernel first; the
/// lines of the model with the work that they caused. A device that does not
/// know its peak or its waits leaves these out.
std::string profileText(const Executable &executable, const Profile &profile,
                        unsigned threads, uint64_t passes);

/// The kernels that took longest, for Journal::setKernels.
Json kernelRows(const Executable &executable, const Profile &profile);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_PROFILE_H
