// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pictures of samples: many small images side by side.
#ifndef GAN_RUNTIME_REPORT_IMAGEGRID_H
#define GAN_RUNTIME_REPORT_IMAGEGRID_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace gan::runtime {

/// An image of bytes, `channels` (1 or 3) of each pixel together, rows from the
/// top.
struct Picture {
  int64_t width = 0;
  int64_t height = 0;
  int64_t channels = 1;
  std::vector<uint8_t> pixels;
};

/// What the samples are: `count` images of `channels` x `height` x `width`, of
/// which `low` is black and `high` white.
struct SampleShape {
  int64_t count;
  int64_t channels;
  int64_t height;
  int64_t width;
  double low;
  double high;
};

/// The samples in a grid as near to a square as their count allows, row by row,
/// 2 black pixels around and between. `valueAt(i)` gives their values one after
/// another, channels outermost. Values outside [low, high] are cut, those
/// inside rounded to the nearest of 256 levels; what is no number is black.
Picture tileImages(const SampleShape &shape,
                   const std::function<double(size_t)> &valueAt);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_IMAGEGRID_H
