// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Numpy.h"
#include "runtime/base/File.h"
#include "runtime/data/container/Gzip.h"

using namespace gan;
using namespace gan::runtime;

static const char *typeOf(format::ElementType element) {
  switch (element) {
  case format::ElementType::F32:
    return "<f4";
  case format::ElementType::F64:
    return "<f8";
  case format::ElementType::I32:
    return "<i4";
  case format::ElementType::I64:
    return "<i8";
  default:
    return "|b1";
  }
}

// `value` in so many bytes, the least significant first.
static void append(FileBytes &bytes, uint64_t value, int count) {
  for (int i = 0; i < count; ++i)
    bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

static void append(FileBytes &bytes, std::span<const std::byte> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

// A magic number, the length of the header, and the header padded so that the
// numbers begin at a multiple of 64 bytes.
static FileBytes npyOf(const NumpyArray &array) {
  std::string sizes;
  for (uint64_t size : array.sizes)
    sizes += std::to_string(size) + ", ";
  std::string header = std::string("{'descr': '") + typeOf(array.element) +
                       "', 'fortran_order': False, 'shape': (" + sizes + "), }";
  header.resize((header.size() + 11 + 63) / 64 * 64 - 11, ' ');
  header += '\n';
  FileBytes bytes;
  append(bytes, bytesOf(std::string_view("\x93NUMPY\x01\x00", 8)));
  append(bytes, header.size(), 2);
  append(bytes, bytesOf(header));
  append(bytes, array.bytes);
  return bytes;
}

Status gan::runtime::writeNpy(const std::string &path,
                              const NumpyArray &array) {
  return writeFile(path, npyOf(array));
}

// The zip is written here, as libarchive's writer would bring a library of
// ciphers into every trainer.

// What the header of an entry and the directory say alike: version 2.0, no
// flags, stored, 1 January 1980, checksum, sizes packed and not, length of the
// name, no more.
static void appendEntry(FileBytes &bytes, const std::string &name,
                        const FileBytes &content) {
  append(bytes, 20, 2);
  append(bytes, 0, 2);
  append(bytes, 0, 2);
  append(bytes, 0, 2);
  append(bytes, 1 << 5 | 1, 2);
  append(bytes, checksumOf(content), 4);
  append(bytes, content.size(), 4);
  append(bytes, content.size(), 4);
  append(bytes, name.size(), 2);
  append(bytes, 0, 2);
}

Status gan::runtime::writeNpz(const std::string &path, const std::string &name,
                              const NumpyArray &array) {
  FileBytes content = npyOf(array);
  constexpr uint64_t kMostBytes = uint64_t{4} << 30;
  if (content.size() + 1024 > kMostBytes)
    return Status(Code::Usage,
                  "samples of " + std::to_string(content.size()) +
                      " bytes are too many for a .npz: name a .npy file",
                  path);
  std::string entry = name + ".npy";
  FileBytes zip;
  append(zip, 0x04034b50, 4);
  appendEntry(zip, entry, content);
  append(zip, bytesOf(entry));
  append(zip, content);
  uint64_t directory = zip.size();
  append(zip, 0x02014b50, 4);
  append(zip, 20, 2); // the version that made it
  appendEntry(zip, entry, content);
  append(zip, 0, 2); // no comment, first disk, no attributes
  append(zip, 0, 2);
  append(zip, 0, 2);
  append(zip, 0, 4);
  append(zip, 0, 4); // where the entry is
  append(zip, bytesOf(entry));
  uint64_t end = zip.size();
  append(zip, 0x06054b50, 4);
  append(zip, 0, 4); // one disk
  append(zip, 1, 2);
  append(zip, 1, 2);
  append(zip, end - directory, 4);
  append(zip, directory, 4);
  append(zip, 0, 2);
  return writeFile(path, zip);
}
