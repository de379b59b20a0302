// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The simulator as a GPU.
#ifndef GAN_RUNTIME_DEVICE_GPU_SIMDRIVER_H
#define GAN_RUNTIME_DEVICE_GPU_SIMDRIVER_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/device/sim/Launch.h"
#include "runtime/ranks/Communicator.h"

namespace gan::runtime {

/// A GPU that runs PTX with all checks of the simulator on. Each argument of a
/// launch is memory of its own, so that what a kernel touches beyond it is
/// found though the arena goes on there; arguments that are not written are
/// read-only, those that are written begin without values and must have some at
/// the end. The first finding fails the launch, `Internal`, with the place in
/// the model, the kernel and the line of the PTX.
///
/// It runs code for sm_`architecture`.
///
/// Of nodes that may go next the schedule chooses as it chooses among warps. A
/// graph is done when `launch` returns.
/// With `ranks` it exchanges, in the thread that launches.
std::unique_ptr<GpuDriver> makeSimDriver(const sim::Options &options,
                                         unsigned architecture = 80,
                                         Communicator *ranks = nullptr);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_SIMDRIVER_H
