// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one wrapper of zlib's inflate.
#ifndef GAN_RUNTIME_DATA_CONTAINER_GZIP_H
#define GAN_RUNTIME_DATA_CONTAINER_GZIP_H

#include "runtime/base/File.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace gan::runtime {

/// Whether the bytes begin as a gzip file does.
bool isGzip(std::span<const std::byte> bytes);

/// Unpacks a gzip file of one member, or a deflate stream without a header,
/// piece by piece, so that its reader can look at the beginning before it makes
/// room for the rest.
class GzipReader {
public:
  /// `packed` must outlive the reader; `where` names the file in messages.
  enum class Form : uint8_t { Gzip, Deflate };
  static Result<GzipReader> open(std::span<const std::byte> packed,
                                 std::string where, Form form = Form::Gzip);

  /// Fills `out`, or less of it where the data end; returns how many bytes.
  /// `Damaged` where the stream is broken, cut, fails its checksum, or where
  /// bytes follow it.
  Result<size_t> read(std::span<std::byte> out);

private:
  struct State;
  struct Close {
    void operator()(State *state) const;
  };
  GzipReader(std::unique_ptr<State, Close> state, std::string where);
  std::unique_ptr<State, Close> state;
  std::string where;
};

/// Unpacks a deflate stream without a header that becomes `bytes` bytes, no
/// more and no less; else `Damaged`. A stream too short for that is refused
/// before there is memory for it.
Result<FileBytes> inflateWhole(std::span<const std::byte> packed,
                               uint64_t bytes, const std::string &where);

/// The CRC-32 of zip and gzip.
uint32_t checksumOf(std::span<const std::byte> bytes);

/// No deflate stream becomes more than this many times as long.
inline constexpr uint64_t kMostInflation = 1032;

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_CONTAINER_GZIP_H
