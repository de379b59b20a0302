// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/array/ArrayFile.h"
#include "runtime/data/container/Gzip.h"

using namespace gan::runtime;

static constexpr uint64_t kPixels = 3 * 32 * 32;

// A record is one label (CIFAR-10) or two (CIFAR-100: coarse, fine), then red,
// green and blue planes of 32 x 32.
Result<ArrayFile> gan::runtime::parseCifar(FileBytes bytes,
                                           const std::string &where) {
  uint64_t labels = bytes.size() % (kPixels + 1) == 0   ? 1
                    : bytes.size() % (kPixels + 2) == 0 ? 2
                                                        : 0;
  if (labels == 0 || bytes.empty())
    return Status(Code::Damaged,
                  "it has " + std::to_string(bytes.size()) +
                      " bytes, which are no records of CIFAR-10 (3073 bytes) "
                      "or CIFAR-100 (3074)",
                  where);
  ArrayFile file;
  file.contents.push_back(std::move(bytes));
  uint64_t stride = labels + kPixels;
  uint64_t records = file.contents[0].size() / stride;
  auto add = [&](const char *name, const char *kind, uint64_t offset,
                 std::vector<uint64_t> sizes) {
    file.arrays.push_back({.name = name,
                           .kind = kind,
                           .sizes = std::move(sizes),
                           .bytes = file.contents[0],
                           .offset = offset,
                           .stride = stride});
  };
  add("image", "image", labels, {records, 3, 32, 32});
  if (labels == 2)
    add("coarse", "", 0, {records});
  add("fine", "label", labels - 1, {records});
  return file;
}

// The file, unpacked if it is packed.
static Result<FileBytes> readUnpacked(const std::string &path) {
  Result<FileBytes> file = readFile(path, kMostArrayBytes);
  if (!file.ok() || !isGzip(*file))
    return file;
  Result<GzipReader> reader = GzipReader::open(*file, path);
  if (!reader.ok())
    return reader.status();
  FileBytes bytes;
  constexpr size_t kPiece = 1 << 20;
  for (size_t got = kPiece; got == kPiece;) {
    bytes.resize(bytes.size() + kPiece);
    Result<size_t> more = reader->read(std::span(bytes).last(kPiece));
    if (!more.ok())
      return more.status();
    got = *more;
    bytes.resize(bytes.size() - kPiece + got);
  }
  return bytes;
}

Result<ArrayFile> gan::runtime::openCifar(const std::string &path) {
  Result<FileBytes> bytes = readUnpacked(path);
  return bytes.ok() ? parseCifar(bytes.take(), path) : bytes.status();
}

Result<ArrayFile> gan::runtime::openCifar(const Container &container) {
  FileBytes all;
  for (size_t i = 0; i < container.names().size(); ++i) {
    const std::string &name = container.names()[i];
    if (!name.ends_with(".bin") ||
        name.substr(name.rfind('/') + 1).starts_with("test"))
      continue;
    Result<FileBytes> bytes = container.read(i, kMostArrayBytes - all.size());
    if (!bytes.ok())
      return bytes.status();
    all.insert(all.end(), bytes->begin(), bytes->end());
  }
  return parseCifar(std::move(all), container.path());
}
