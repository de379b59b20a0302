// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Records of bytes that may end anywhere.
#ifndef GAN_RUNTIME_DATA_CONTAINER_FIELDS_H
#define GAN_RUNTIME_DATA_CONTAINER_FIELDS_H

#include "runtime/base/File.h"

namespace gan::runtime {

/// Least significant byte first. What lies beyond the end is 0, and no text.
struct Fields {
  std::span<const std::byte> bytes;

  uint64_t at(size_t offset, unsigned width) const;
  std::string_view text(size_t offset, size_t size) const;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_CONTAINER_FIELDS_H
