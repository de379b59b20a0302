// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The layout is that of PKWARE's APPNOTE 6.3.
#include "runtime/base/Checked.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Fields.h"
#include "runtime/data/container/Gzip.h"
#include "runtime/data/container/Openers.h"

#include <array>

using namespace gan::runtime;

// A central directory is in memory while it is read.
static constexpr uint64_t kMostDirectoryBytes = uint64_t{1} << 31;

namespace {
struct ZipPlace {
  uint64_t offset; // of the local header
  uint64_t packedBytes, bytes;
  uint32_t checksum;
  uint16_t method, flags;
};

struct Directory {
  uint64_t offset, bytes, entries;
};

class ZipContainer : public Container {
public:
  explicit ZipContainer(InputFile file)
      : Container(file.path()), file(std::move(file)) {}
  Status open();
  Result<FileBytes> read(size_t index, uint64_t limit) const override;

private:
  Result<FileBytes> piece(uint64_t offset, uint64_t size) const;
  Result<Directory> findDirectory() const;
  Result<Directory> findLongDirectory(uint64_t end) const;
  Status readDirectory(const Directory &directory,
                       EntryTable<ZipPlace> &table) const;

  InputFile file;
  std::vector<ZipPlace> places;
};
} // namespace

static constexpr uint32_t kLocalHeader = 0x04034b50, kEntry = 0x02014b50,
                          kEnd = 0x06054b50, kLongEnd = 0x06064b50,
                          kLongLocator = 0x07064b50;
static constexpr uint64_t kEndBytes = 22, kLongLocatorBytes = 20,
                          kLongEndBytes = 56, kEntryBytes = 46,
                          kLocalBytes = 30, kMostComment = 65535;
static constexpr uint64_t kElsewhere = 0xffffffff; // in the extra field

Result<FileBytes> ZipContainer::piece(uint64_t offset, uint64_t size) const {
  if (!(Checked(offset) + size).atMost(file.size()))
    return Status(Code::Damaged, "its directory speaks of bytes behind its end",
                  place);
  FileBytes bytes(size);
  Status status = file.readAt(offset, bytes);
  return status.ok() ? Result(std::move(bytes)) : status;
}

// The record at the end, behind which there may be a comment.
Result<Directory> ZipContainer::findDirectory() const {
  uint64_t size = std::min(file.size(), kEndBytes + kMostComment);
  Result<FileBytes> tail = piece(file.size() - size, size);
  if (!tail.ok())
    return tail.status();
  Fields fields{*tail};
  for (uint64_t at = size < kEndBytes ? 0 : size - kEndBytes + 1; at-- > 0;) {
    if (fields.at(at, 4) != kEnd ||
        at + kEndBytes + fields.at(at + 20, 2) != size)
      continue;
    Directory directory{fields.at(at + 16, 4), fields.at(at + 12, 4),
                        fields.at(at + 10, 2)};
    bool isLong = directory.offset == kElsewhere ||
                  directory.bytes == kElsewhere || directory.entries == 0xffff;
    if (isLong && file.size() - size + at >= kLongLocatorBytes)
      return findLongDirectory(file.size() - size + at);
    return directory;
  }
  return Status(Code::Damaged, "the zip has no directory: it is cut short",
                place);
}

// Of a zip of more than 4 GiB or 65,535 entries; `end` is where the short
// record begins, before it lies the place of the long one.
Result<Directory> ZipContainer::findLongDirectory(uint64_t end) const {
  Result<FileBytes> locator = piece(end - kLongLocatorBytes, kLongLocatorBytes);
  if (!locator.ok())
    return locator.status();
  Result<FileBytes> record = piece(Fields{*locator}.at(8, 8), kLongEndBytes);
  if (!record.ok())
    return record.status();
  Fields fields{*record};
  if (Fields{*locator}.at(0, 4) != kLongLocator || fields.at(0, 4) != kLongEnd)
    return Status(Code::Damaged, "the directory of the long zip is damaged",
                  place);
  return Directory{fields.at(48, 8), fields.at(40, 8), fields.at(32, 8)};
}

// The extra field with number 1 holds, in this order, what has no room.
static void readLongSizes(Fields extra, ZipPlace &place) {
  size_t at = 0;
  while (at + 4 <= extra.bytes.size() && extra.at(at, 2) != 1)
    at += 4 + extra.at(at + 2, 2);
  at += 4;
  for (uint64_t *number : {&place.bytes, &place.packedBytes, &place.offset})
    if (*number == kElsewhere) {
      *number = extra.at(at, 8);
      at += 8;
    }
}

Status ZipContainer::readDirectory(const Directory &directory,
                                   EntryTable<ZipPlace> &table) const {
  if (directory.bytes > kMostDirectoryBytes)
    return Status(Code::Damaged,
                  "its directory has " + std::to_string(directory.bytes) +
                      " bytes, at most " + std::to_string(kMostDirectoryBytes) +
                      " are read",
                  place);
  Result<FileBytes> bytes = piece(directory.offset, directory.bytes);
  if (!bytes.ok())
    return bytes.status();
  Fields fields{*bytes};
  size_t at = 0;
  for (uint64_t i = 0; i < directory.entries; ++i) {
    if (fields.at(at, 4) != kEntry)
      return Status(Code::Damaged,
                    "entry " + std::to_string(i) +
                        " of the directory of the zip is damaged",
                    place);
    uint64_t nameBytes = fields.at(at + 28, 2),
             extraBytes = fields.at(at + 30, 2);
    ZipPlace entry{.offset = fields.at(at + 42, 4),
                   .packedBytes = fields.at(at + 20, 4),
                   .bytes = fields.at(at + 24, 4),
                   .checksum = static_cast<uint32_t>(fields.at(at + 16, 4)),
                   .method = static_cast<uint16_t>(fields.at(at + 10, 2)),
                   .flags = static_cast<uint16_t>(fields.at(at + 8, 2))};
    std::string_view name = fields.text(at + kEntryBytes, nameBytes);
    readLongSizes(
        {bytesOf(fields.text(at + kEntryBytes + nameBytes, extraBytes))},
        entry);
    // Made on Unix: the type of the file is in the upper half.
    uint64_t type = fields.at(at + 5, 1) == 3 ? fields.at(at + 40, 2) >> 12 : 0;
    constexpr uint64_t kRegular = 8;
    if (!name.ends_with('/') && (type == 0 || type == kRegular))
      if (Status status = table.add(name, entry); !status.ok())
        return status;
    at += kEntryBytes + nameBytes + extraBytes + fields.at(at + 32, 2);
  }
  return Status();
}

Status ZipContainer::open() {
  Result<Directory> directory = findDirectory();
  if (!directory.ok())
    return directory.status();
  EntryTable<ZipPlace> table(place);
  Status status = readDirectory(*directory, table);
  if (status.ok())
    status = table.finish(entryNames, places, stamp);
  for (const ZipPlace &each : places)
    stamp = mixed(mixed(stamp, each.bytes), each.checksum);
  return status;
}

Result<FileBytes> ZipContainer::read(size_t index, uint64_t limit) const {
  const ZipPlace &entry = places[index];
  if (entry.bytes > limit)
    return tooLong(index, entry.bytes, limit);
  if (entry.flags & 1)
    return Status(Code::Damaged, "is encrypted", nameOf(index));
  constexpr uint16_t kStored = 0, kDeflated = 8;
  if (entry.method != kStored && entry.method != kDeflated)
    return Status(Code::Damaged,
                  "is packed by method " + std::to_string(entry.method) +
                      ", stored and deflated entries are read",
                  nameOf(index));
  Result<FileBytes> header = piece(entry.offset, kLocalBytes);
  if (!header.ok())
    return header.status();
  Fields fields{*header};
  if (fields.at(0, 4) != kLocalHeader)
    return Status(Code::Damaged, "has no header where the directory says so",
                  nameOf(index));
  Checked offset =
      Checked(entry.offset) + kLocalBytes + fields.at(26, 2) + fields.at(28, 2);
  Result<FileBytes> bytes =
      piece(offset.ok() ? offset.value() : UINT64_MAX, entry.packedBytes);
  if (!bytes.ok())
    return bytes.status();
  if (entry.method == kDeflated)
    bytes = inflateWhole(*bytes, entry.bytes, nameOf(index));
  if (bytes.ok() &&
      (bytes->size() != entry.bytes || checksumOf(*bytes) != entry.checksum))
    return Status(Code::Damaged, "is not what its checksum says",
                  nameOf(index));
  return bytes;
}

Result<std::unique_ptr<Container>>
gan::runtime::openZip(const std::string &path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  auto zip = std::make_unique<ZipContainer>(file.take());
  if (Status status = zip->open(); !status.ok())
    return status;
  return std::unique_ptr<Container>(std::move(zip));
}
