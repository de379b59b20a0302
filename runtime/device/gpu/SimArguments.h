// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The arguments of a launch on the simulated GPU.
#ifndef GAN_RUNTIME_DEVICE_GPU_SIMARGUMENTS_H
#define GAN_RUNTIME_DEVICE_GPU_SIMARGUMENTS_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/device/sim/Memory.h"
#include "runtime/device/sim/TensorMap.h"

namespace gan::runtime {

/// Addresses are those of the host: only copies ever follow them.
inline std::byte *hostOf(GpuAddress address) {
  return reinterpret_cast<std::byte *>(address);
}

/// As the simulated GPU is told of a tensor at `address`.
sim::TensorMap tensorMapOf(const format::TensorMap &map, uint64_t address);

/// The arguments of one launch in memory of their own, while it lasts.
class SimArguments {
public:
  SimArguments(sim::Memory &memory, const GpuNode &node)
      : memory(memory), node(node), addresses(node.arguments.size()) {}
  ~SimArguments();
  /// Gives every argument memory, and values to those that are read.
  Status copyIn();
  /// Takes what was written; nothing may be missing.
  Status copyOut() const;
  /// The block of parameters: addresses, then maps of tensors.
  Result<std::vector<std::byte>> parameters() const;

private:
  size_t firstAt(GpuAddress address) const;
  Status place(size_t i);

  sim::Memory &memory;
  const GpuNode &node;
  std::vector<uint64_t> addresses; // 0: not placed
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_SIMARGUMENTS_H
