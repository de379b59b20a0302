// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a power cut may leave of a folder: the operations on its files are
// recorded as the program makes them, and played again up to any of them, with
// some of what was not synced lost.
#ifndef GAN_TEST_RUNTIME_CHECKPOINT_CRASHDISK_H
#define GAN_TEST_RUNTIME_CHECKPOINT_CRASHDISK_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace gan::test {

/// One change of a file or a folder, or a sync of one. Files and folders have
/// numbers, whatever their names become.
struct DiskOperation {
  enum class Kind : uint8_t { Write, Name, Unname, Sync };
  Kind kind;
  uint64_t node;         // of the file or folder that is written or synced, or
                         // of the folder in which a name changes
  std::string name = {}; // Name, Unname
  uint64_t named = 0;    // Name: of what gets the name
  std::string renamed = {}; // Name: the name in the same folder that it loses
  uint64_t offset = 0;      // Write
  std::string bytes = {};   // Write
};

/// Records what this process does below a folder, which is there and empty;
/// one at a time. The model of the disk is the weakest that POSIX allows: a
/// write lasts once its file was synced, a name once its folder was; until then
/// each may be lost by itself, a write also in part. A rename happens whole.
class CrashDisk {
public:
  explicit CrashDisk(std::string root);
  ~CrashDisk();
  CrashDisk(const CrashDisk &) = delete;

  /// How many operations there were.
  size_t size() const { return operations.size(); }

  /// Writes to the folder `into`, which is made, what may be left after the
  /// first `count` operations. Where `obeysSync` is false the disk lies: it
  /// takes no sync seriously.
  void replay(size_t count, std::mt19937_64 &chance, const std::string &into,
              bool obeysSync = true) const;

private:
  std::string root;
  std::vector<DiskOperation> operations;
  std::map<std::string, uint64_t> nodes; // by path, as the process sees them
  std::map<int, uint64_t> descriptors;
  std::map<uint64_t, uint64_t> lengths; // of files, as the process sees them
  std::set<uint64_t> folders = {0};
  uint64_t made = 0; // nodes; 0 is the root

  friend struct Recorder;
};

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_CHECKPOINT_CRASHDISK_H
