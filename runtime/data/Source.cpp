// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Source.h"
#include "runtime/data/array/ArrayFile.h"

#include <algorithm>
#include <array>

using namespace gan;
using namespace gan::runtime;

// No file of text that is held in memory is larger.
static constexpr uint64_t kMostTextBytes = uint64_t{1} << 36;

static bool isCifar(const std::string &path) {
  return path.ends_with(".bin") || path.ends_with(".bin.gz");
}

static Result<ArrayFile> openArrays(const std::string &path) {
  if (isCifar(path))
    return openCifar(path);
  if (path.ends_with(".csv") || path.ends_with(".tsv"))
    return openCsv(path);
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  std::array<std::byte, 6> begin = {};
  if (file->size() >= begin.size())
    if (Status status = file->readAt(0, begin); !status.ok())
      return status;
  return textOf(begin) == "\x93NUMPY" ? openNpy(path) : openIdx(path);
}

static bool all(const Container &container, const char *ending) {
  return !container.names().empty() &&
         std::all_of(container.names().begin(), container.names().end(),
                     [&](auto &name) { return name.ends_with(ending); });
}

static bool any(const Container &container, const char *ending) {
  return std::any_of(container.names().begin(), container.names().end(),
                     [&](auto &name) { return name.ends_with(ending); });
}

Result<std::unique_ptr<Source>>
gan::runtime::openSource(const std::string &path, const Opening &opening) {
  Result<ContainerKind> kind = containerKindOf(path);
  if (!kind.ok())
    return kind.status();
  if (*kind == ContainerKind::None && path.ends_with(".txt")) {
    Result<FileBytes> text = readFile(path, kMostTextBytes);
    return text.ok() ? textSource(path, text.take()) : text.status();
  }
  if (*kind == ContainerKind::None) {
    Result<ArrayFile> file = openArrays(path);
    if (!file.ok())
      return file.status();
    return arraySource(path, file.take(), opening.workers);
  }
  Result<std::unique_ptr<Container>> container =
      openContainer(path, *kind, opening.scratch);
  if (!container.ok())
    return container.status();
  if (all(**container, ".npy") || any(**container, ".bin")) {
    Result<ArrayFile> file = all(**container, ".npy") ? openNpz(**container)
                                                      : openCifar(**container);
    if (!file.ok())
      return file.status();
    return arraySource(path, file.take(), opening.workers);
  }
  return imageSource(container.take(), opening);
}
