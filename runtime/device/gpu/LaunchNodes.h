// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a GPU launches of an entry.
#ifndef GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H
#define GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/executable/Executable.h"

namespace gan::runtime {

/// Neighbouring nodes of an entry.
struct NodeRange {
  uint32_t first = 0, count = 1;
};

/// Launches and copies in the order of the entry's nodes.
struct LaunchNodes {
  std::vector<GpuNode> launches;
  std::vector<NodeRange> members; // the nodes of each
};

/// Makes them; the members of a group become one. The arena is at `arena`.
LaunchNodes gatherLaunches(const Executable &executable,
                           const format::Entry &entry, GpuAddress arena);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H
