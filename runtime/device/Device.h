// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The interface of every device: one arena, one loaded executable, and whole
// step programs submitted to it. It is shaped so that a submission can be the
// launch of one captured CUDA graph.
#ifndef GAN_RUNTIME_DEVICE_DEVICE_H
#define GAN_RUNTIME_DEVICE_DEVICE_H

#include "runtime/base/Status.h"
#include "runtime/device/Profile.h"
#include "runtime/executable/Executable.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// What the user may ask of a device. A device refuses what it cannot do; it
/// never does something else instead.
struct DeviceOptions {
  unsigned threads = 0; // of this machine, for the cpu and the simulator;
                        // 0: as many as this process may run on
  std::string target =
      ""; // of the cpu: image to use, "x86-64-v3"; empty: the best that runs
  std::string simSchedule =
      ""; // of the simulator: "reverse", "random:7"; empty: in order
  bool profile = false; // keep times
};

struct DeviceInfo {
  std::string name;        // "cpu"
  std::string description; // for people: processor, threads, target
  unsigned threads = 0;
  uint64_t arenaBytes = 0; // what `load` allocated
};

/// An entry made ready to run. Owned by the caller; must die before its device.
class Program {
public:
  virtual ~Program() = default;
};

/// Operations form one queue: each sees the effects of all before it, as if it
/// were finished when the next begins. All but `wait` may return before they
/// are done; `wait` returns when everything is. What fails later than its own
/// call is returned by the next call; after a failure of `submit`, `write`,
/// `read` or `wait` the contents of the arena are undefined.
///
/// One thread at a time calls a device. Buffers are named by their index in the
/// executable's table; sizes are bytes.
///
/// The same submissions give the same bits in the arena for any number of
/// threads and any target of the device.
class Device {
public:
  virtual ~Device() = default;

  virtual const DeviceInfo &info() const = 0;

  /// Takes the executable, which must outlive the device, allocates its arena
  /// (the only allocation for tensors, ever) filled with zero bytes, and makes
  /// its kernels callable. Once per device, before anything below.
  virtual Status load(const Executable &executable) = 0;

  /// Makes entry number `entry` ready. Expensive; do it once, submit it often.
  virtual Result<std::unique_ptr<Program>> prepare(uint32_t entry) = 0;

  /// Queues one run of all nodes of a program of this device.
  virtual Status submit(Program &program) = 0;

  /// Queues a copy into the start of a buffer. `from` is the caller's again on
  /// return. No longer than the buffer.
  virtual Status write(uint32_t buffer, std::span<const std::byte> from) = 0;

  /// Queues a copy of the start of a buffer. `into` is filled when `wait` has
  /// returned, and must live until then. No longer than the buffer.
  virtual Status read(uint32_t buffer, std::span<std::byte> into) = 0;

  /// Returns when all that was queued is done.
  virtual Status wait() = 0;

  /// Where the time went since `load`. Waits first. Empty without `profile`; a
  /// device leaves out what it cannot measure, but no node that ran.
  virtual Profile profile() = 0;
};

/// The devices by name: "cpu", "cuda", "sim", "null". `Usage` for any other
/// name, with those that there are; what the device itself refuses otherwise.
Result<std::unique_ptr<Device>> createDevice(std::string_view name,
                                             const DeviceOptions &options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_DEVICE_H
