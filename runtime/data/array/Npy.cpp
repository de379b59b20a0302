// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The header is a Python literal; only what NumPy writes is read, by a grammar
// and not by an evaluator:
//
//   header = "{" { key ":" value [","] } "}"
//   value  = string | "True" | "False" | "(" { number [","] } ")"
#include "runtime/base/Checked.h"
#include "runtime/data/array/ArrayFile.h"

#include <charconv>

using namespace gan::runtime;

static constexpr uint64_t kMostHeaderBytes = 65536;
static constexpr size_t kMostAxes = 8;
static constexpr std::string_view kMagic = "\x93NUMPY";

namespace {
struct NpyHeader {
  std::string_view type;
  bool isFortran = false;
  std::vector<uint64_t> sizes;
  bool hasType = false, hasOrder = false, hasSizes = false;
};

class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : rest(text) {}
  bool parse(NpyHeader &header);

private:
  void skipSpaces() {
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\n'))
      rest.remove_prefix(1);
  }
  bool take(std::string_view token) {
    skipSpaces();
    if (!rest.starts_with(token))
      return false;
    rest.remove_prefix(token.size());
    return true;
  }
  bool takeString(std::string_view &text) {
    if (!take("'"))
      return false;
    size_t end = rest.find('\'');
    if (end == std::string_view::npos)
      return false;
    text = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return true;
  }
  bool takeSizes(std::vector<uint64_t> &sizes);
  bool takeValue(std::string_view key, NpyHeader &header);
  std::string_view rest;
};
} // namespace

bool HeaderParser::takeSizes(std::vector<uint64_t> &sizes) {
  if (!take("("))
    return false;
  while (!take(")")) {
    skipSpaces();
    uint64_t size = 0;
    auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), size);
    if (error != std::errc() || sizes.size() == kMostAxes)
      return false;
    rest.remove_prefix(end - rest.data());
    sizes.push_back(size);
    take("L"); // Python 2 wrote it
    take(",");
  }
  return true;
}

bool HeaderParser::takeValue(std::string_view key, NpyHeader &header) {
  if (key == "descr" && !std::exchange(header.hasType, true))
    return takeString(header.type);
  if (key == "shape" && !std::exchange(header.hasSizes, true))
    return takeSizes(header.sizes);
  if (key != "fortran_order" || std::exchange(header.hasOrder, true))
    return false;
  header.isFortran = take("True");
  return header.isFortran || take("False");
}

bool HeaderParser::parse(NpyHeader &header) {
  if (!take("{"))
    return false;
  while (!take("}")) {
    std::string_view key;
    if (!takeString(key) || !take(":") || !takeValue(key, header))
      return false;
    take(",");
  }
  skipSpaces();
  return rest.empty() && header.hasType && header.hasOrder && header.hasSizes;
}

static std::optional<Scalar> scalarOf(std::string_view type) {
  struct Known {
    std::string_view type;
    Scalar scalar;
  };
  constexpr Known kKnown[] = {{"|u1", Scalar::U8},  {"|b1", Scalar::U8},
                              {"|i1", Scalar::I8},  {"<u2", Scalar::U16},
                              {"<i2", Scalar::I16}, {"<u4", Scalar::U32},
                              {"<i4", Scalar::I32}, {"<i8", Scalar::I64},
                              {"<f4", Scalar::F32}, {"<f8", Scalar::F64}};
  for (const Known &known : kKnown)
    if (known.type == type)
      return known.scalar;
  return std::nullopt;
}

Result<Array> gan::runtime::parseNpy(std::span<const std::byte> bytes,
                                     const std::string &where) {
  auto damaged = [&](const std::string &sentence) {
    return Status(Code::Damaged, sentence, where);
  };
  std::string_view text = textOf(bytes);
  auto byteAt = [&](size_t i) { return std::to_integer<uint64_t>(bytes[i]); };
  if (!text.starts_with(kMagic) || bytes.size() < 12 || byteAt(6) < 1 ||
      byteAt(6) > 3)
    return damaged("this is no .npy file of version 1, 2 or 3");
  bool isShort = byteAt(6) == 1;
  uint64_t begin = isShort ? 10 : 12;
  uint64_t length = byteAt(8) | byteAt(9) << 8;
  length |= isShort ? 0 : byteAt(10) << 16 | byteAt(11) << 24;
  NpyHeader header;
  // The lines may change under a mapped file: what is parsed is a copy.
  std::string copy(text.substr(begin, std::min(length, kMostHeaderBytes + 1)));
  if (length > kMostHeaderBytes || copy.size() != length ||
      !HeaderParser(copy).parse(header))
    return damaged("the header of the .npy file is damaged");
  std::optional<Scalar> scalar = scalarOf(header.type);
  if (!scalar)
    return damaged("its elements are of type '" +
                   std::string(header.type.substr(0, 40)) +
                   "', numbers of up to 8 bytes are read");
  if (header.isFortran || header.sizes.empty())
    return damaged("it is not an array of records in C order");
  Checked total = scalarBytes(*scalar);
  for (uint64_t size : header.sizes)
    total *= size;
  uint64_t held = bytes.size() - begin - length;
  if (!total.ok() || total.value() == 0 || total.value() != held)
    return damaged("its header speaks of " + textOfSizes(header.sizes) +
                   " numbers of " + std::to_string(scalarBytes(*scalar)) +
                   " bytes, but the file holds " + std::to_string(held) +
                   " bytes of them");
  return Array{.scalar = *scalar,
               .sizes = header.sizes,
               .bytes = bytes,
               .offset = begin + length,
               .stride = held / header.sizes[0]};
}

Result<ArrayFile> gan::runtime::openNpy(const std::string &path) {
  Result<MappedFile> mapped = MappedFile::open(path);
  if (!mapped.ok())
    return mapped.status();
  Result<Array> array = parseNpy(mapped->bytes(), path);
  if (!array.ok())
    return array.status();
  ArrayFile file;
  file.arrays.push_back(array.take());
  file.mapped.emplace(mapped.take());
  return file;
}

Result<ArrayFile> gan::runtime::openNpz(const Container &zip) {
  ArrayFile file;
  for (size_t i = 0; i < zip.names().size(); ++i) {
    Result<FileBytes> bytes = zip.read(i, kMostArrayBytes);
    if (!bytes.ok())
      return bytes.status();
    file.contents.push_back(bytes.take());
    Result<Array> array = parseNpy(file.contents.back(), zip.nameOf(i));
    if (!array.ok())
      return array.status();
    array->name = zip.names()[i].substr(0, zip.names()[i].rfind('.'));
    file.arrays.push_back(array.take());
  }
  return file;
}
