// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The safetensors format: eight bytes with the length of a JSON header, the
// header, then the bytes of the tensors.
#ifndef GAN_RUNTIME_CHECKPOINT_SAFETENSORS_H
#define GAN_RUNTIME_CHECKPOINT_SAFETENSORS_H

#include "runtime/base/File.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gan::runtime {

/// One tensor as the header tells of it.
struct TensorEntry {
  std::string name;
  std::string type; // "F32", "F64", "I32", "I64", "BOOL", ...
  std::vector<uint64_t> shape;
  uint64_t begin = 0; // of its bytes, from the end of the header
  uint64_t end = 0;
};

/// "[64, 3, 4, 4]"
std::string textOfShape(std::span<const uint64_t> shape);

/// Bytes of an element of the type; nothing for a type that the format does not
/// have.
std::optional<uint64_t> safetensorsBytes(std::string_view type);

/// An open file whose header has been verified whole: the tensors fill the file
/// behind the header without holes and overlaps to its last byte, and each is
/// as long as its type and shape say.
class SafetensorsReader {
public:
  /// Reads the header only. `Damaged` with the first rule that is broken.
  static Result<SafetensorsReader> open(const std::string &path);

  const std::string &path() const { return file.path(); }
  /// In the order of their bytes.
  const std::vector<TensorEntry> &tensors() const { return entries; }
  const TensorEntry *find(std::string_view name) const;
  /// Fills `into` with bytes of an entry of this file, from byte `offset` of
  /// the tensor on; no more than there are.
  Status read(const TensorEntry &entry, uint64_t offset,
              std::span<std::byte> into) const;

private:
  SafetensorsReader(InputFile file, uint64_t start,
                    std::vector<TensorEntry> entries)
      : file(std::move(file)), start(start), entries(std::move(entries)) {}
  InputFile file;
  uint64_t start; // where the tensors begin in the file
  std::vector<TensorEntry> entries;
};

/// Writes a file that appears whole or not at all.
class SafetensorsWriter {
public:
  /// Writes the header. The offsets of `entries` follow from their order, types
  /// and shapes; wide types first keep every tensor aligned.
  static Result<SafetensorsWriter> create(const std::string &path,
                                          std::vector<TensorEntry> entries);
  /// The next bytes of the entries, in their order.
  Status append(std::span<const std::byte> bytes);
  /// After the last entry; what stood at the path before stands there until
  /// now.
  Status commit();

private:
  explicit SafetensorsWriter(AtomicFile file) : file(std::move(file)) {}
  AtomicFile file;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_CHECKPOINT_SAFETENSORS_H
