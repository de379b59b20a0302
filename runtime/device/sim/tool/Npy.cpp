// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/tool/Npy.h"

#include "runtime/base/Checked.h"

#include <charconv>
#include <cstring>

using namespace gan::sim;
using namespace gan::runtime;

constexpr uint64_t kMostBytes = uint64_t(4) << 30;

std::optional<unsigned> gan::sim::elementBytes(std::string_view type) {
  if (type.size() != 3 || (type[0] != '<' && type[0] != '|') ||
      std::string_view("fiub").find(type[1]) == std::string_view::npos)
    return std::nullopt;
  unsigned bytes = unsigned(type[2] - '0');
  bool known = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  return known ? std::optional(bytes) : std::nullopt;
}

std::string gan::sim::npyType(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"f16", "<f2"}, {"bf16", "<u2"}, {"f32", "<f4"}, {"f64", "<f8"},
      {"u8", "|u1"},  {"u16", "<u2"},  {"u32", "<u4"}, {"u64", "<u8"},
      {"s8", "|i1"},  {"s16", "<i2"},  {"s32", "<i4"}, {"s64", "<i8"},
  };
  for (auto [known, type] : names)
    if (known == name)
      return std::string(type);
  return {};
}

static Status damaged(const std::string &sentence, const std::string &path) {
  return Status(Code::Damaged, sentence, path);
}

// What follows 'key': in the header, up to where the value ends.
static std::string_view valueOf(std::string_view header, std::string_view key,
                                char close) {
  size_t at = header.find(key);
  if (at == header.npos)
    return {};
  header.remove_prefix(at + key.size());
  header.remove_prefix(
      std::min(header.find_first_not_of("': "), header.size()));
  return header.substr(0, header.find(close));
}

static bool parseShape(std::string_view text, std::vector<uint64_t> &shape) {
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of("( ,L"), text.size()));
    if (text.empty())
      return true;
    uint64_t extent = 0;
    auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), extent);
    if (error != std::errc())
      return false;
    shape.push_back(extent);
    text.remove_prefix(size_t(end - text.data()));
  }
  return true;
}

static Result<Array> parse(std::span<const std::byte> bytes,
                           const std::string &path) {
  std::string_view text = textOf(bytes);
  bool old = text.size() > 10 && text[6] == 1;
  size_t start = old ? 10 : 12;
  if (!text.starts_with("\x93NUMPY") || text.size() < start)
    return damaged("this is not an .npy file", path);
  uint32_t length = 0;
  std::memcpy(&length, text.data() + 8, old ? 2 : 4);
  if (length > text.size() - start)
    return damaged("the header of the .npy file is cut off", path);
  std::string_view header = text.substr(start, length);
  Array array;
  array.type = valueOf(header, "'descr'", '\'');
  std::optional<unsigned> width = elementBytes(array.type);
  if (!width)
    return damaged("elements of type '" + array.type + "' are not known", path);
  if (!valueOf(header, "'fortran_order'", ',').starts_with("False"))
    return damaged("the array is not in C order", path);
  if (!parseShape(valueOf(header, "'shape'", ')'), array.shape))
    return damaged("the shape of the array cannot be read", path);
  Checked need = *width;
  for (uint64_t extent : array.shape)
    need *= extent;
  std::span<const std::byte> content = bytes.subspan(start + length);
  if (!need.ok() || need.value() != content.size())
    return damaged("the file has " + std::to_string(content.size()) +
                       " bytes of elements, its shape says otherwise",
                   path);
  array.content.assign(content.begin(), content.end());
  return std::move(array);
}

Result<Array> gan::sim::readNpy(const std::string &path) {
  Result<FileBytes> bytes = readFile(path, kMostBytes);
  if (!bytes.ok())
    return bytes.status();
  return parse(*bytes, path);
}

Status gan::sim::writeNpy(const std::string &path, const Array &array) {
  std::string header =
      "{'descr': '" + array.type + "', 'fortran_order': False, 'shape': (";
  for (uint64_t extent : array.shape)
    header += std::to_string(extent) + ", ";
  header += "), }";
  header.append(63 - (header.size() + 10) % 64, ' ');
  header += '\n';
  uint16_t length = uint16_t(header.size());
  std::string text = std::string("\x93NUMPY\x01\x00", 8);
  text.append(reinterpret_cast<const char *>(&length), 2);
  text += header;
  FileBytes bytes(bytesOf(text).begin(), bytesOf(text).end());
  bytes.insert(bytes.end(), array.content.begin(), array.content.end());
  return writeFile(path, bytes, Durability::Unsynced);
}
