// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LMDB's own library trusts the pages that it maps: one wrong bit can end the
// program. So the pages are read here, each number checked; the layout is that
// of mdb.c 0.9 on a 64-bit, little-endian machine.
#include "runtime/base/Checked.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Fields.h"
#include "runtime/data/container/Openers.h"

using namespace gan::runtime;

namespace {
struct Value {
  uint64_t offset, bytes;
};

struct Page {
  uint64_t number;
  FileBytes bytes;

  uint64_t at(size_t offset, unsigned width) const {
    return Fields{bytes}.at(offset, width);
  }
};

// What the newer of the two first pages says.
struct Meta {
  uint64_t pageBytes, root, transaction;
};

class LmdbContainer : public Container {
public:
  LmdbContainer(std::string path, InputFile file)
      : Container(std::move(path)), file(std::move(file)) {}
  Status open();
  Result<FileBytes> read(size_t index, uint64_t limit) const override;

private:
  Status damaged(const std::string &sentence) const {
    return Status(Code::Damaged, "the LMDB database is damaged: " + sentence,
                  place);
  }
  Result<Meta> readMeta(uint64_t offset) const;
  Result<Meta> newerMeta() const;
  Result<Page> readPage(uint64_t number);
  Status walk(uint64_t root, int depth, EntryTable<Value> &table);
  Status addLeaf(const Page &page, EntryTable<Value> &table);
  Result<Value> valueOf(const Page &page, uint64_t node);

  InputFile file;
  uint64_t pageBytes = 0;
  uint64_t pagesLeft = 0; // a page is on one way only
  std::vector<Value> values;
};
} // namespace

static constexpr uint64_t kHeaderBytes = 16, kNodeBytes = 8, kMetaBytes = 136;
static constexpr uint64_t kBranch = 1, kLeaf = 2, kKinds = 0x2f;  // of pages
static constexpr uint64_t kElsewhere = 1, kNested = 2, kMany = 4; // of nodes
static constexpr uint64_t kNoPage = UINT64_MAX;
static constexpr int kMostLevels = 32;

Result<Meta> LmdbContainer::readMeta(uint64_t offset) const {
  Page page{0, FileBytes(kHeaderBytes + kMetaBytes)};
  if (!(Checked(offset) + page.bytes.size()).atMost(file.size()))
    return damaged("it is cut short in its first pages");
  if (Status status = file.readAt(offset, page.bytes); !status.ok())
    return status;
  constexpr size_t kFree = kHeaderBytes + 24, kMain = kFree + 48;
  if (page.at(kHeaderBytes, 4) != 0xbeefc0de ||
      page.at(kHeaderBytes + 4, 4) != 1)
    return damaged("its first pages are not those of version 1");
  return Meta{.pageBytes = page.at(kFree, 4),
              .root = page.at(kMain + 40, 8),
              .transaction = page.at(kMain + 56, 8)};
}

Result<Meta> LmdbContainer::newerMeta() const {
  Result<Meta> first = readMeta(0);
  if (!first.ok())
    return first;
  uint64_t size = first->pageBytes;
  if (size < 512 || size > 65536 || (size & (size - 1)))
    return damaged("its pages have " + std::to_string(size) + " bytes");
  Result<Meta> second = readMeta(size);
  if (!second.ok())
    return second;
  Meta newer = second->transaction > first->transaction ? *second : *first;
  newer.pageBytes = size;
  return newer;
}

Result<Page> LmdbContainer::readPage(uint64_t number) {
  Checked end = (Checked(number) + 1) * pageBytes;
  if (!end.atMost(file.size()))
    return damaged("page " + std::to_string(number) + " is behind its end");
  if (pagesLeft-- == 0)
    return damaged("its pages are linked in a circle");
  Page page{number, FileBytes(pageBytes)};
  if (Status status = file.readAt(number * pageBytes, page.bytes); !status.ok())
    return status;
  return page;
}

// A leaf's node: two halves of the size, flags, bytes of the key, key, value;
// a value that is elsewhere has the number of its first page in its place.
Result<Value> LmdbContainer::valueOf(const Page &page, uint64_t node) {
  uint64_t size = page.at(node, 2) | page.at(node + 2, 2) << 16;
  uint64_t flags = page.at(node + 4, 2), keyBytes = page.at(node + 6, 2);
  uint64_t value = node + kNodeBytes + keyBytes;
  if (flags & (kNested | kMany))
    return damaged("it holds databases or many values of a key, expected one "
                   "file for a key");
  Checked offset = flags & kElsewhere
                       ? Checked(page.at(value, 8)) * pageBytes + kHeaderBytes
                       : Checked(page.number) * pageBytes + value;
  uint64_t inPage = flags & kElsewhere ? 8 : size;
  if (value + inPage > pageBytes || !(offset + size).atMost(file.size()))
    return damaged("a value of page " + std::to_string(page.number) +
                   " is behind its end");
  return Value{offset.value(), size};
}

// The key as text, or as hexadecimal digits.
static std::string nameOfKey(std::string_view key) {
  for (char c : key)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      constexpr char kDigits[] = "0123456789abcdef";
      std::string digits;
      for (char each : key) {
        auto byte = static_cast<unsigned char>(each);
        digits += {kDigits[byte / 16], kDigits[byte % 16]};
      }
      return digits;
    }
  return std::string(key);
}

Status LmdbContainer::addLeaf(const Page &page, EntryTable<Value> &table) {
  uint64_t count = (page.at(12, 2) - kHeaderBytes) / 2;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t node = page.at(kHeaderBytes + 2 * i, 2);
    Result<Value> value = valueOf(page, node);
    if (!value.ok())
      return value.status();
    std::string key = nameOfKey(
        textOf(page.bytes).substr(node + kNodeBytes, page.at(node + 6, 2)));
    if (Status status = table.add(key, *value); !status.ok())
      return status;
  }
  return Status();
}

Status LmdbContainer::walk(uint64_t number, int depth,
                           EntryTable<Value> &table) {
  Result<Page> page = readPage(number);
  if (!page.ok())
    return page.status();
  uint64_t flags = page->at(10, 2) & kKinds, lower = page->at(12, 2);
  if (depth > kMostLevels || lower < kHeaderBytes || lower > pageBytes ||
      (flags != kBranch && flags != kLeaf))
    return damaged("page " + std::to_string(number) +
                   " is neither a branch nor a leaf");
  if (flags == kLeaf)
    return addLeaf(*page, table);
  for (uint64_t at = kHeaderBytes; at < lower; at += 2) {
    uint64_t node = page->at(at, 2);
    uint64_t child = page->at(node, 6);
    if (Status status = walk(child, depth + 1, table); !status.ok())
      return status;
  }
  return Status();
}

Status LmdbContainer::open() {
  Result<Meta> meta = newerMeta();
  if (!meta.ok())
    return meta.status();
  pageBytes = meta->pageBytes;
  pagesLeft = file.size() / pageBytes;
  EntryTable<Value> table(place);
  Status status = meta->root == kNoPage ? Status() : walk(meta->root, 0, table);
  if (status.ok())
    status = table.finish(entryNames, values, stamp);
  if (!status.ok())
    return status;
  // Values have no checksums, and a file that is made anew counts its
  // transactions anew.
  for (const Value &each : values)
    stamp = mixed(stamp, each.bytes);
  return mixTimeOf(file.path());
}

Result<FileBytes> LmdbContainer::read(size_t index, uint64_t limit) const {
  const Value &value = values[index];
  if (value.bytes > limit)
    return tooLong(index, value.bytes, limit);
  FileBytes bytes(value.bytes);
  Status status = file.readAt(value.offset, bytes);
  return status.ok() ? Result(std::move(bytes)) : status;
}

Result<std::unique_ptr<Container>>
gan::runtime::openLmdb(const std::string &path, const std::string &file) {
  Result<InputFile> opened = InputFile::open(file);
  if (!opened.ok())
    return opened.status();
  auto database = std::make_unique<LmdbContainer>(path, opened.take());
  if (Status status = database->open(); !status.ok())
    return status;
  return std::unique_ptr<Container>(std::move(database));
}
