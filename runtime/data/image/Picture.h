// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An image of bytes, as it is read, shown and drawn.
#ifndef GAN_RUNTIME_DATA_IMAGE_PICTURE_H
#define GAN_RUNTIME_DATA_IMAGE_PICTURE_H

#include <cstdint>
#include <vector>

namespace gan::runtime {

/// `channels` of each pixel together, rows from the top: 1 grey, 2 grey and
/// alpha, 3 red, green, blue, 4 with alpha.
struct Picture {
  int64_t width = 0;
  int64_t height = 0;
  int64_t channels = 1;
  std::vector<uint8_t> pixels;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_IMAGE_PICTURE_H
