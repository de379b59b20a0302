// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The storage of a game on the host, looked at for numbers that are not finite.
#ifndef GAN_RUNTIME_HEALTH_GUARD_H
#define GAN_RUNTIME_HEALTH_GUARD_H

#include "runtime/base/File.h"
#include "runtime/device/Device.h"
#include "runtime/health/Finite.h"

#include <vector>

namespace gan::runtime {

/// The bytes of every storage, in the order of the executable's table.
using StorageBytes = std::vector<FileBytes>;

/// Waits for the device. `into` is reused where it has room.
Status readStorage(const Executable &executable, Device &device,
                   StorageBytes &into);
Status writeStorage(const Executable &executable, Device &device,
                    const StorageBytes &from);

/// A tensor that is watched, and what was found in it.
struct BadStorage {
  uint32_t storage = 0; // index into the executable's table
  NotFinite found;
};

/// Keeps the storage as it was when all of it was good the last time, so that
/// what came after can be played again.
class Guard {
public:
  explicit Guard(const Executable &executable) : executable(executable) {}

  /// The storage of `device` has the model's first values: what is not finite
  /// in them belongs to the model, such as a least value so far that begins at
  /// infinity, and is not watched.
  Status learn(Device &device);

  /// Looks at the storage of `device`, one tensor after the other.
  Result<std::optional<BadStorage>> check(Device &device);
  /// The storage of `device` is the last that was good. Read again, as a second
  /// copy of all of it would be memory that is needed at no other time.
  Status keep(Device &device) { return readStorage(executable, device, good); }

  /// As it was when it was kept.
  const StorageBytes &lastGood() const { return good; }

  const std::vector<bool> &watched() const { return isWatched; }

  /// "G.dense.weight[3, 17] is nan"
  std::string textOf(const BadStorage &bad) const;

private:
  const Executable &executable;
  std::vector<bool> isWatched; // by storage
  StorageBytes good;
  FileBytes looked; // at last, by `check`
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_HEALTH_GUARD_H
