// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/Gzip.h"

#include <algorithm>

#include <zlib.h>

using namespace gan::runtime;

bool gan::runtime::isGzip(std::span<const std::byte> bytes) {
  return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} &&
         bytes[1] == std::byte{0x8b};
}

struct GzipReader::State {
  z_stream stream = {};
  std::span<const std::byte> rest; // what zlib has not been given yet
  bool ended = false;
};

void GzipReader::Close::operator()(State *state) const {
  inflateEnd(&state->stream);
  delete state;
}

GzipReader::GzipReader(std::unique_ptr<State, Close> state, std::string where)
    : state(std::move(state)), where(std::move(where)) {}

Result<GzipReader> GzipReader::open(std::span<const std::byte> packed,
                                    std::string where, Form form) {
  std::unique_ptr<State, Close> state(new State);
  state->rest = packed;
  // 16: a gzip header is expected, and its checksum is verified at the end.
  int window = form == Form::Gzip ? 16 + MAX_WBITS : -MAX_WBITS;
  if (inflateInit2(&state->stream, window) != Z_OK)
    return Status(Code::OutOfMemory, "there is no memory to unpack it", where);
  return GzipReader(std::move(state), std::move(where));
}

// zlib counts in 32 bits: a piece of at most 1 GiB.
static unsigned pieceOf(size_t size) {
  return static_cast<unsigned>(std::min<size_t>(size, size_t{1} << 30));
}

Result<size_t> GzipReader::read(std::span<std::byte> out) {
  z_stream &stream = state->stream;
  size_t done = 0;
  while (done < out.size() && !state->ended) {
    unsigned given = pieceOf(state->rest.size());
    unsigned room = pieceOf(out.size() - done);
    // zlib does not write through next_in; its type is older than const.
    stream.next_in =
        reinterpret_cast<Bytef *>(const_cast<std::byte *>(state->rest.data()));
    stream.avail_in = given;
    stream.next_out = reinterpret_cast<Bytef *>(out.data() + done);
    stream.avail_out = room;
    int code = inflate(&stream, Z_NO_FLUSH);
    state->rest = state->rest.subspan(given - stream.avail_in);
    done += room - stream.avail_out;
    if (code == Z_STREAM_END) {
      state->ended = true;
      if (!state->rest.empty())
        return Status(Code::Damaged,
                      std::to_string(state->rest.size()) +
                          " bytes follow the end of the gzip stream",
                      where);
    } else if (code == Z_BUF_ERROR ||
               (code == Z_OK && state->rest.empty() && stream.avail_out != 0)) {
      return Status(Code::Damaged, "the gzip stream is cut short", where);
    } else if (code != Z_OK) {
      return Status(Code::Damaged,
                    std::string("the gzip stream is damaged: ") +
                        (stream.msg ? stream.msg : "error"),
                    where);
    }
  }
  return done;
}

Result<FileBytes> gan::runtime::inflateWhole(std::span<const std::byte> packed,
                                             uint64_t bytes,
                                             const std::string &where) {
  Status damaged(Code::Damaged, "the deflate stream is damaged", where);
  if (bytes > (packed.size() + 1) * kMostInflation)
    return damaged;
  Result<GzipReader> reader =
      GzipReader::open(packed, where, GzipReader::Form::Deflate);
  if (!reader.ok())
    return reader.status();
  FileBytes out(bytes);
  Result<size_t> got = reader->read(out);
  std::byte beyond; // The end is found where one more is asked for.
  Result<size_t> more = got.ok() ? reader->read(std::span(&beyond, 1)) : got;
  bool isWhole = got.ok() && *got == bytes && more.ok() && *more == 0;
  return isWhole ? Result(std::move(out)) : damaged;
}

uint32_t gan::runtime::checksumOf(std::span<const std::byte> bytes) {
  uLong sum = crc32(0, nullptr, 0);
  while (!bytes.empty()) {
    unsigned size = pieceOf(bytes.size());
    sum = crc32(sum, reinterpret_cast<const Bytef *>(bytes.data()), size);
    bytes = bytes.subspan(size);
  }
  return static_cast<uint32_t>(sum);
}
