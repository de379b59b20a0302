// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Folders, names, locks and removal; the contents of files are in File.cpp.
#include "runtime/base/Fault.h"
#include "runtime/base/File.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace gan::runtime;

// Returns 0, or the errno with which the folder could not be made.
static int makeFolder(const std::string &path) {
  if (int error = passFaultGate())
    return error;
  return mkdir(path.c_str(), 0755) == 0 ? 0 : errno;
}

Status gan::runtime::makeNewFolder(const std::string &path) {
  if (int error = makeFolder(path))
    return systemError(error, "cannot be made", path);
  return {};
}

Status gan::runtime::makeFolders(const std::string &path) {
  for (size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    std::string part = path.substr(0, end);
    int error = makeFolder(part);
    // Its name, too, outlives a loss of power.
    if (!error)
      if (Status status = syncFolder(folderOf(part)); !status.ok())
        return status;
    struct stat info;
    if (error == EEXIST && stat(part.c_str(), &info) == 0)
      error = S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
    if (error)
      return systemError(error, "cannot be made", part);
    if (end == std::string::npos)
      return {};
  }
}

bool gan::runtime::exists(const std::string &path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

bool gan::runtime::isFolder(const std::string &path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Result<FileStamp> gan::runtime::stampOf(const std::string &path) {
  struct stat info;
  int error = passFaultGate();
  if (!error && stat(path.c_str(), &info) != 0)
    error = errno;
  if (error)
    return systemError(error, "cannot be examined", path);
  return FileStamp{S_ISREG(info.st_mode)   ? FileStamp::Kind::File
                   : S_ISDIR(info.st_mode) ? FileStamp::Kind::Folder
                                           : FileStamp::Kind::Other,
                   static_cast<uint64_t>(info.st_size),
                   static_cast<uint64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
                       static_cast<uint64_t>(info.st_mtim.tv_nsec)};
}

Result<std::vector<std::string>>
gan::runtime::listFolder(const std::string &path) {
  int fault = passFaultGate();
  DIR *folder = fault ? nullptr : opendir(path.c_str());
  if (!folder)
    return systemError(fault ? fault : errno, "cannot be listed", path);
  std::vector<std::string> names;
  errno = 0;
  while (dirent *entry = readdir(folder))
    if (std::string name = entry->d_name; name != "." && name != "..")
      names.push_back(std::move(name));
  int error = errno;
  closedir(folder);
  if (error)
    return systemError(error, "cannot be listed", path);
  std::sort(names.begin(), names.end());
  return names;
}

Result<uint64_t> gan::runtime::freeBytes(const std::string &path) {
  int error = passFaultGate();
  struct statvfs disk = {};
  if (!error && statvfs(path.c_str(), &disk) != 0)
    error = errno;
  if (error)
    return systemError(error, "cannot be asked for its free space", path);
  return uint64_t{disk.f_bavail} * disk.f_frsize;
}

Status gan::runtime::removeFile(const std::string &path) {
  int error = passFaultGate();
  if (!error && unlink(path.c_str()) != 0)
    error = errno;
  return error ? systemError(error, "cannot be removed", path) : Status();
}

Status gan::runtime::removeFolder(const std::string &path) {
  Result<std::vector<std::string>> names = listFolder(path);
  if (!names.ok())
    return names.status();
  for (const std::string &name : *names)
    if (Status removed = removeFile(path + "/" + name); !removed.ok())
      return removed;
  int error = passFaultGate();
  if (!error && rmdir(path.c_str()) != 0)
    error = errno;
  return error ? systemError(error, "cannot be removed", path) : Status();
}

Status gan::runtime::renamePath(const std::string &from,
                                const std::string &to) {
  int error = passFaultGate();
  if (!error && rename(from.c_str(), to.c_str()) != 0)
    error = errno;
  return error ? systemError(error, "cannot be renamed", from)
               : syncFolder(folderOf(to));
}

Status gan::runtime::linkFile(const std::string &from, const std::string &to) {
  std::string temporary = to + ".tmp-" + std::to_string(getpid());
  unlink(temporary.c_str()); // of a dead process that had our number
  int error = passFaultGate();
  if (!error && link(from.c_str(), temporary.c_str()) != 0)
    error = errno;
  if (error == EPERM || error == EOPNOTSUPP || error == EMLINK ||
      error == EXDEV)
    return Status(Code::Unsupported, "cannot have a second name there", from);
  if (error)
    return systemError(error, "cannot be given a second name", from);
  Status renamed = renamePath(temporary, to);
  // Where both are one file already, a rename does nothing.
  unlink(temporary.c_str());
  return renamed;
}

Result<FileLock> FileLock::take(const std::string &path) {
  int error = passFaultGate();
  int fd = error ? -1 : open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd == -1)
    return systemError(error ? error : errno, "cannot be opened", path);
  FileLock lock(fd);
  error = passFaultGate();
  if (!error && flock(fd, LOCK_EX | LOCK_NB) != 0)
    error = errno;
  if (error == EWOULDBLOCK)
    return Status(Code::Usage, "another process is at work here", path);
  if (error)
    return systemError(error, "cannot be locked", path);
  return lock;
}

FileLock::FileLock(FileLock &&other) noexcept
    : fd(std::exchange(other.fd, -1)) {}

FileLock::~FileLock() {
  if (fd != -1)
    close(fd);
}
