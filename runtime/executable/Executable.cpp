// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/executable/Executable.h"

#include "runtime/executable/Shards.h"
#include "runtime/executable/Verify.h"

#include <cstring>

using namespace gan;
using namespace gan::runtime;

// A file longer than this is no .ganx, whatever its header says.
static constexpr uint64_t kMaxFileBytes = uint64_t{4} << 30;

namespace {
struct Extent {
  uint64_t offset;
  uint64_t bytes;
};
} // namespace

// Where the .ganx lies in a file: all of it, or what the trailer says.
static Result<Extent> findExtent(const InputFile &file) {
  if (file.size() < sizeof(format::FileHeader))
    return Status(Code::Damaged,
                  "has " + std::to_string(file.size()) +
                      " bytes, too few for a .ganx",
                  file.path());
  char magic[sizeof(format::kHeaderMagic)];
  if (Status read = file.readAt(0, std::as_writable_bytes(std::span(magic)));
      !read.ok())
    return read;
  if (std::memcmp(magic, format::kHeaderMagic, sizeof(magic)) == 0)
    return Extent{0, file.size()};
  format::FileTrailer trailer;
  uint64_t end = file.size() - sizeof(trailer);
  if (Status read =
          file.readAt(end, std::as_writable_bytes(std::span(&trailer, 1)));
      !read.ok())
    return read;
  if (std::memcmp(trailer.magic, format::kTrailerMagic, sizeof(magic)) != 0)
    return Status(Code::NotFound, "holds no compiled model", file.path());
  if (trailer.offset % format::kImageAlignment != 0 || trailer.reserved != 0 ||
      trailer.offset > end || trailer.bytes != end - trailer.offset)
    return Status(Code::Damaged,
                  "has a trailer that points at " +
                      std::to_string(trailer.bytes) + " bytes from " +
                      std::to_string(trailer.offset) + ", but " +
                      std::to_string(end) + " stand before it",
                  file.path());
  return Extent{trailer.offset, trailer.bytes};
}

static Status verifyAll(std::span<const std::byte> file,
                        const std::string &name) {
  if (Status bytes = verify::verifyBytes(file, name); !bytes.ok())
    return bytes;
  return verify::verifyMeaning(
      *format::GetExecutable(file.data() + sizeof(format::FileHeader)), name);
}

Result<Executable> Executable::load(const std::string &path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  Result<Extent> extent = findExtent(*file);
  if (!extent.ok())
    return extent.status();
  if (extent->bytes > kMaxFileBytes)
    return Status(Code::Damaged,
                  "has " + std::to_string(extent->bytes) +
                      " bytes, too many for a .ganx",
                  path);
  FileBytes content(extent->bytes);
  if (Status read = file->readAt(extent->offset, content); !read.ok())
    return read;
  if (Status verified = verifyAll(content, path); !verified.ok())
    return verified;
  return Executable(std::move(content), path);
}

Result<Executable> Executable::loadOwn() { return load("/proc/self/exe"); }

Result<Executable> Executable::loadBytes(std::span<const std::byte> bytes,
                                         const std::string &name) {
  FileBytes content(bytes.begin(), bytes.end());
  if (Status verified = verifyAll(content, name); !verified.ok())
    return verified;
  return Executable(std::move(content), name);
}

Result<Executable> Executable::ofRank(Executable whole, uint32_t rank,
                                      uint32_t ranks) {
  uint32_t shards = shardsOf(whole.tables());
  if (shards % ranks != 0)
    return Status(Code::Usage,
                  "cuts the samples of moves into " + std::to_string(shards) +
                      " shards, which cannot be spread evenly over " +
                      std::to_string(ranks) + " ranks; 'ganc build --shards=" +
                      std::to_string(ranks) + "' makes a trainer that can",
                  whole.path());
  if (shards == 1)
    return whole;
  std::unique_ptr<format::ExecutableT> tables(whole.tables().UnPack());
  spreadShards(*tables, rank, ranks);
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(format::Executable::Pack(builder, tables.get()),
                 format::ExecutableIdentifier());
  whole.spread = builder.Release();
  return whole;
}

std::span<const std::byte> Executable::segment(uint32_t index) const {
  const format::Segment &segment = *tables().segments()->Get(index);
  return std::span(content).subspan(segment.offset(), segment.bytes());
}

template <typename T>
static std::optional<uint32_t>
findNamed(const flatbuffers::Vector<flatbuffers::Offset<T>> &table,
          std::string_view name) {
  for (uint32_t i = 0; i < table.size(); ++i)
    if (table.Get(i)->name()->string_view() == name)
      return i;
  return std::nullopt;
}

std::optional<uint32_t> Executable::findEntry(std::string_view name) const {
  return findNamed(*tables().entries(), name);
}

std::optional<uint32_t> Executable::findStorage(std::string_view name) const {
  return findNamed(*tables().storage(), name);
}

std::optional<uint32_t> Executable::findNetwork(std::string_view name) const {
  return findNamed(*tables().networks(), name);
}

uint64_t gan::runtime::elementBytes(format::ElementType type) {
  switch (type) {
  case format::ElementType::F32:
  case format::ElementType::I32:
    return 4;
  case format::ElementType::F64:
  case format::ElementType::I64:
    return 8;
  case format::ElementType::BF16:
    return 2;
  case format::ElementType::Bool:
    return 1;
  }
  return 0;
}

std::string_view gan::runtime::elementName(format::ElementType type) {
  static constexpr std::string_view names[] = {"f32", "f64",  "i32",
                                               "i64", "bool", "bf16"};
  return names[static_cast<size_t>(type)];
}

uint64_t gan::runtime::elementCount(const flatbuffers::Vector<int64_t> &shape) {
  uint64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}
