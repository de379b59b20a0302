// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/Container.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Openers.h"

#include <array>

using namespace gan::runtime;

std::string Container::nameOf(size_t index) const {
  return place + ": " + entryNames[index];
}

Status Container::tooLong(size_t index, uint64_t size, uint64_t limit) const {
  return Status(Code::Damaged,
                "has " + std::to_string(size) + " bytes, at most " +
                    std::to_string(limit) + " are read",
                nameOf(index));
}

Status Container::mixTimeOf(const std::string &file) {
  Result<FileStamp> changed = stampOf(file);
  if (!changed.ok())
    return changed.status();
  stamp = mixed(stamp, changed->changed);
  return Status();
}

static bool holds(std::string_view begin, size_t at, std::string_view magic) {
  return begin.size() > at && begin.substr(at).starts_with(magic);
}

// What the first 512 bytes of a file say.
static ContainerKind kindOf(std::string_view begin) {
  using namespace std::string_view_literals;
  if (holds(begin, 0, "PK\3\4"sv) || holds(begin, 0, "PK\5\6"sv))
    return ContainerKind::Zip;
  if (holds(begin, 257, "ustar"sv))
    return ContainerKind::Tar;
  for (std::string_view packed : {"\x1f\x8b"sv,
                                  "\xfd"
                                  "7zXZ\0"sv,
                                  "\x28\xb5\x2f\xfd"sv, "BZh"sv})
    if (holds(begin, 0, packed))
      return ContainerKind::PackedTar;
  return holds(begin, 16, "\xde\xc0\xef\xbe"sv) ? ContainerKind::Lmdb
                                                : ContainerKind::None;
}

static std::string databaseIn(const std::string &folder) {
  return folder + "/data.mdb";
}

Result<ContainerKind> gan::runtime::containerKindOf(const std::string &path) {
  if (isFolder(path))
    return exists(databaseIn(path)) ? ContainerKind::Lmdb
                                    : ContainerKind::Folder;
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  std::array<std::byte, 512> begin = {};
  auto known =
      std::span(begin).first(std::min<uint64_t>(begin.size(), file->size()));
  if (Status status = file->readAt(0, known); !status.ok())
    return status;
  ContainerKind kind = kindOf(textOf(known));
  return kind == ContainerKind::PackedTar && !isPackedTar(*file)
             ? ContainerKind::None
             : kind;
}

Result<std::unique_ptr<Container>>
gan::runtime::openContainer(const std::string &path, ContainerKind kind,
                            const std::string &scratch) {
  switch (kind) {
  case ContainerKind::None:
    break;
  case ContainerKind::Folder:
    return openFolder(path);
  case ContainerKind::Zip:
    return openZip(path);
  case ContainerKind::Tar:
    return openTar(path);
  case ContainerKind::PackedTar:
    return openPackedTar(path, scratch);
  case ContainerKind::Lmdb:
    return openLmdb(path, isFolder(path) ? databaseIn(path) : path);
  }
  return Status(Code::Internal, "is no container", path);
}
