// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/SlotFile.h"

#include "runtime/base/Checked.h"
#include "runtime/base/Fault.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace gan::runtime;

// Success is 0; a fault of a test or errno else.
template <typename Call> static int errorOf(Call call) {
  if (int error = passFaultGate())
    return error;
  while (call() == -1)
    if (errno != EINTR)
      return errno;
  return 0;
}

SlotFile::SlotFile(SlotFile &&other) noexcept
    : fd(std::exchange(other.fd, -1)), name(std::move(other.name)),
      slotBytes(other.slotBytes), content(std::exchange(other.content, {})) {}

SlotFile::~SlotFile() {
  if (!content.empty())
    munmap(const_cast<std::byte *>(content.data()), content.size());
  if (fd != -1)
    close(fd);
}

Status SlotFile::map(uint64_t bytes) {
  struct stat info;
  if (int error = errorOf([&] { return fstat(fd, &info); }))
    return systemError(error, "cannot be examined", name);
  auto size = static_cast<uint64_t>(info.st_size);
  if (size != 0 && size != bytes)
    return Status(Code::Mismatch,
                  "has " + std::to_string(size) + " bytes, expected " +
                      std::to_string(bytes) + " of slots",
                  name);
  if (int error = errorOf([&] { return ftruncate(fd, bytes); }))
    return systemError(error, "cannot be made longer", name);
  void *start = MAP_FAILED;
  if (int error = errorOf([&] {
        start = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, 0);
        return start == MAP_FAILED ? -1 : 0;
      }))
    return systemError(error, "cannot be mapped", name);
  content = {static_cast<const std::byte *>(start), bytes};
  return Status();
}

Result<SlotFile> SlotFile::open(const std::string &path, uint64_t slots,
                                uint64_t slotBytes) {
  Checked bytes = Checked(slots) * slotBytes;
  if (!bytes.atMost(INT64_MAX) || bytes.value() == 0)
    return Status(Code::NoSpace, "cannot hold so many slots", path);
  int fd = -1;
  if (int error = errorOf([&] {
        return fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
      }))
    return systemError(error, "cannot be opened", path);
  SlotFile file(fd, path, slotBytes);
  Status status = file.map(bytes.value());
  return status.ok() ? Result(std::move(file)) : status;
}

Status SlotFile::write(uint64_t index, std::span<const std::byte> bytes) const {
  uint64_t offset = index * slotBytes;
  while (!bytes.empty()) {
    size_t size = bytes.size();
    if (int error = passFaultGate(&size))
      return systemError(error, "cannot be written", name);
    ssize_t count = pwrite(fd, bytes.data(), size, static_cast<off_t>(offset));
    if (count == -1 && errno != EINTR)
      return systemError(errno, "cannot be written", name);
    bytes = bytes.subspan(count > 0 ? count : 0);
    offset += count > 0 ? count : 0;
  }
  return Status();
}
