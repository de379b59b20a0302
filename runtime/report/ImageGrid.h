// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pictures of samples: many small images side by side.
#ifndef GAN_RUNTIME_REPORT_IMAGEGRID_H
#define GAN_RUNTIME_REPORT_IMAGEGRID_H

#include "runtime/data/image/Picture.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace gan::runtime {

/// What the samples are: `count` images of `channels` x `height` x `width`, of
/// which `low` is black and `high` white.
struct SampleShape {
  int64_t count;
  int64_t channels;
  int64_t height;
  int64_t width;
  double low;
  double high;
  int64_t columns = 0; // images in a row; 0: a grid without a place left over,
                       // up to twice as wide as high, or else near a square
};

/// The samples in a grid, row by row, 2 black pixels around and between.
/// Where places are left over behind the last, the picture has another channel,
/// alpha, and nothing is seen there.
/// `valueAt(i)` gives their values one after another, channels outermost.
/// Values outside [low, high] are cut, those inside rounded to the nearest of
/// 256 levels; what is no number is black.
Picture tileImages(const SampleShape &shape,
                   const std::function<double(size_t)> &valueAt);

/// One of them by itself, without a border.
Picture imageOf(const SampleShape &shape, int64_t image,
                const std::function<double(size_t)> &valueAt);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_IMAGEGRID_H
