// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/TextWriter.h"

using namespace gan::runtime;

static constexpr size_t kPieceBytes = size_t{1} << 15;

Result<TextWriter> TextWriter::create(const std::string &path) {
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file.ok())
    return file.status();
  return TextWriter(file.take());
}

void TextWriter::append(std::string_view text) {
  piece += text;
  if (piece.size() >= kPieceBytes)
    flush();
}

void TextWriter::flush() {
  if (status.ok())
    status = file.write(bytesOf(piece));
  piece.clear();
}

Status TextWriter::commit(Durability durability) {
  flush();
  return status.ok() ? file.commit(durability) : status;
}
