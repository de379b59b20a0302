// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The three decoders, each the one wrapper of its library.
#ifndef GAN_RUNTIME_DATA_IMAGE_DECODERS_H
#define GAN_RUNTIME_DATA_IMAGE_DECODERS_H

#include "runtime/data/image/Decode.h"

namespace gan::runtime {

/// Refuses extents beyond the limits of Decode.h for a file of so many bytes.
Status checkExtents(uint64_t width, uint64_t height, uint64_t fileBytes,
                    const std::string &where);

// As `decodeImage`, but not turned.
Result<Picture> decodePng(std::span<const std::byte> file,
                          const std::string &where);
// The same of numbers, as `decodeNumbers`.
Result<Picture> decodePngNumbers(std::span<const std::byte> file,
                                 const std::string &where);
Result<Picture> decodeJpeg(std::span<const std::byte> file,
                           const std::string &where);
Result<Picture> decodeWebp(std::span<const std::byte> file,
                           const std::string &where);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_DECODERS_H
