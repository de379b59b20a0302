// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The content of an IDX file, whatever it is used for.
#ifndef GAN_RUNTIME_DATA_ARRAY_IDXFILE_H
#define GAN_RUNTIME_DATA_ARRAY_IDXFILE_H

#include "runtime/base/File.h"

#include <span>
#include <string>
#include <vector>

namespace gan::runtime {

/// Records of unsigned bytes.
struct IdxContent {
  std::vector<uint64_t> sizes; // 1 to 4, the first is the number of records
  FileBytes bytes;             // their product, last axis fastest
};

/// Reads the file, plain or packed with gzip (told by its first bytes).
/// `Damaged`: not IDX, another element type than ubyte, cut short, bytes behind
/// the last record, no records, or sizes that a file of this length cannot
/// hold; those are found before anything is allocated for them.
Result<IdxContent> readIdxFile(const std::string &path);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_ARRAY_IDXFILE_H
