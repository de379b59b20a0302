// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Openers.h"

using namespace gan::runtime;

namespace {
class FolderContainer : public Container {
public:
  explicit FolderContainer(std::string path) : Container(std::move(path)) {}
  Status open();
  Result<FileBytes> read(size_t index, uint64_t limit) const override {
    return readFile(place + "/" + entryNames[index], limit);
  }

private:
  Status walk(const std::string &below, int depth,
              EntryTable<FileStamp> &table);
};
} // namespace

// `below` is "" or "roses/".
Status FolderContainer::walk(const std::string &below, int depth,
                             EntryTable<FileStamp> &table) {
  std::string folder = place + "/" + below;
  if (depth > kMostDepth)
    return Status(Code::Damaged,
                  "there are more than " + std::to_string(kMostDepth) +
                      " folders in one another",
                  folder);
  Result<std::vector<std::string>> names = listFolder(folder);
  if (!names.ok())
    return names.status();
  for (const std::string &name : *names) {
    if (name.starts_with('.'))
      continue;
    Result<FileStamp> stamp = stampOf(folder + name);
    Status status = stamp.status();
    if (status.ok() && stamp->kind == FileStamp::Kind::Folder)
      status = walk(below + name + "/", depth + 1, table);
    else if (status.ok() && stamp->kind == FileStamp::Kind::File)
      status = table.add(below + name, *stamp);
    if (!status.ok())
      return status;
  }
  return Status();
}

Status FolderContainer::open() {
  EntryTable<FileStamp> table(place);
  std::vector<FileStamp> stamps;
  Status status = walk("", 0, table);
  if (status.ok())
    status = table.finish(entryNames, stamps, stamp);
  for (const FileStamp &each : stamps)
    stamp = mixed(mixed(stamp, each.bytes), each.changed);
  return status;
}

Result<std::unique_ptr<Container>>
gan::runtime::openFolder(const std::string &path) {
  auto folder = std::make_unique<FolderContainer>(path);
  if (Status status = folder->open(); !status.ok())
    return status;
  return std::unique_ptr<Container>(std::move(folder));
}
