// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/File.h"

#include "runtime/base/Fault.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace gan::runtime;

std::span<const std::byte> gan::runtime::bytesOf(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string_view gan::runtime::textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

// Runs a system call that returns -1 and sets errno on failure; a fault fails
// it in its place, an interrupt repeats it.
template <typename Call> static auto guarded(Call call) -> decltype(call()) {
  if (int error = passFaultGate()) {
    errno = error;
    return -1;
  }
  decltype(call()) result;
  do
    result = call();
  while (result == -1 && errno == EINTR);
  return result;
}

static Status failed(const char *doing, const std::string &path) {
  return systemError(errno, doing, path);
}

static Result<struct stat> regularFile(int fd, const std::string &path) {
  struct stat info;
  if (guarded([&] { return fstat(fd, &info); }) == -1)
    return failed("cannot be examined", path);
  if (!S_ISREG(info.st_mode))
    return Status(Code::Io, "is not a regular file", path);
  return info;
}

Result<InputFile> InputFile::open(const std::string &path) {
  int fd = guarded(
      [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); });
  if (fd == -1)
    return failed("cannot be opened", path);
  InputFile file(fd, path, 0); // closes it when we return early
  Result<struct stat> info = regularFile(fd, path);
  if (!info.ok())
    return info.status();
  file.length = info->st_size;
  return file;
}

InputFile::InputFile(InputFile &&other) noexcept
    : fd(std::exchange(other.fd, -1)), name(std::move(other.name)),
      length(other.length) {}

InputFile::~InputFile() {
  if (fd != -1)
    close(fd);
}

Status InputFile::readAt(uint64_t offset, std::span<std::byte> into) const {
  while (!into.empty()) {
    ssize_t count =
        guarded([&] { return pread(fd, into.data(), into.size(), offset); });
    if (count == -1)
      return failed("cannot be read", name);
    if (count == 0)
      return Status(Code::Damaged,
                    "ends at byte " + std::to_string(offset) + ", " +
                        std::to_string(into.size()) + " bytes too early",
                    name);
    into = into.subspan(count);
    offset += count;
  }
  return {};
}

Result<FileBytes> gan::runtime::readFile(const std::string &path,
                                         uint64_t limit) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  if (file->size() > limit)
    return Status(Code::Damaged,
                  "has " + std::to_string(file->size()) + " bytes, at most " +
                      std::to_string(limit) + " are expected",
                  path);
  FileBytes bytes(file->size());
  if (Status read = file->readAt(0, bytes); !read.ok())
    return read;
  return bytes;
}

Result<MappedFile> MappedFile::open(const std::string &path) {
  int fd = guarded(
      [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); });
  if (fd == -1)
    return failed("cannot be opened", path);
  Result<struct stat> info = regularFile(fd, path);
  if (!info.ok() || info->st_size == 0) {
    close(fd);
    return info.ok() ? Result(MappedFile({})) : info.status();
  }
  size_t size = info->st_size;
  void *start = MAP_FAILED;
  int mapped = guarded([&] {
    start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    return start == MAP_FAILED ? -1 : 0;
  });
  int error = errno;
  close(fd);
  if (mapped == -1)
    return systemError(error, "cannot be mapped", path);
  return MappedFile({static_cast<const std::byte *>(start), size});
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : content(std::exchange(other.content, {})) {}

MappedFile::~MappedFile() {
  if (!content.empty())
    munmap(const_cast<std::byte *>(content.data()), content.size());
}

// Writes all, however small the pieces the system takes.
static Status writeAll(int fd, std::span<const std::byte> bytes,
                       const std::string &path) {
  while (!bytes.empty()) {
    size_t size = bytes.size();
    if (int error = passFaultGate(&size))
      return systemError(error, "cannot be written", path);
    ssize_t count = ::write(fd, bytes.data(), size);
    if (count == -1 && errno != EINTR)
      return failed("cannot be written", path);
    bytes = bytes.subspan(count > 0 ? count : 0);
  }
  return {};
}

Result<ScratchFile> ScratchFile::create(const std::string &folder) {
  std::string path = folder + "/gan-XXXXXX";
  int fd = guarded([&] { return mkostemp(path.data(), O_CLOEXEC); });
  if (fd == -1)
    return failed("cannot hold a scratch file", folder);
  unlink(path.c_str());
  return ScratchFile(InputFile(fd, path, 0));
}

Status ScratchFile::write(std::span<const std::byte> bytes) {
  Status status = writeAll(file.fd, bytes, file.name);
  file.length += status.ok() ? bytes.size() : 0;
  return status;
}

std::string gan::runtime::folderOf(const std::string &path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos)
    return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

static Status syncPath(const std::string &path, int flags) {
  int fd = guarded(
      [&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags); });
  if (fd == -1)
    return failed("cannot be opened", path);
  int synced = guarded([&] { return fsync(fd); });
  int error = errno;
  close(fd);
  return synced == -1 ? systemError(error, "cannot be synced", path) : Status();
}

// A name that was renamed survives a power cut once its folder is synced.
Status gan::runtime::syncFolder(const std::string &path) {
  return syncPath(path, O_DIRECTORY);
}

Status gan::runtime::syncFile(const std::string &path) {
  return syncPath(path, /*flags=*/0);
}

Result<AtomicFile> AtomicFile::create(const std::string &path) {
  std::string temporary = path + ".tmp-" + std::to_string(getpid());
  unlink(temporary.c_str()); // of a dead process that had our number
  int fd = guarded([&] {
    return ::open(temporary.c_str(),
                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  });
  if (fd == -1)
    return failed("cannot be created", path);
  return AtomicFile(fd, path, std::move(temporary));
}

AtomicFile::AtomicFile(AtomicFile &&other) noexcept
    : fd(std::exchange(other.fd, -1)), name(std::move(other.name)),
      temporary(std::move(other.temporary)) {}

AtomicFile::~AtomicFile() {
  if (fd == -1)
    return;
  close(fd);
  unlink(temporary.c_str());
}

Status AtomicFile::write(std::span<const std::byte> bytes) {
  return writeAll(fd, bytes, name);
}

Status AtomicFile::commit(Durability durability) {
  bool isSynced = durability == Durability::Synced;
  // After a failed sync the pages may be lost and a second sync lie: give up.
  if (isSynced && guarded([&] { return fsync(fd); }) == -1)
    return failed("cannot be synced", name);
  if (guarded([&] { return rename(temporary.c_str(), name.c_str()); }) == -1)
    return failed("cannot be renamed", name);
  close(std::exchange(fd, -1));
  return isSynced ? syncFolder(folderOf(name)) : Status();
}

Status gan::runtime::writeFile(const std::string &path,
                               std::span<const std::byte> bytes,
                               Durability durability) {
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file.ok())
    return file.status();
  if (Status written = file->write(bytes); !written.ok())
    return written;
  return file->commit(durability);
}

Result<LineFile> LineFile::open(const std::string &path) {
  int fd = guarded([&] {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                  0644);
  });
  if (fd == -1)
    return failed("cannot be opened", path);
  return LineFile(fd, path);
}

LineFile::LineFile(LineFile &&other) noexcept
    : fd(std::exchange(other.fd, -1)), name(std::move(other.name)) {}

LineFile::~LineFile() {
  if (fd != -1)
    close(fd);
}

Status LineFile::append(std::string_view line) {
  std::string whole(line);
  whole += '\n';
  return append(bytesOf(whole));
}

Status LineFile::append(std::span<const std::byte> record) {
  return writeAll(fd, record, name);
}
