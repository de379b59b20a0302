// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Many files in one place: a folder, an archive, a database.
#ifndef GAN_RUNTIME_DATA_CONTAINER_CONTAINER_H
#define GAN_RUNTIME_DATA_CONTAINER_CONTAINER_H

#include "runtime/base/File.h"

#include <memory>
#include <string>
#include <vector>

namespace gan::runtime {

inline constexpr uint64_t kMostEntries = 10'000'000;
inline constexpr size_t kMostNameBytes = 4096;

/// Entries that are read in place: nothing is ever unpacked to where a name
/// leads. Safe to read from several threads.
class Container {
public:
  virtual ~Container() = default;

  /// Where it lies.
  const std::string &path() const { return place; }
  /// The names of the entries, sorted bytewise, each once: '/' between folders,
  /// none empty, "." or "..", no control characters. Those hidden (a part that
  /// begins with '.', or "__MACOSX") are left out, and so is all that is no
  /// regular file.
  const std::vector<std::string> &names() const { return entryNames; }
  /// The content of entry `index`; longer than `limit` is refused before there
  /// is memory for it.
  virtual Result<FileBytes> read(size_t index, uint64_t limit) const = 0;
  /// "photos.zip: roses/1.jpg"
  std::string nameOf(size_t index) const;
  /// Differs where names, sizes, or checksums or times of change do.
  uint64_t fingerprint() const { return stamp; }

protected:
  explicit Container(std::string path) : place(std::move(path)) {}
  Status tooLong(size_t index, uint64_t size, uint64_t limit) const;
  /// Makes the fingerprint differ where a file was changed at another time.
  Status mixTimeOf(const std::string &file);

  std::string place;
  std::vector<std::string> entryNames;
  uint64_t stamp = 0;
};

/// What a path holds, told by its content.
enum class ContainerKind : uint8_t { None, Folder, Zip, Tar, PackedTar, Lmdb };
Result<ContainerKind> containerKindOf(const std::string &path);

/// Opens the container of a kind that is not `None`. A packed tar is unpacked
/// into a file without a name in the folder `scratch`.
/// `Damaged`: broken, more than `kMostEntries` entries, a name that leads out,
/// or twice the same name.
Result<std::unique_ptr<Container>> openContainer(const std::string &path,
                                                 ContainerKind kind,
                                                 const std::string &scratch);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_CONTAINER_CONTAINER_H
