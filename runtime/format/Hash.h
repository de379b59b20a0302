// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The hashes of a .ganx file.
#ifndef GAN_RUNTIME_FORMAT_HASH_H
#define GAN_RUNTIME_FORMAT_HASH_H

#include "runtime/format/SchemaText.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstddef>
#include <cstdint>

namespace gan::format {

/// XXH64 with seed 0.
inline uint64_t hashBytes(const void *bytes, size_t size) {
  return XXH64(bytes, size, 0);
}

/// What `schema_hash` holds: the hash of the schema that writer and loader were
/// built from.
inline uint64_t schemaHash() {
  return hashBytes(kSchemaText, sizeof(kSchemaText) - 1);
}

} // namespace gan::format

#endif // GAN_RUNTIME_FORMAT_HASH_H
