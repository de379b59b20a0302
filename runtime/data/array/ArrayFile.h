// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files that hold arrays.
#ifndef GAN_RUNTIME_DATA_ARRAY_ARRAYFILE_H
#define GAN_RUNTIME_DATA_ARRAY_ARRAYFILE_H

#include "runtime/data/array/Array.h"
#include "runtime/data/container/Container.h"

#include <optional>

namespace gan::runtime {

/// No file of arrays that is held in memory is larger.
inline constexpr uint64_t kMostArrayBytes = uint64_t{1} << 36;

struct ArrayFile {
  std::vector<Array> arrays;
  /// One array, of whose columns each field takes as many as it has numbers.
  bool isTable = false;
  // What the arrays are views of.
  std::vector<FileBytes> contents;
  std::optional<MappedFile> mapped;
};

// `Damaged` where the file is not what it seems to be, is cut or too long.

/// IDX, plain or packed with gzip.
Result<ArrayFile> openIdx(const std::string &path);
/// NumPy's format, versions 1 to 3: numbers in C order, least significant byte
/// first, no objects. It is mapped: it may be larger than memory.
Result<ArrayFile> openNpy(const std::string &path);
/// A zip of such files; each array is for the field of its name.
Result<ArrayFile> openNpz(const Container &zip);
/// CIFAR-10 or -100 in the binary version, plain or packed with gzip.
Result<ArrayFile> openCifar(const std::string &path);
/// All .bin files of the container but those called test*, in their order.
Result<ArrayFile> openCifar(const Container &container);
/// Lines of numbers with ',', ';' or a tab between them; the first line may
/// name the columns.
Result<ArrayFile> openCsv(const std::string &path);

// On bytes, for `where` in messages.
Result<Array> parseNpy(std::span<const std::byte> bytes,
                       const std::string &where);
Result<ArrayFile> parseCsv(std::string_view text, const std::string &where);
Result<ArrayFile> parseCifar(FileBytes bytes, const std::string &where);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_ARRAY_ARRAYFILE_H
