// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The global memory of the simulated device: allocations, each by itself, so
// that running over the end of one never lands in another.
#ifndef GAN_RUNTIME_DEVICE_SIM_MEMORY_H
#define GAN_RUNTIME_DEVICE_SIM_MEMORY_H

#include "runtime/device/sim/Race.h"
#include "runtime/device/sim/Validity.h"

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace gan::sim {

enum class Use : uint8_t {
  ReadWrite,
  ReadOnly, // a kernel that writes to it is at fault
};

struct Allocation {
  uint64_t base = 0, bytes = 0;
  std::string name; // for findings
  Use use = Use::ReadWrite;
  std::unique_ptr<std::byte[]> content;
  Validity valid;
  RaceShadow races;
  std::mutex racesGuard; // where blocks run on several threads
};

/// What stood in all that may be written, by address.
struct MemoryState {
  struct Content {
    std::unique_ptr<std::byte[]> bytes; // null: none had a value
    Validity valid;
  };
  std::map<uint64_t, Content> contents;
};

/// Addresses begin at kFirstAddress, are multiples of 256, at least 64 KiB
/// apart and never used twice. Not to be changed while a launch runs.
class Memory {
public:
  /// Without values. `OutOfMemory` where the host has not so much.
  Result<uint64_t> allocate(uint64_t bytes, std::string name, Use use);
  /// The start of an allocation; `Usage` for any other address.
  Status release(uint64_t address);
  Status setUse(uint64_t address, Use use);

  /// Copies that the host makes; inside one allocation, else `Usage`. What is
  /// written has a value from then on.
  Status write(uint64_t address, std::span<const std::byte> from);
  Status read(uint64_t address, std::span<std::byte> into) const;
  Status fill(uint64_t address, uint64_t bytes, std::byte value);

  /// The allocation that `address` lies in, or null.
  Allocation *find(uint64_t address) const;
  /// The one that begins last before `address`, for messages; or null.
  const Allocation *before(uint64_t address) const;
  size_t count() const { return allocations.size(); }

  /// What a launch may change, for `restore`; nothing where the host has not so
  /// much memory.
  std::optional<MemoryState> save() const;
  void restore(const MemoryState &state);

  /// Forgets who accessed what: a launch begins.
  void resetRaces();

private:
  std::map<uint64_t, std::unique_ptr<Allocation>> allocations;
  uint64_t next = 0;
};

/// "0x1000000100", for messages.
std::string hexOf(uint64_t address);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_MEMORY_H
