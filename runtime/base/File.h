// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The only place of the runtime that touches files. Every call to the system
// passes the fault gate (Fault.h) first.
#ifndef GAN_RUNTIME_BASE_FILE_H
#define GAN_RUNTIME_BASE_FILE_H

#include "runtime/base/Status.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

using FileBytes = std::vector<std::byte>;

/// The bytes of a text, to be written.
std::span<const std::byte> bytesOf(std::string_view text);
/// Bytes as text.
std::string_view textOf(std::span<const std::byte> bytes);

/// A regular file open for reading at any place. Safe to read from several
/// threads.
class InputFile {
public:
  /// Fails for what is not a regular file.
  static Result<InputFile> open(const std::string &path);
  InputFile(InputFile &&other) noexcept;
  InputFile &operator=(InputFile &&) = delete;
  ~InputFile();

  const std::string &path() const { return name; }
  uint64_t size() const { return length; }
  /// Fills `into` from `offset`; a file that ends earlier is damaged.
  Status readAt(uint64_t offset, std::span<std::byte> into) const;

private:
  friend class ScratchFile;
  InputFile(int descriptor, std::string path, uint64_t size)
      : fd(descriptor), name(std::move(path)), length(size) {}
  int fd;
  std::string name;
  uint64_t length;
};

/// A file without a name, gone with the process: what is too large for memory
/// and not worth keeping.
class ScratchFile {
public:
  /// In a folder, which exists.
  static Result<ScratchFile> create(const std::string &folder);
  Status write(std::span<const std::byte> bytes);
  /// What has been written, to be read. At most once, and last.
  InputFile reopen() { return std::move(file); }

private:
  explicit ScratchFile(InputFile file) : file(std::move(file)) {}
  InputFile file;
};

/// What is known of a path without opening it; links are followed.
struct FileStamp {
  enum class Kind : uint8_t { File, Folder, Other } kind;
  uint64_t bytes;
  uint64_t changed; // nanoseconds since 1970
};
Result<FileStamp> stampOf(const std::string &path);

/// The folder that holds the path: "." for a mere name.
std::string folderOf(const std::string &path);
/// Makes sure that the names in a folder survive a power cut.
Status syncFolder(const std::string &path);

/// The whole file in memory of its own; a file longer than `limit` bytes is
/// refused before anything is allocated.
Result<FileBytes> readFile(const std::string &path, uint64_t limit);

/// A file mapped for reading. Another program that changes the file changes
/// these bytes: copy what has been verified before it is trusted.
class MappedFile {
public:
  static Result<MappedFile> open(const std::string &path);
  MappedFile(MappedFile &&other) noexcept;
  MappedFile &operator=(MappedFile &&) = delete;
  ~MappedFile();
  std::span<const std::byte> bytes() const { return content; }

private:
  explicit MappedFile(std::span<const std::byte> bytes) : content(bytes) {}
  std::span<const std::byte> content;
};

/// Whether a file has to outlive a power cut from the start, or may be lost to
/// one within the seconds that the system takes to write it by itself.
enum class Durability { Synced, Unsynced };

/// A file that appears whole or not at all: written beside its place, synced,
/// renamed, and the folder synced. Until `commit` has returned success, what
/// stood at the path stands there still; destroyed before, it leaves nothing.
class AtomicFile {
public:
  static Result<AtomicFile> create(const std::string &path);
  AtomicFile(AtomicFile &&other) noexcept;
  AtomicFile &operator=(AtomicFile &&) = delete;
  ~AtomicFile();

  Status write(std::span<const std::byte> bytes);
  /// At most once, and last.
  Status commit(Durability durability = Durability::Synced);

private:
  AtomicFile(int descriptor, std::string path, std::string temporaryPath)
      : fd(descriptor), name(std::move(path)),
        temporary(std::move(temporaryPath)) {}
  int fd;
  std::string name;
  std::string temporary;
};

/// `AtomicFile` in one call.
Status writeFile(const std::string &path, std::span<const std::byte> bytes,
                 Durability durability = Durability::Synced);

/// A file that grows by whole lines or records, each written with one call, so
/// that two writers do not mix and a killed one loses at most its last.
class LineFile {
public:
  /// Goes on behind what the file holds; creates it if there is none.
  static Result<LineFile> open(const std::string &path);
  LineFile(LineFile &&other) noexcept;
  LineFile &operator=(LineFile &&) = delete;
  ~LineFile();
  /// `line` without its line break.
  Status append(std::string_view line);
  Status append(std::span<const std::byte> record);

private:
  LineFile(int descriptor, std::string path)
      : fd(descriptor), name(std::move(path)) {}
  int fd;
  std::string name;
};

/// What was written of a file, by whomever, outlives a loss of power.
Status syncFile(const std::string &path);

/// Makes the folder and those above it, durably; one that exists is fine.
Status makeFolders(const std::string &path);
/// Makes the folder; fails where there is anything of that name. Those above it
/// must exist. Two who try at once: one succeeds.
Status makeNewFolder(const std::string &path);
bool exists(const std::string &path);
bool isFolder(const std::string &path);
/// Names in the folder, without "." and "..", sorted bytewise.
Result<std::vector<std::string>> listFolder(const std::string &path);
/// Bytes that the disk of the path has for us.
Result<uint64_t> freeBytes(const std::string &path);
Status removeFile(const std::string &path);
/// Removes the folder and the files in it; a folder within it is refused.
Status removeFolder(const std::string &path);
/// Gives the file or folder another name on the same disk, which survives a
/// power cut when this has returned. Where there is anything of that name, only
/// a file is replaced by a file.
Status renamePath(const std::string &from, const std::string &to);
/// Makes `to` a second name of the file `from`, in place of what stood there:
/// at every instant one of both. `Unsupported` on a disk that has no such
/// names, and between disks.
Status linkFile(const std::string &from, const std::string &to);

/// A lock that one process at a time holds; the system frees it when the
/// process ends in whatever way. The file stays.
class FileLock {
public:
  /// `Usage` where another process holds it.
  static Result<FileLock> take(const std::string &path);
  FileLock(FileLock &&other) noexcept;
  FileLock &operator=(FileLock &&) = delete;
  ~FileLock();

private:
  explicit FileLock(int descriptor) : fd(descriptor) {}
  int fd;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_FILE_H
