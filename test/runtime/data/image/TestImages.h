// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Image files for tests, made by the libraries' own encoders.
#ifndef GAN_TEST_RUNTIME_DATA_IMAGE_TESTIMAGES_H
#define GAN_TEST_RUNTIME_DATA_IMAGE_TESTIMAGES_H

#include "runtime/base/File.h"
#include "runtime/data/image/Picture.h"

namespace gan::test {

/// Byte (x, y, c) is (31 x + 17 y + 71 c + x y) mod 256.
runtime::Picture makePattern(int64_t width, int64_t height, int64_t channels);

/// What else a PNG can be.
struct PngForm {
  int depth = 8; // 16: each byte v becomes 257 v
  bool isInterlaced = false;
  bool hasPalette = false; // each byte is an index, 16 colours; depth 4 or 8
};
runtime::FileBytes encodePng(const runtime::Picture &picture,
                             const PngForm &form = {});
/// 1 channel grey, 3 RGB without subsampling, 4 CMYK as Adobe has it.
runtime::FileBytes encodeJpeg(const runtime::Picture &picture, int quality);
/// Lossless, 3 or 4 channels.
runtime::FileBytes encodeWebp(const runtime::Picture &picture);

/// The file (any of the three) with an EXIF block that says so. A WebP needs
/// alpha: its extended header is written for that.
runtime::FileBytes withOrientation(const runtime::FileBytes &file,
                                   int orientation);

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_DATA_IMAGE_TESTIMAGES_H
