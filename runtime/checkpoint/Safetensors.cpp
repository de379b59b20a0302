// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Safetensors.h"
#include "runtime/base/Checked.h"
#include "runtime/base/Json.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

using namespace gan::runtime;

static_assert(std::endian::native == std::endian::little,
              "the file's numbers are little-endian, and copied as they are");

// The limits of the format.
static constexpr uint64_t kLengthBytes = 8;
static constexpr uint64_t kMostHeaderBytes = 100'000'000;
static constexpr size_t kAlignment = 8;
static constexpr std::string_view kMetadata = "__metadata__";

std::string gan::runtime::textOfShape(std::span<const uint64_t> shape) {
  std::string text = "[";
  for (uint64_t size : shape)
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  return text + "]";
}

std::optional<uint64_t> gan::runtime::safetensorsBytes(std::string_view type) {
  struct Type {
    std::string_view name;
    uint64_t bytes;
  };
  static constexpr std::array<Type, 13> kTypes = {{{"BOOL", 1},
                                                   {"U8", 1},
                                                   {"I8", 1},
                                                   {"U16", 2},
                                                   {"I16", 2},
                                                   {"F16", 2},
                                                   {"BF16", 2},
                                                   {"U32", 4},
                                                   {"I32", 4},
                                                   {"F32", 4},
                                                   {"U64", 8},
                                                   {"I64", 8},
                                                   {"F64", 8}}};
  for (const Type &each : kTypes)
    if (each.name == type)
      return each.bytes;
  return std::nullopt;
}

static Checked bytesOfTensor(uint64_t elementBytes,
                             std::span<const uint64_t> shape) {
  Checked bytes = elementBytes;
  for (uint64_t size : shape)
    bytes *= size;
  return bytes;
}

// ---- reading

static Status damaged(const std::string &sentence, const std::string &path) {
  return Status(Code::Damaged, sentence, path);
}

static Result<TensorEntry> readEntry(const std::string &name, const Json &json,
                                     const std::string &path) {
  std::string where = path + ", tensor '" + name + "'";
  if (!json.is_object() || json.size() != 3)
    return damaged("expected 'dtype', 'shape' and 'data_offsets'", where);
  Result<std::string> type = textMember(json, "dtype", where);
  if (!type.ok())
    return type.status();
  Result<std::vector<uint64_t>> shape = sizesMember(json, "shape", where);
  if (!shape.ok())
    return shape.status();
  Result<std::vector<uint64_t>> span = sizesMember(json, "data_offsets", where);
  if (!span.ok())
    return span.status();
  std::optional<uint64_t> width = safetensorsBytes(*type);
  if (!width)
    return damaged("there is no type '" + *type + "'", where);
  if (span->size() != 2 || (*span)[0] > (*span)[1])
    return damaged("expected two offsets in ascending order", where);
  Checked bytes = bytesOfTensor(*width, *shape);
  if (!bytes.ok() || bytes.value() != (*span)[1] - (*span)[0])
    return damaged(*type + " of shape " + textOfShape(*shape) +
                       " does not fit its " +
                       std::to_string((*span)[1] - (*span)[0]) + " bytes",
                   where);
  return TensorEntry{name, *type, *shape, (*span)[0], (*span)[1]};
}

static Status checkMetadata(const Json &json, const std::string &path) {
  if (!json.is_object())
    return damaged("expected an object as '__metadata__'", path);
  for (const auto &[key, value] : json.items())
    if (!value.is_string())
      return damaged("expected a text as '" + key + "' of '__metadata__'",
                     path);
  return Status();
}

static Result<std::vector<TensorEntry>> readEntries(const Json &header,
                                                    const std::string &path) {
  std::vector<TensorEntry> entries;
  for (const auto &[name, json] : header.items()) {
    if (name == kMetadata) {
      if (Status status = checkMetadata(json, path); !status.ok())
        return status;
      continue;
    }
    Result<TensorEntry> entry = readEntry(name, json, path);
    if (!entry.ok())
      return entry.status();
    entries.push_back(entry.take());
  }
  std::sort(entries.begin(), entries.end(),
            [](const TensorEntry &a, const TensorEntry &b) {
              return std::tie(a.begin, a.end, a.name) <
                     std::tie(b.begin, b.end, b.name);
            });
  return entries;
}

// From 0 to the end of the file without holes and overlaps: nothing can hide.
static Status checkCover(const std::vector<TensorEntry> &entries,
                         uint64_t bytes, const std::string &path) {
  uint64_t end = 0;
  for (const TensorEntry &entry : entries) {
    if (entry.begin != end)
      return damaged("tensor '" + entry.name + "' begins at byte " +
                         std::to_string(entry.begin) + ", expected " +
                         std::to_string(end),
                     path);
    end = entry.end;
  }
  if (end != bytes)
    return damaged("its tensors take " + std::to_string(end) +
                       " bytes, but the file has " + std::to_string(bytes) +
                       " for them",
                   path);
  return Status();
}

static Result<std::string> readHeaderText(const InputFile &file) {
  uint64_t length = 0;
  if (file.size() < kLengthBytes)
    return damaged("it is too short to be a safetensors file", file.path());
  if (Status status =
          file.readAt(0, std::as_writable_bytes(std::span(&length, 1)));
      !status.ok())
    return status;
  if (length > kMostHeaderBytes || length > file.size() - kLengthBytes)
    return damaged("a header of " + std::to_string(length) +
                       " bytes does not fit a file of " +
                       std::to_string(file.size()) + " bytes",
                   file.path());
  std::string text(length, ' ');
  if (Status status =
          file.readAt(kLengthBytes, std::as_writable_bytes(std::span(text)));
      !status.ok())
    return status;
  if (text.empty() || text.front() != '{')
    return damaged("expected a header that begins with '{'", file.path());
  return text;
}

Result<SafetensorsReader> SafetensorsReader::open(const std::string &path) {
  Result<InputFile> file = InputFile::open(path);
  if (!file.ok())
    return file.status();
  Result<std::string> text = readHeaderText(*file);
  if (!text.ok())
    return text.status();
  Result<Json> header = parseJson(*text, path);
  if (!header.ok())
    return header.status();
  Result<std::vector<TensorEntry>> entries = readEntries(*header, path);
  if (!entries.ok())
    return entries.status();
  uint64_t start = kLengthBytes + text->size();
  if (Status status = checkCover(*entries, file->size() - start, path);
      !status.ok())
    return status;
  return SafetensorsReader(file.take(), start, entries.take());
}

const TensorEntry *SafetensorsReader::find(std::string_view name) const {
  for (const TensorEntry &entry : entries)
    if (entry.name == name)
      return &entry;
  return nullptr;
}

Status SafetensorsReader::read(const TensorEntry &entry, uint64_t offset,
                               std::span<std::byte> into) const {
  return file.readAt(start + entry.begin + offset, into);
}

// ---- writing

Result<SafetensorsWriter>
SafetensorsWriter::create(const std::string &path,
                          std::vector<TensorEntry> entries) {
  Json header = Json::object();
  uint64_t offset = 0;
  for (const TensorEntry &entry : entries) {
    Checked bytes =
        bytesOfTensor(safetensorsBytes(entry.type).value_or(0), entry.shape);
    uint64_t end = offset + bytes.value();
    header[entry.name] = {{"dtype", entry.type},
                          {"shape", entry.shape},
                          {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = printJson(header);
  text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  uint64_t length = text.size();
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file.ok())
    return file.status();
  SafetensorsWriter writer(file.take());
  Status status = writer.append(std::as_bytes(std::span(&length, 1)));
  if (status.ok())
    status = writer.append(bytesOf(text));
  if (!status.ok())
    return status;
  return writer;
}

Status SafetensorsWriter::append(std::span<const std::byte> bytes) {
  return file.write(bytes);
}

Status SafetensorsWriter::commit() { return file.commit(); }
