// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Folders, names and removal; the contents of files are in File.cpp.
#include "runtime/base/Fault.h"
#include "runtime/base/File.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <sys/stat.h>
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

Status gan::runtime::removeFile(const std::string &path) {
  int error = passFaultGate();
  if (!error && unlink(path.c_str()) != 0)
    error = errno;
  return error ? systemError(error, "cannot be removed", path) : Status();
}
