// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a GPU launches of a sequence of entries.
#ifndef GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H
#define GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/executable/Executable.h"

namespace gan::runtime {

/// Neighbouring nodes of an entry; none where the launch is of no node.
struct NodeRange {
  uint32_t entry = 0;
  uint32_t first = 0, count = 1;
};

/// Launches and copies in the order of the runs and their nodes.
struct LaunchNodes {
  std::vector<GpuNode> launches;
  std::vector<NodeRange> members; // the nodes of each
};

/// Where a sequence finds what it works on.
struct GpuPlaces {
  GpuAddress arena;
  GpuAddress inputs; // the blocks of its runs (Inputs.h)
};

/// Makes them; the members of a group become one. Kernels read inputs where
/// they were uploaded to; only those that are outputs, too, get into the arena.
/// Each run waits for all of the run before it.
LaunchNodes gatherLaunches(const Executable &executable,
                           std::span<const uint32_t> entries,
                           const GpuPlaces &places);

/// Says what the launches take in the code of `image` beside addresses.
void addMaps(const format::GpuImage &image, std::span<GpuNode> launches);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_LAUNCHNODES_H
