// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files as text.
#ifndef GAN_TEST_RUNTIME_BASE_CONTENT_H
#define GAN_TEST_RUNTIME_BASE_CONTENT_H

#include "runtime/base/File.h"

namespace gan::test {

/// What the file holds; where it cannot be read, why.
inline std::string contentOf(const std::string &path) {
  runtime::Result<runtime::FileBytes> bytes = runtime::readFile(path, 1 << 20);
  return bytes.ok() ? std::string(runtime::textOf(*bytes))
                    : bytes.status().text();
}

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_BASE_CONTENT_H
