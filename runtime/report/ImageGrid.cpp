// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/ImageGrid.h"

#include <algorithm>
#include <cmath>

using namespace gan::runtime;

static constexpr int64_t kBorder = 2;

static uint8_t levelOf(double value, const SampleShape &shape) {
  double part = (value - shape.low) / (shape.high - shape.low);
  // The comparison is false for NaN, which becomes 0.
  return part > 0 ? static_cast<uint8_t>(std::lround(255 * std::min(part, 1.0)))
                  : 0;
}

// Puts an image of the samples at a place of a picture.
static void putImage(Picture &picture, int64_t top, int64_t left,
                     const SampleShape &shape, int64_t image,
                     const std::function<double(size_t)> &valueAt) {
  size_t next = image * shape.channels * shape.height * shape.width;
  for (int64_t channel = 0; channel < shape.channels; ++channel)
    for (int64_t y = 0; y < shape.height; ++y)
      for (int64_t x = 0; x < shape.width; ++x)
        picture
            .pixels[((top + y) * picture.width + left + x) * picture.channels +
                    channel] = levelOf(valueAt(next++), shape);
}

Picture gan::runtime::tileImages(const SampleShape &shape,
                                 const std::function<double(size_t)> &valueAt) {
  int64_t columns = shape.columns;
  if (columns == 0)
    columns = static_cast<int64_t>(
        std::ceil(std::sqrt(static_cast<double>(shape.count))));
  int64_t rows = (shape.count + columns - 1) / columns;
  Picture grid{.width = columns * (shape.width + kBorder) + kBorder,
               .height = rows * (shape.height + kBorder) + kBorder,
               .channels = shape.channels,
               .pixels = {}};
  grid.pixels.assign(grid.width * grid.height * grid.channels, 0);
  for (int64_t image = 0; image < shape.count; ++image)
    putImage(grid, kBorder + image / columns * (shape.height + kBorder),
             kBorder + image % columns * (shape.width + kBorder), shape, image,
             valueAt);
  return grid;
}

Picture gan::runtime::imageOf(const SampleShape &shape, int64_t image,
                              const std::function<double(size_t)> &valueAt) {
  Picture picture{.width = shape.width,
                  .height = shape.height,
                  .channels = shape.channels,
                  .pixels = {}};
  picture.pixels.resize(shape.width * shape.height * shape.channels);
  putImage(picture, 0, 0, shape, image, valueAt);
  return picture;
}
