// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A file of text that may be long, written as it is made.
#ifndef GAN_RUNTIME_REPORT_TEXTWRITER_H
#define GAN_RUNTIME_REPORT_TEXTWRITER_H

#include "runtime/base/File.h"

namespace gan::runtime {

/// Appears whole or not at all (`AtomicFile`); memory holds one piece of it.
class TextWriter {
public:
  static Result<TextWriter> create(const std::string &path);
  /// What fails is told by `commit`.
  void append(std::string_view text);
  /// At most once, and last.
  Status commit(Durability durability);

private:
  explicit TextWriter(AtomicFile file) : file(std::move(file)) {}
  void flush();
  AtomicFile file;
  std::string piece;
  Status status;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_TEXTWRITER_H
