// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The interface of every device: one arena, one loaded executable, and whole
// sequences of step programs submitted to it. It is shaped so that a submission
// can be one upload from pinned memory and the launch of one CUDA graph.
#ifndef GAN_RUNTIME_DEVICE_DEVICE_H
#define GAN_RUNTIME_DEVICE_DEVICE_H

#include "runtime/base/Status.h"
#include "runtime/device/Profile.h"
#include "runtime/executable/Executable.h"
#include "runtime/ranks/Communicator.h"

#include <cstddef>
#include <functional>
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
          // of the simulator: GPU to be, "sm_90a"; empty: "sm_80"
  std::string simSchedule =
      ""; // of the simulator: "reverse", "random:7"; empty: in order
  bool profile = false; // keep times
  /// Called after each node of what is submitted, of the cpu only: nodes then
  /// run one by one in their order. It may `read` from the device.
  std::function<void(uint32_t entry, uint32_t node)> afterNode = {};
  Communicator *ranks = nullptr; // with which programs exchange; outlives the
                                 // device; null: there is one rank
};

struct DeviceInfo {
  std::string name;        // "cpu"
  std::string description; // for people: processor, threads, target
  unsigned threads = 0;
  uint64_t arenaBytes = 0; // what `load` allocated
  /// Since `load`: what adds products in an order of its own, so that bits
  /// depend on it: "x86-64-v4-amx", "cuda sm_90"; empty: nothing, the bits are
  /// those of every device.
  std::string arithmetic = {};
};

/// Inputs of runs lie in slots, so many that the host prepares the next while a
/// device works on the present ones.
inline constexpr unsigned kSlots = 2;

/// A sequence of entries made ready to run one after the other. Owned by the
/// caller; must die before its device, but may while a submission is queued.
class Program {
public:
  virtual ~Program() = default;
};

/// Operations form one queue: each sees the effects of all before it, as if it
/// were finished when the next begins. All but `wait` and `reclaim` may return
/// before they are done; `wait` returns when everything is. What fails later
/// than its own call is returned by the next call; after a failure of `submit`,
/// `write`, `read` or `wait` the contents of the arena are undefined.
///
/// One thread at a time calls a device; another may fill a slot meanwhile.
/// Buffers are named by their index in the executable's table; sizes are bytes.
///
/// The same submissions give the same bits in the arena for any number of
/// threads and any target of the device, but for `arithmetic` of its info.
class Device {
public:
  virtual ~Device() = default;

  virtual const DeviceInfo &info() const = 0;

  /// Takes the executable, which must outlive the device, allocates its arena
  /// filled with zero bytes and the slots (the only allocations for tensors,
  /// ever), and makes its kernels callable. Once per device, before anything
  /// below.
  virtual Status load(const Executable &executable) = 0;

  /// Makes a sequence of runs of entries ready, whose inputs fit into a slot.
  /// Expensive; do it once, submit it often.
  virtual Result<std::unique_ptr<Program>>
  prepare(std::span<const uint32_t> entries) = 0;

  /// The memory of slot number `slot`, `slotBytes` (Inputs.h) long, in which
  /// the caller lays the inputs of a sequence down: the blocks of its runs one
  /// behind the other. It is the caller's to change, but from `submit` until
  /// `reclaim` has returned.
  virtual std::span<std::byte> slot(unsigned slot) = 0;

  /// Queues the runs of a program of this device, each with its inputs in the
  /// slot. What the arena holds of an input is undefined, unless that is an
  /// output, too.
  virtual Status submit(Program &program, unsigned slot) = 0;

  /// Returns when the slot is the caller's again, which may be long before what
  /// was submitted with it is done.
  virtual Status reclaim(unsigned slot) = 0;

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
