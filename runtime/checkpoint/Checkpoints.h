// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The checkpoints of a run: folders that appear whole or not at all.
#ifndef GAN_RUNTIME_CHECKPOINT_CHECKPOINTS_H
#define GAN_RUNTIME_CHECKPOINT_CHECKPOINTS_H

#include "runtime/checkpoint/Manifest.h"
#include "runtime/checkpoint/Rating.h"
#include "runtime/device/Device.h"

#include <optional>

namespace gan::runtime {

/// RUN/checkpoints/000500/ holds weights.safetensors, optimizer.safetensors
/// (Storage.h) and manifest.json (Manifest.h) as they were after 500 passes,
/// and rating.json (Rating.h) where a metric was asked how good they are.
/// The two files of storage in RUN are second names of those of the latest.
///
/// A checkpoint is written beside its place, synced, read back, renamed, and
/// the folder synced; only then are the names in RUN changed and older ones
/// removed. So at every instant the latest that was announced is there.
///
/// The caller holds the lock of the run folder.
class Checkpoints {
public:
  explicit Checkpoints(const std::string &runFolder)
      : run(runFolder), folder(runFolder + "/checkpoints") {}

  /// Saves the storage of `device` with `manifest`, whose `files` are filled in
  /// here, and keeps it, the `keep` - 1 before it, and of each metric by which
  /// some are rated the best; `keep` >= 1. Where the run has been doubtful
  /// since step `doubtfulSince`, the latest checkpoint before that step is kept
  /// as well. On failure those that were there are there still.
  Status save(const Executable &executable, Device &device, Manifest manifest,
              uint64_t keep, const std::optional<Rating> &rating = std::nullopt,
              std::optional<uint64_t> doubtfulSince = std::nullopt) const;

  /// A checkpoint of which every file has the size and hash it should have.
  struct Found {
    std::string path;
    Manifest manifest;
  };
  /// The latest of those before step `before` that is whole, or none if there
  /// is no such checkpoint at all; `passedOver` gets what is wrong with later
  /// ones. `Damaged` if there are some, but none is whole.
  Result<std::optional<Found>> findLatest(std::vector<Status> &passedOver,
                                          uint64_t before = UINT64_MAX) const;

  /// Makes the names in RUN those of a checkpoint, whose storage is on the
  /// device.
  Status nameInRun(const Executable &executable, Device &device,
                   const std::string &checkpoint) const;

  /// Whether the files of storage in RUN are those of one of its checkpoints:
  /// `Damaged` for one that is of none. One that is not there is no damage.
  Status verifyNames() const;

  /// The folders of checkpoints, whole or not, the latest first.
  Result<std::vector<std::string>> list() const;
  /// Whether a checkpoint is whole.
  static Result<Manifest> verify(const std::string &path);

  /// Removes those after step `after`, for a run that goes back, or all of them
  /// for one that begins anew. The names in RUN stay.
  Status removeAfter(uint64_t after) const;
  Status clear() const;

private:
  Status write(const Executable &executable, Device &device, Manifest &manifest,
               const std::optional<Rating> &rating,
               const std::string &into) const;
  Status prune(const std::string &latest, uint64_t keep,
               uint64_t doubtfulSince) const;

  std::string run, folder;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_CHECKPOINTS_H
