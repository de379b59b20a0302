// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What GpuDevice needs of a GPU and its driver: one GPU, one module of code,
// memory, slots for inputs, and graphs of launches and copies. Implemented by
// the simulator (SimDriver.h) and by NVIDIA's driver (CudaDriver.h).
#ifndef GAN_RUNTIME_DEVICE_GPU_DRIVER_H
#define GAN_RUNTIME_DEVICE_GPU_DRIVER_H

#include "runtime/base/Status.h"
#include "runtime/format/Executable_generated.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// In the memory of the GPU.
using GpuAddress = uint64_t;

/// What is known of a GPU before anything is asked of it.
struct GpuProperties {
  std::string description;   // for people: its name, and what runs it
  unsigned architecture = 0; // 80 for sm_80
  bool takesCubins = false;  // else PTX only
  uint32_t sharedBytes = 0;  // most that a block may share without asking,
  uint32_t mostShared = 0;   // and with it
};

/// Bytes.
struct GpuMemory {
  uint64_t free = 0, total = 0;
};

/// The code of all kernels.
struct GpuCode {
  const format::GpuImage *image; // of the file
  std::span<const std::byte> bytes;
  std::string name; // for messages
};

struct GpuArgument {
  GpuAddress address = 0;
  uint64_t bytes = 0;   // that the kernel may touch from there on
  bool written = false; // it writes all of them, and reads them only where
                        // another argument has the same address
};

struct GpuNode {
  std::string kernel; // the entry's name; empty: a copy of argument 0 to 1,
                      // and without arguments nothing but its dependencies
  uint32_t blocks = 1, threads = 1;
  std::vector<GpuArgument> arguments;
  const format::GpuEntry *takes = nullptr; // beside their addresses; null:
                                           // nothing
  bool exchanges = false; // with other ranks: the second half of the arguments
                          // are tensors to be completed (Communicator.h), the
                          // first half this rank's parts of them
  std::vector<uint32_t> dependencies; // earlier nodes that must be done
  std::string location;               // "net.gan:12:3", for messages
};

/// Memory of the host, which the GPU can read while it works, and as much of
/// its own, into which the inputs of a launch are taken from there.
struct GpuSlot {
  virtual ~GpuSlot() = default;
  std::span<std::byte> host;
  GpuAddress device = 0;
};

/// Of one node in one launch.
struct GpuCost {
  uint64_t nanoseconds = 0;
  uint64_t instructions = 0; // of warps; 0 where the driver counts none
};

/// Nodes ready to be launched together, as often as one likes. Must die before
/// its driver, but may while a launch is queued.
class GpuGraph {
public:
  virtual ~GpuGraph() = default;
  /// Of each node in the last launch, where the graph is a timed one.
  std::vector<GpuCost> costs;
};

/// Launches, writes and reads form one queue in order, as those of Device do:
/// they may return before they are done, and what fails later is returned by a
/// later call.
class GpuDriver {
public:
  virtual ~GpuDriver() = default;

  virtual const GpuProperties &properties() const = 0;

  /// Makes the kernels callable. Once, before `makeGraph`.
  virtual Status load(const GpuCode &code) = 0;
  /// What there is now.
  virtual Result<GpuMemory> tellMemory() = 0;
  /// Memory for the life of the driver, filled with zero bytes.
  virtual Result<GpuAddress> allocate(uint64_t bytes) = 0;
  /// A slot for the life of the driver, which owns it.
  virtual Result<GpuSlot *> makeSlot(uint64_t bytes) = 0;
  /// With `timed`, nodes run one after the other, and each launch ends with a
  /// wait.
  virtual Result<std::unique_ptr<GpuGraph>>
  makeGraph(std::span<const GpuNode> nodes, bool timed) = 0;

  /// Queues an upload of the first `bytes` of the slot, which waits for none
  /// but the launches with this slot before, and behind that the graph.
  virtual Status launch(GpuGraph &graph, GpuSlot &slot, uint64_t bytes) = 0;
  /// Returns when no upload from the slot is queued.
  virtual Status reclaim(GpuSlot &slot) = 0;
  /// `from` is the caller's again on return.
  virtual Status write(GpuAddress to, std::span<const std::byte> from) = 0;
  /// `into` is filled when `wait` has returned.
  virtual Status read(GpuAddress from, std::span<std::byte> into) = 0;
  virtual Status wait() = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_DRIVER_H
