// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one wrapper of libarchive.
#include "runtime/base/Checked.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Gzip.h"
#include "runtime/data/container/Openers.h"

#include <array>

#include <archive.h>
#include <archive_entry.h>

using namespace gan::runtime;

namespace {
// libarchive reading a file from some place on.
class ArchiveReading {
public:
  ArchiveReading(const InputFile &file, uint64_t offset, size_t block)
      : file(file), offset(offset), buffer(block), handle(archive_read_new()) {}
  ArchiveReading(const ArchiveReading &) = delete;
  ArchiveReading &operator=(const ArchiveReading &) = delete;
  ~ArchiveReading() { archive_read_free(handle); }

  archive *get() const { return handle; }
  Status open() {
    archive_read_set_callback_data(handle, this);
    archive_read_set_read_callback(handle, giveBytes);
    archive_read_set_skip_callback(handle, skipBytes);
    return archive_read_open1(handle) == ARCHIVE_OK ? Status() : failure();
  }
  /// What went wrong: with the file, or with what is in it.
  Status failure() const {
    if (!fileStatus.ok())
      return fileStatus;
    const char *message = archive_error_string(handle);
    return Status(Code::Damaged,
                  std::string("the archive is damaged: ") +
                      (message ? message : "it is cut short"),
                  file.path());
  }

private:
  static la_ssize_t giveBytes(archive *, void *self, const void **bytes) {
    return static_cast<ArchiveReading *>(self)->give(bytes);
  }
  static la_int64_t skipBytes(archive *, void *self, la_int64_t count) {
    auto *reading = static_cast<ArchiveReading *>(self);
    uint64_t rest = reading->file.size() - reading->offset;
    uint64_t skipped = std::min<uint64_t>(count, rest);
    reading->offset += skipped;
    return static_cast<la_int64_t>(skipped);
  }
  la_ssize_t give(const void **bytes) {
    uint64_t size = std::min<uint64_t>(buffer.size(), file.size() - offset);
    fileStatus = file.readAt(offset, std::span(buffer).first(size));
    offset += size;
    *bytes = buffer.data();
    return fileStatus.ok() ? static_cast<la_ssize_t>(size) : ARCHIVE_FATAL;
  }

  const InputFile &file;
  uint64_t offset;
  FileBytes buffer;
  archive *handle;
  Status fileStatus;
};

struct TarPlace {
  uint64_t header, bytes;
};

class TarContainer : public Container {
public:
  TarContainer(std::string path, InputFile file)
      : Container(std::move(path)), file(std::move(file)) {}
  Status open();
  Result<FileBytes> read(size_t index, uint64_t limit) const override;

private:
  Status readHeaders(EntryTable<TarPlace> &table) const;
  InputFile file; // the tar, unpacked
  std::vector<TarPlace> places;
};
} // namespace

static constexpr size_t kLongBlock = 1 << 18, kShortBlock = 1 << 14;

static bool isGood(int code) {
  return code == ARCHIVE_OK || code == ARCHIVE_WARN;
}

static bool isRegular(archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG &&
         !archive_entry_hardlink(entry) && archive_entry_size(entry) >= 0;
}

// The bytes of the name; a name in UTF-8 has none in the locale "C".
static std::string_view nameIn(archive_entry *entry) {
  const char *name = archive_entry_pathname(entry);
  name = name ? name : archive_entry_pathname_utf8(entry);
  return name ? name : "";
}

Status TarContainer::readHeaders(EntryTable<TarPlace> &table) const {
  ArchiveReading reading(file, 0, kLongBlock);
  archive_read_support_format_tar(reading.get());
  if (Status status = reading.open(); !status.ok())
    return status;
  archive_entry *entry = nullptr;
  int code;
  while (isGood(code = archive_read_next_header(reading.get(), &entry))) {
    if (!isRegular(entry))
      continue;
    TarPlace at{
        static_cast<uint64_t>(archive_read_header_position(reading.get())),
        static_cast<uint64_t>(archive_entry_size(entry))};
    if (Status status = table.add(nameIn(entry), at); !status.ok())
      return status;
  }
  return code == ARCHIVE_EOF ? Status() : reading.failure();
}

Status TarContainer::open() {
  EntryTable<TarPlace> table(place);
  Status status = readHeaders(table);
  if (status.ok())
    status = table.finish(entryNames, places, stamp);
  if (!status.ok())
    return Status(status.code(), status.sentence(), place);
  for (const TarPlace &each : places)
    stamp = mixed(stamp, each.bytes);
  return mixTimeOf(place);
}

// Wherever a header begins, libarchive can begin.
Result<FileBytes> TarContainer::read(size_t index, uint64_t limit) const {
  const TarPlace &at = places[index];
  // A sparse one may be longer than the tar: there is no memory for its holes.
  if (uint64_t most = std::min(limit, file.size()); at.bytes > most)
    return tooLong(index, at.bytes, most);
  ArchiveReading reading(file, at.header, kShortBlock);
  archive_read_support_format_tar(reading.get());
  Status status = reading.open();
  archive_entry *entry = nullptr;
  FileBytes bytes(at.bytes);
  if (status.ok() &&
      (!isGood(archive_read_next_header(reading.get(), &entry)) ||
       archive_read_data(reading.get(), bytes.data(), bytes.size()) !=
           static_cast<la_ssize_t>(bytes.size())))
    status = reading.failure();
  if (!status.ok())
    return Status(status.code(), status.sentence(), nameOf(index));
  return bytes;
}

static Result<std::unique_ptr<Container>> openTarOf(const std::string &path,
                                                    InputFile file) {
  auto tar = std::make_unique<TarContainer>(path, std::move(file));
  if (Status status = tar->open(); !status.ok())
    return status;
  return std::unique_ptr<Container>(std::move(tar));
}

Result<std::unique_ptr<Container>>
gan::runtime::openTar(const std::string &path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  return openTarOf(path, file.take());
}

// Readies libarchive to unpack a file, whatever is in it.
static Status openPacked(ArchiveReading &reading) {
  for (auto support :
       {archive_read_support_filter_gzip, archive_read_support_filter_xz,
        archive_read_support_filter_zstd, archive_read_support_filter_bzip2,
        archive_read_support_format_raw})
    support(reading.get());
  archive_entry *entry = nullptr;
  Status status = reading.open();
  if (status.ok() && !isGood(archive_read_next_header(reading.get(), &entry)))
    status = reading.failure();
  return status;
}

bool gan::runtime::isPackedTar(const InputFile &file) {
  ArchiveReading reading(file, 0, kShortBlock);
  std::array<char, 512> begin;
  return openPacked(reading).ok() &&
         archive_read_data(reading.get(), begin.data(), begin.size()) ==
             static_cast<la_ssize_t>(begin.size()) &&
         std::string_view(begin.data(), begin.size())
             .substr(257)
             .starts_with("ustar");
}

Result<std::unique_ptr<Container>>
gan::runtime::openPackedTar(const std::string &path,
                            const std::string &scratch) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  Result<ScratchFile> unpacked = ScratchFile::create(scratch);
  if (!unpacked.ok())
    return unpacked.status();
  ArchiveReading reading(*file, 0, kLongBlock);
  if (Status status = openPacked(reading); !status.ok())
    return status;
  Checked most = Checked(file->size()) * kMostInflation;
  FileBytes block(kLongBlock);
  for (uint64_t total = 0;;) {
    la_ssize_t count =
        archive_read_data(reading.get(), block.data(), block.size());
    if (count < 0)
      return reading.failure();
    if (count == 0)
      break;
    total += count;
    if (most.ok() && total > most.value())
      return Status(Code::Damaged,
                    "it unpacks to more than " +
                        std::to_string(kMostInflation) + " times its " +
                        std::to_string(file->size()) + " bytes",
                    path);
    if (Status status = unpacked->write(std::span(block).first(count));
        !status.ok())
      return status;
  }
  return openTarOf(path, unpacked->reopen());
}
