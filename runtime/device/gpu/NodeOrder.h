// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// In which order the simulator runs the nodes of a graph.
#ifndef GAN_RUNTIME_DEVICE_GPU_NODEORDER_H
#define GAN_RUNTIME_DEVICE_GPU_NODEORDER_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/device/sim/Launch.h"

namespace gan::runtime {

/// All nodes, each after those that it waits for. Where several may go next:
/// the first, with Schedule::Reverse the last, with Random any, by seed.
std::vector<uint32_t> orderNodes(std::span<const GpuNode> nodes,
                                 sim::Schedule schedule, uint64_t seed);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_NODEORDER_H
