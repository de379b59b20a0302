// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Mapping.h"

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

using namespace gan::runtime;

static constexpr const char *kMaps = "/proc/self/maps";

namespace {
struct CloseFile {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
struct FreeText {
  void operator()(char *text) const { std::free(text); }
};
} // namespace

// Production: BEGIN "-" END rights offset device inode [ path ], numbers of
// addresses in hexadecimal. The path, where the address lies between them.
static std::string pathIn(const char *line, uintptr_t address) {
  uintptr_t begin = 0, end = 0;
  int path = 0;
  int count = std::sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*s %*s %*s %*s %n",
                          &begin, &end, &path);
  if (count != 2 || address < begin || address >= end)
    return "";
  std::string text = line + path;
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  return text;
}

Result<std::string> gan::runtime::mappedFileOf(const void *address) {
  std::unique_ptr<std::FILE, CloseFile> maps(std::fopen(kMaps, "re"));
  if (!maps)
    return systemError(errno, "cannot be opened", kMaps);
  char *line = nullptr;
  size_t room = 0;
  std::string path;
  while (path.empty() && getline(&line, &room, maps.get()) != -1)
    path = pathIn(line, reinterpret_cast<uintptr_t>(address));
  std::unique_ptr<char, FreeText> owner(line);
  constexpr std::string_view gone = " (deleted)";
  if (path.ends_with(gone))
    return Status(Code::NotFound,
                  "was removed or replaced after it had been loaded",
                  path.substr(0, path.size() - gone.size()));
  if (!path.starts_with("/"))
    return Status(Code::NotFound, "no file is mapped at this address", kMaps);
  return path;
}
