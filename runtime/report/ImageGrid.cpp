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

// The fewest that fill a grid of up to two squares, or else those of the square
// that holds all.
static int64_t columnsFor(int64_t count) {
  auto side =
      static_cast<int64_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  for (int64_t columns = side; columns * columns <= 2 * count; ++columns)
    if (count % columns == 0)
      return columns;
  return side;
}

// The picture with alpha, none in the rows from `top` on right of `left`.
static Picture withoutCorner(const Picture &picture, int64_t top,
                             int64_t left) {
  Picture result{.width = picture.width,
                 .height = picture.height,
                 .channels = picture.channels + 1,
                 .pixels = {}};
  for (int64_t i = 0; i < picture.width * picture.height; ++i) {
    auto pixel = picture.pixels.begin() + i * picture.channels;
    bool isCorner = i / picture.width >= top && i % picture.width >= left;
    result.pixels.insert(result.pixels.end(), pixel, pixel + picture.channels);
    result.pixels.push_back(isCorner ? 0 : 255);
  }
  return result;
}

Picture gan::runtime::tileImages(const SampleShape &shape,
                                 const std::function<double(size_t)> &valueAt) {
  int64_t columns = shape.columns ? shape.columns : columnsFor(shape.count);
  int64_t rows = (shape.count + columns - 1) / columns;
  int64_t height = shape.height + kBorder, width = shape.width + kBorder;
  Picture grid{.width = columns * width + kBorder,
               .height = rows * height + kBorder,
               .channels = shape.channels,
               .pixels = {}};
  grid.pixels.assign(grid.width * grid.height * grid.channels, 0);
  for (int64_t image = 0; image < shape.count; ++image)
    putImage(grid, kBorder + image / columns * height,
             kBorder + image % columns * width, shape, image, valueAt);
  int64_t inLast = shape.count % columns;
  return inLast == 0 ? grid
                     : withoutCorner(grid, (rows - 1) * height + kBorder,
                                     inLast * width + kBorder);
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
