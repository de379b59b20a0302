// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What surrounds the FlatBuffer in a .ganx file and in a trainer. All numbers
// little-endian.
#ifndef GAN_RUNTIME_FORMAT_LAYOUT_H
#define GAN_RUNTIME_FORMAT_LAYOUT_H

#include <cstdint>

namespace gan::format {

inline constexpr uint32_t kFormatVersion = 1;
inline constexpr uint64_t kSegmentAlignment = 64;
inline constexpr uint64_t kImageAlignment = 4096;
inline constexpr uint64_t kBufferAlignment = 64;
inline constexpr char kHeaderMagic[8] = {'G', 'A', 'N', 'X',
                                         'F', 'I', 'L', 'E'};
inline constexpr char kTrailerMagic[8] = {'G', 'A', 'N', 'X',
                                          'T', 'A', 'I', 'L'};

// The first 64 bytes of a .ganx; the FlatBuffer follows at once.
struct FileHeader {
  char magic[8];
  uint32_t version;
  uint32_t reserved0;
  uint64_t tableBytes; // length of the FlatBuffer
  uint64_t tableHash;  // XXH64 of it, seed 0
  uint64_t fileBytes;  // length of the whole .ganx, header included
  uint8_t reserved[24];
};
static_assert(sizeof(FileHeader) == 64);

// The last 32 bytes of a trainer.
struct FileTrailer {
  char magic[8];
  uint64_t
      offset;     // of the .ganx from the start of the file, a multiple of 4096
  uint64_t bytes; // of the .ganx
  uint64_t reserved;
};
static_assert(sizeof(FileTrailer) == 32);

} // namespace gan::format

#endif // GAN_RUNTIME_FORMAT_LAYOUT_H
