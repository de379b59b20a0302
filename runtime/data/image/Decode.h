// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From the bytes of an image file to a picture.
#ifndef GAN_RUNTIME_DATA_IMAGE_DECODE_H
#define GAN_RUNTIME_DATA_IMAGE_DECODE_H

#include "runtime/base/Status.h"
#include "runtime/data/image/Picture.h"

#include <cstddef>
#include <span>
#include <string>

namespace gan::runtime {

// What is refused before there is memory for it.
inline constexpr uint64_t kMostImageFileBytes = uint64_t{1} << 26;
inline constexpr uint64_t kMostExtent = 65535;
inline constexpr uint64_t kMostPixels = uint64_t{1} << 26;
/// Above `kFreePixels`, a pixel may come of no less than 1/1000 of a byte.
inline constexpr uint64_t kFreePixels = uint64_t{1} << 22;
inline constexpr uint64_t kMostPixelsPerByte = 1000;

/// From the bytes of a file, called as the last says, to a picture.
using DecodeFn = Result<Picture> (*)(std::span<const std::byte>,
                                     const std::string &);

/// Decodes a PNG, JPEG or WebP file (told by its first bytes) as it is meant to
/// be seen: palettes expanded, 16 bits rounded to 8, CMYK made RGB, turned as
/// EXIF says. Colour profiles and gamma are left alone: values are those of the
/// file. `where` names the file in messages.
///
/// `Damaged`: none of these formats, cut, damaged, animated, or beyond a limit.
Result<Picture> decodeImage(std::span<const std::byte> file,
                            const std::string &where);

/// Decodes a PNG whose pixels are numbers, not colours: one channel with the
/// indices of a palette, or grey as it is stored, of up to 8 bits. Else as
/// `decodeImage`.
Result<Picture> decodeNumbers(std::span<const std::byte> file,
                              const std::string &where);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_DECODE_H
