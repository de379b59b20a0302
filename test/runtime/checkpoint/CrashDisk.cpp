// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/checkpoint/CrashDisk.h"

#include <algorithm>
#include <cstdarg>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sys/syscall.h>
#include <unistd.h>

using namespace gan::test;
using Kind = DiskOperation::Kind;

static CrashDisk *recording = nullptr;

namespace gan::test {
// What the functions below tell, each after its success.
struct Recorder {
  // The folder of a path, and the name in it; nothing above the root.
  struct Place {
    uint64_t folder;
    std::string name;
  };
  static std::optional<uint64_t> nodeOf(const std::string &path) {
    auto found = recording->nodes.find(path);
    return found == recording->nodes.end() ? std::nullopt
                                           : std::optional(found->second);
  }
  static std::optional<Place> placeOf(const std::string &path) {
    size_t slash = path.rfind('/');
    std::optional<uint64_t> folder =
        recording ? nodeOf(path.substr(0, slash)) : std::nullopt;
    return folder ? std::optional(Place{*folder, path.substr(slash + 1)})
                  : std::nullopt;
  }
  static void name(const std::string &path, const Place &place, uint64_t node,
                   const std::string &renamed = "") {
    recording->operations.push_back({.kind = Kind::Name,
                                     .node = place.folder,
                                     .name = place.name,
                                     .named = node,
                                     .renamed = renamed});
    recording->nodes[path] = node;
  }
  static void make(const std::string &path, bool isFolder) {
    std::optional<Place> place = placeOf(path);
    if (!place)
      return;
    name(path, *place, ++recording->made);
    if (isFolder)
      recording->folders.insert(recording->made);
  }
  static void opened(const std::string &path, int fd, bool mayMake) {
    if (mayMake && recording && !nodeOf(path))
      make(path, /*isFolder=*/false);
    if (std::optional<uint64_t> node = recording ? nodeOf(path) : std::nullopt)
      recording->descriptors[fd] = *node;
  }
  static void closed(int fd) {
    if (recording)
      recording->descriptors.erase(fd);
  }
  static void wrote(int fd, const void *bytes, size_t count) {
    auto found = recording ? recording->descriptors.find(fd)
                           : std::map<int, uint64_t>::iterator();
    if (!recording || found == recording->descriptors.end())
      return;
    uint64_t &length = recording->lengths[found->second];
    recording->operations.push_back(
        {.kind = Kind::Write,
         .node = found->second,
         .offset = length,
         .bytes = std::string(static_cast<const char *>(bytes), count)});
    length += count;
  }
  static void synced(int fd) {
    if (recording && recording->descriptors.contains(fd))
      recording->operations.push_back(
          {.kind = Kind::Sync, .node = recording->descriptors[fd]});
  }
  static void linked(const std::string &from, const std::string &to) {
    std::optional<Place> place = placeOf(to);
    if (place)
      name(to, *place, nodeOf(from).value());
  }
  // The program renames within a folder; below it paths change with it.
  static void renamed(const std::string &from, const std::string &to) {
    std::optional<Place> place = placeOf(to), old = placeOf(from);
    if (!place || !old)
      return;
    if (place->folder != old->folder)
      std::abort();
    uint64_t node = nodeOf(from).value();
    // Two names of one file: nothing happens.
    if (nodeOf(to) == node)
      return;
    name(to, *place, node, old->name);
    std::map<std::string, uint64_t> moved;
    for (auto &[path, each] : recording->nodes)
      if (path.starts_with(from + "/"))
        moved[to + path.substr(from.size())] = each;
    std::erase_if(recording->nodes, [&](const auto &item) {
      return item.first == from || item.first.starts_with(from + "/");
    });
    recording->nodes.merge(moved);
  }
  static void removed(const std::string &path) {
    std::optional<Place> place = placeOf(path);
    if (!place)
      return;
    recording->operations.push_back(
        {.kind = Kind::Unname, .node = place->folder, .name = place->name});
    recording->nodes.erase(path);
  }
};
} // namespace gan::test

// ---- in place of those of the C library, for this program

extern "C" {
int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int mode = flags & O_CREAT ? va_arg(list, int) : 0;
  va_end(list);
  int fd = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  if (fd >= 0)
    Recorder::opened(path, fd, flags & O_CREAT);
  return fd;
}
int close(int fd) {
  Recorder::closed(fd);
  return static_cast<int>(syscall(SYS_close, fd));
}
ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t written = syscall(SYS_write, fd, bytes, count);
  if (written > 0)
    Recorder::wrote(fd, bytes, written);
  return written;
}
int fsync(int fd) {
  int result = static_cast<int>(syscall(SYS_fsync, fd));
  if (result == 0)
    Recorder::synced(fd);
  return result;
}
int mkdir(const char *path, mode_t mode) noexcept {
  int result = static_cast<int>(syscall(SYS_mkdir, path, mode));
  if (result == 0)
    Recorder::make(path, /*isFolder=*/true);
  return result;
}
int link(const char *from, const char *to) noexcept {
  int result = static_cast<int>(syscall(SYS_link, from, to));
  if (result == 0)
    Recorder::linked(from, to);
  return result;
}
int rename(const char *from, const char *to) noexcept {
  int result = static_cast<int>(syscall(SYS_rename, from, to));
  if (result == 0)
    Recorder::renamed(from, to);
  return result;
}
int unlink(const char *path) noexcept {
  int result = static_cast<int>(syscall(SYS_unlink, path));
  if (result == 0)
    Recorder::removed(path);
  return result;
}
int rmdir(const char *path) noexcept {
  int result = static_cast<int>(syscall(SYS_rmdir, path));
  if (result == 0)
    Recorder::removed(path);
  return result;
}
}

CrashDisk::CrashDisk(std::string root) : root(std::move(root)) {
  nodes[this->root] = 0;
  recording = this;
}

CrashDisk::~CrashDisk() { recording = nullptr; }

// ---- playing again

namespace {
struct Left {
  std::map<uint64_t, std::map<std::string, uint64_t>> folders; // all there were
  std::map<uint64_t, std::string> files;

  void apply(const DiskOperation &operation, size_t writtenBytes);
  void writeTo(uint64_t node, const std::string &path) const;
};
} // namespace

void Left::apply(const DiskOperation &operation, size_t writtenBytes) {
  switch (operation.kind) {
  case Kind::Write: {
    std::string &content = files[operation.node];
    content.resize(std::max(content.size(), operation.offset + writtenBytes));
    content.replace(operation.offset, writtenBytes, operation.bytes, 0,
                    writtenBytes);
    return;
  }
  case Kind::Name:
    if (!operation.renamed.empty())
      folders[operation.node].erase(operation.renamed);
    folders[operation.node][operation.name] = operation.named;
    return;
  case Kind::Unname:
    folders[operation.node].erase(operation.name);
    return;
  case Kind::Sync:
    return;
  }
}

void Left::writeTo(uint64_t node, const std::string &path) const {
  auto folder = folders.find(node);
  if (folder == folders.end()) {
    auto file = files.find(node);
    std::ofstream(path, std::ios::binary)
        << (file == files.end() ? std::string() : file->second);
    return;
  }
  std::filesystem::create_directory(path);
  for (const auto &[name, below] : folder->second)
    writeTo(below, path + "/" + name);
}

void CrashDisk::replay(size_t count, std::mt19937_64 &chance,
                       const std::string &into, bool obeysSync) const {
  std::map<uint64_t, size_t> lastSync;
  for (size_t i = 0; i < count && obeysSync; ++i)
    if (operations[i].kind == Kind::Sync)
      lastSync[operations[i].node] = i;
  Left left;
  for (uint64_t folder : folders)
    left.folders[folder];
  for (size_t i = 0; i < count; ++i) {
    const DiskOperation &operation = operations[i];
    auto sync = lastSync.find(operation.node);
    size_t bytes = operation.bytes.size();
    if (sync == lastSync.end() || sync->second < i) {
      uint64_t fate = chance() % 4;
      if (fate == 0)
        continue;
      bytes = fate == 1 ? chance() % (bytes + 1) : bytes;
    }
    left.apply(operation, bytes);
  }
  left.writeTo(0, into);
}
