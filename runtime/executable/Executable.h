// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A loaded .ganx: the tables of runtime/format/Executable.fbs, verified, and
// the bytes of its segments. Once one of these exists, every index, size and
// name in its tables can be used without a further check.
#ifndef GAN_RUNTIME_EXECUTABLE_EXECUTABLE_H
#define GAN_RUNTIME_EXECUTABLE_EXECUTABLE_H

#include "runtime/base/File.h"
#include "runtime/base/Status.h"
#include "runtime/format/Executable_generated.h"
#include "runtime/format/Layout.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gan::runtime {

class Executable {
public:
  /// Loads a .ganx, or the one at the end of a trainer. Reads it into memory of
  /// its own, verifies the bytes (VerifyBytes.cpp), then the meaning
  /// (VerifyMeaning.cpp). Refusals are `Damaged`, or `Unsupported` for a file
  /// of another version of the format; the sentence says which table is wrong.
  static Result<Executable> load(const std::string &path);
  /// The one at the end of the program that is running. `NotFound` where there
  /// is none: the runtime by itself.
  static Result<Executable> loadOwn();
  /// One in memory; `name` stands for the file in messages.
  static Result<Executable> loadBytes(std::span<const std::byte> bytes,
                                      const std::string &name);

  /// As rank number `rank` of `ranks` has it, with its own shards of the
  /// samples (Shards.h): what devices load. `Usage` where the shards cannot be
  /// spread evenly over the ranks.
  static Result<Executable> ofRank(Executable whole, uint32_t rank,
                                   uint32_t ranks);

  /// The file it came from.
  const std::string &path() const { return name; }
  const format::Executable &tables() const {
    return *format::GetExecutable(
        spread.size() ? spread.data()
                      : reinterpret_cast<const uint8_t *>(content.data()) +
                            sizeof(format::FileHeader));
  }
  /// The bytes of segment `index`.
  std::span<const std::byte> segment(uint32_t index) const;

  /// Index of the entry, storage or network of that name.
  std::optional<uint32_t> findEntry(std::string_view name) const;
  std::optional<uint32_t> findStorage(std::string_view name) const;
  std::optional<uint32_t> findNetwork(std::string_view name) const;

private:
  Executable(FileBytes file, std::string path)
      : content(std::move(file)), name(std::move(path)) {}
  FileBytes content;                  // the whole .ganx
  flatbuffers::DetachedBuffer spread; // its tables with spread shards, if any
  std::string name;
};

/// Bytes of one element as it lies in a buffer; a bool takes one.
uint64_t elementBytes(format::ElementType type);
/// "f32"
std::string_view elementName(format::ElementType type);
/// Product of the sizes; of a verified executable it fits.
uint64_t elementCount(const flatbuffers::Vector<int64_t> &shape);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EXECUTABLE_EXECUTABLE_H
