// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which way up an image is meant to be seen.
#ifndef GAN_RUNTIME_DATA_IMAGE_ORIENTATION_H
#define GAN_RUNTIME_DATA_IMAGE_ORIENTATION_H

#include "runtime/data/image/Picture.h"

#include <cstddef>
#include <span>

namespace gan::runtime {

/// What EXIF says in a PNG, JPEG or WebP file, 1 to 8 (TIFF 6.0, tag 274); 1,
/// upright, where it says nothing or nonsense.
int orientationOf(std::span<const std::byte> file);

/// The picture set upright, given how it is stored.
Picture turn(Picture picture, int orientation);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_ORIENTATION_H
