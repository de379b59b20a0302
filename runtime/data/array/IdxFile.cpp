// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/array/IdxFile.h"
#include "runtime/base/Checked.h"
#include "runtime/data/array/ArrayFile.h"
#include "runtime/data/container/Gzip.h"

#include <algorithm>
#include <array>

using namespace gan::runtime;

static constexpr size_t kMostAxes = 4;
static constexpr uint8_t kUnsignedByte = 8;

namespace {
// The bytes of a file, plain or packed, from the first on.
class ByteSource {
public:
  static Result<ByteSource> open(const FileBytes &file,
                                 const std::string &path) {
    ByteSource source;
    source.plain = file;
    if (isGzip(file)) {
      Result<GzipReader> reader = GzipReader::open(file, path);
      if (!reader.ok())
        return reader.status();
      source.packed = std::make_unique<GzipReader>(reader.take());
    }
    return source;
  }
  // More bytes than this there cannot be.
  uint64_t limit() const {
    return packed ? plain.size() * kMostInflation : plain.size();
  }
  std::string limitText() const {
    std::string bytes = std::to_string(plain.size());
    return packed ? "more than its " + bytes + " packed bytes can hold"
                  : "but the file holds " + bytes;
  }
  // Fills `out`, or less of it where the file ends.
  Result<size_t> read(std::span<std::byte> out) {
    if (packed)
      return packed->read(out);
    size_t count = std::min(out.size(), plain.size());
    std::copy_n(plain.begin(), count, out.begin());
    plain = plain.subspan(count);
    return count;
  }

private:
  std::span<const std::byte> plain; // packed: the whole file; else the rest
  std::unique_ptr<GzipReader> packed;
};
} // namespace

static Status damaged(const std::string &sentence, const std::string &path) {
  return Status(Code::Damaged, sentence, path);
}

// Two zero bytes, the element type, the number of axes, then the sizes, most
// significant byte first.
static Result<std::vector<uint64_t>> readHeader(ByteSource &source,
                                                const std::string &path) {
  std::array<std::byte, 4 + 4 * kMostAxes> header;
  auto byteAt = [&](size_t i) { return std::to_integer<uint64_t>(header[i]); };
  Result<size_t> got = source.read(std::span(header).first(4));
  if (!got.ok())
    return got.status();
  if (*got < 4 || byteAt(0) || byteAt(1))
    return damaged("this is no IDX file: it does not begin with two zero bytes",
                   path);
  if (byteAt(2) != kUnsignedByte)
    return damaged("expected elements of type 8 (unsigned bytes), found type " +
                       std::to_string(byteAt(2)),
                   path);
  size_t axes = byteAt(3);
  if (axes < 1 || axes > kMostAxes)
    return damaged("expected 1 to 4 axes, found " + std::to_string(axes), path);
  got = source.read(std::span(header).subspan(4, 4 * axes));
  if (!got.ok())
    return got.status();
  if (*got < 4 * axes)
    return damaged("it is cut short in the header", path);
  std::vector<uint64_t> sizes;
  for (size_t i = 4; i < 4 + 4 * axes; i += 4)
    sizes.push_back(byteAt(i) << 24 | byteAt(i + 1) << 16 | byteAt(i + 2) << 8 |
                    byteAt(i + 3));
  return sizes;
}

Result<IdxContent> gan::runtime::readIdxFile(const std::string &path) {
  Result<FileBytes> file = readFile(path, kMostArrayBytes);
  if (!file.ok())
    return file.status();
  Result<ByteSource> source = ByteSource::open(*file, path);
  if (!source.ok())
    return source.status();
  Result<std::vector<uint64_t>> sizes = readHeader(*source, path);
  if (!sizes.ok())
    return sizes.status();
  Checked total = 1;
  for (uint64_t size : *sizes)
    total *= size;
  std::string extent = textOfSizes(*sizes);
  if (total.ok() && total.value() == 0)
    return damaged("it has no records: its sizes are " + extent, path);
  if (!total.atMost(source->limit()))
    return damaged("its header speaks of " + extent + " bytes, " +
                       source->limitText(),
                   path);
  IdxContent content{*sizes, FileBytes(total.value())};
  Result<size_t> got = source->read(content.bytes);
  if (!got.ok())
    return got.status();
  if (*got < content.bytes.size())
    return damaged("it is cut short: " + extent +
                       " bytes are expected, found " + std::to_string(*got),
                   path);
  std::byte next;
  got = source->read(std::span(&next, 1));
  if (!got.ok())
    return got.status();
  if (*got)
    return damaged("bytes follow its last record", path);
  return content;
}

Result<ArrayFile> gan::runtime::openIdx(const std::string &path) {
  Result<IdxContent> content = readIdxFile(path);
  if (!content.ok())
    return content.status();
  ArrayFile file;
  file.contents.push_back(std::move(content->bytes));
  file.arrays.push_back(
      {.sizes = content->sizes,
       .bytes = file.contents[0],
       .stride = file.contents[0].size() / content->sizes[0]});
  return file;
}
