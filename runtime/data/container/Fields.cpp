// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/Fields.h"

using namespace gan::runtime;

uint64_t Fields::at(size_t offset, unsigned width) const {
  uint64_t number = 0;
  for (unsigned i = 0; i < width && offset + i < bytes.size(); ++i)
    number |= std::to_integer<uint64_t>(bytes[offset + i]) << 8 * i;
  return number;
}

std::string_view Fields::text(size_t offset, size_t size) const {
  std::string_view all = textOf(bytes);
  return offset < all.size() ? all.substr(offset, size) : std::string_view();
}
