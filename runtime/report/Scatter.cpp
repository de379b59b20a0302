// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Scatter.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace gan::runtime;

using Colour = std::array<uint8_t, 3>;
static constexpr int64_t kSide = 480;
// So many points at most are drawn as large dots; more would run together.
static constexpr size_t kFewPoints = 512;
static constexpr Colour kPoint = {31, 119, 180};
static constexpr Colour kMark = {214, 39, 40};

// The largest coordinate that is a number; 1 if there is none but 0.
static double extentOf(std::span<const double> points) {
  double extent = 0;
  for (double coordinate : points)
    if (std::isfinite(coordinate))
      extent = std::max(extent, std::abs(coordinate));
  return extent > 0 ? extent : 1;
}

// The pixel of a coordinate of [-extent, extent]; -1: outside or no number.
static int64_t pixelOf(double coordinate, double extent) {
  double part = (coordinate + extent) / (2 * extent);
  return part >= 0 && part < 1 ? static_cast<int64_t>(part * kSide) : -1;
}

static void paint(Picture &picture, int64_t x, int64_t y, Colour colour) {
  if (x < 0 || y < 0 || x >= kSide || y >= kSide)
    return;
  std::copy(colour.begin(), colour.end(),
            picture.pixels.begin() + 3 * (y * kSide + x));
}

Picture gan::runtime::plotPoints(std::span<const double> points,
                                 std::span<const double> marks) {
  double extent =
      marks.empty() ? 1.05 * extentOf(points) : 1.5 * extentOf(marks);
  Picture picture{.width = kSide, .height = kSide, .channels = 3, .pixels = {}};
  picture.pixels.assign(3 * kSide * kSide, 255);
  auto forEachPlace = [&](std::span<const double> list, auto &&draw) {
    for (size_t i = 0; i + 1 < list.size(); i += 2) {
      int64_t x = pixelOf(list[i], extent);
      int64_t y = pixelOf(list[i + 1], extent);
      if (x >= 0 && y >= 0)
        draw(x, kSide - 1 - y); // The second axis points up.
    }
  };
  // A dot is a square of twice `half` pixels, a large one without its corners.
  int64_t half = points.size() <= 2 * kFewPoints ? 2 : 1;
  forEachPlace(points, [&](int64_t x, int64_t y) {
    for (int64_t dy = -half; dy < half; ++dy)
      for (int64_t dx = -half; dx < half; ++dx)
        if (half == 1 || dx * dx + dx + dy * dy + dy < 2 * half)
          paint(picture, x + dx, y + dy, kPoint);
  });
  forEachPlace(marks, [&](int64_t x, int64_t y) {
    for (int64_t d = -4; d <= 4; ++d) {
      paint(picture, x + d, y, kMark);
      paint(picture, x, y + d, kMark);
    }
  });
  return picture;
}
