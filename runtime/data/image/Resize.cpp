// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/image/Resize.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace gan::runtime;

std::optional<Filter> gan::runtime::filterNamed(std::string_view name) {
  constexpr std::string_view names[] = {"nearest", "box", "bilinear", "bicubic",
                                        "lanczos"};
  for (size_t i = 0; i < std::size(names); ++i)
    if (name == names[i])
      return static_cast<Filter>(i);
  return std::nullopt;
}

// How far a filter reaches, in pixels of the smaller picture.
static double reachOf(Filter filter) {
  switch (filter) {
  case Filter::Nearest:
    return 0;
  case Filter::Box:
    return 0.5;
  case Filter::Bilinear:
    return 1;
  case Filter::Bicubic:
    return 2;
  case Filter::Lanczos:
    return 3;
  }
  return 0;
}

static double sinc(double x) {
  return x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

static double weigh(Filter filter, double x) {
  double a = std::fabs(x);
  switch (filter) {
  case Filter::Nearest:
    return 1;
  case Filter::Box:
    return x > -0.5 && x <= 0.5 ? 1 : 0;
  case Filter::Bilinear:
    return a < 1 ? 1 - a : 0;
  case Filter::Bicubic: // Keys, with -1/2.
    return a < 1   ? (1.5 * a - 2.5) * a * a + 1
           : a < 2 ? -0.5 * (((a - 5) * a + 8) * a - 4)
                   : 0;
  case Filter::Lanczos:
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }
  return 0;
}

namespace {
// Of one pixel of the result along one axis: pixels `first`, `first + 1`, ...
// of the source with these weights, whose sum is 1 << kWeightBits.
struct Weights {
  int64_t first;
  std::vector<int32_t> weights;
};
} // namespace

// Sums of bytes times weights fit into 32 bits, with two bits for overshoot.
static constexpr int kWeightBits = 22;

static Weights weightsOf(Filter filter, int64_t source, double scale,
                         int64_t pixel) {
  double center = (static_cast<double>(pixel) + 0.5) * scale;
  if (filter == Filter::Nearest)
    return {std::min(static_cast<int64_t>(center), source - 1),
            {1 << kWeightBits}};
  double widening = std::max(scale, 1.0);
  double reach = reachOf(filter) * widening;
  auto first = std::max(static_cast<int64_t>(center - reach + 0.5), int64_t{0});
  int64_t end = std::min(static_cast<int64_t>(center + reach + 0.5), source);
  std::vector<double> exact;
  double sum = 0;
  for (int64_t i = first; i < end; ++i) {
    exact.push_back(weigh(filter, (static_cast<double>(i) - center + 0.5) *
                                      (1 / widening)));
    sum += exact.back();
  }
  Weights result{first, {}};
  for (double weight : exact) {
    double scaled = (sum != 0 ? weight / sum : weight) * (1 << kWeightBits);
    result.weights.push_back(
        static_cast<int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5));
  }
  return result;
}

static std::vector<Weights> weightsOfAxis(Filter filter, int64_t source,
                                          int64_t target, int64_t first,
                                          int64_t count) {
  std::vector<Weights> weights;
  double scale = static_cast<double>(source) / static_cast<double>(target);
  for (int64_t i = first; i < first + count; ++i)
    weights.push_back(weightsOf(filter, source, scale, i));
  return weights;
}

// The weighted sum of bytes `stride` apart.
static uint8_t sumOf(const Weights &weights, const uint8_t *source,
                     int64_t stride) {
  int32_t sum = 1 << (kWeightBits - 1);
  for (int32_t weight : weights.weights) {
    sum += *source * weight;
    source += stride;
  }
  return static_cast<uint8_t>(std::clamp(sum >> kWeightBits, 0, 255));
}

// Rows [top, top + height) of the picture, stretched to `width` pixels of
// `window`.
static Picture resizeRows(const Picture &picture, const Window &window,
                          int64_t width, int64_t top, int64_t height,
                          Filter filter) {
  int64_t channels = picture.channels;
  Picture result = {width, height, channels, {}};
  result.pixels.reserve(width * height * channels);
  std::vector<Weights> columns =
      weightsOfAxis(filter, picture.width, window.width, window.left, width);
  for (int64_t y = top; y < top + height; ++y)
    for (const Weights &column : columns)
      for (int64_t c = 0; c < channels; ++c)
        result.pixels.push_back(sumOf(
            column,
            &picture.pixels[(y * picture.width + column.first) * channels + c],
            channels));
  return result;
}

Picture gan::runtime::resize(const Picture &picture, const Window &window,
                             int64_t width, int64_t height, Filter filter) {
  std::vector<Weights> rows =
      weightsOfAxis(filter, picture.height, window.height, window.top, height);
  int64_t top = rows.front().first;
  int64_t end =
      rows.back().first + static_cast<int64_t>(rows.back().weights.size());
  Picture wide = resizeRows(picture, window, width, top, end - top, filter);
  int64_t stride = width * picture.channels;
  Picture result = {width, height, picture.channels, {}};
  result.pixels.reserve(stride * height);
  for (const Weights &row : rows)
    for (int64_t i = 0; i < stride; ++i)
      result.pixels.push_back(
          sumOf(row, &wide.pixels[(row.first - top) * stride + i], stride));
  return result;
}

// ITU-R 601-2, in 16 bits.
static uint8_t greyOf(const uint8_t *colour) {
  return static_cast<uint8_t>(
      (colour[0] * 19595 + colour[1] * 38470 + colour[2] * 7471 + 0x8000) >>
      16);
}

// `value` with the opacity `alpha`, on white.
static uint8_t onWhite(unsigned value, unsigned alpha) {
  return static_cast<uint8_t>((value * alpha + 255 * (255 - alpha) + 127) /
                              255);
}

Picture gan::runtime::convertChannels(Picture picture, int64_t channels) {
  if (picture.channels == channels)
    return picture;
  bool hadAlpha = picture.channels % 2 == 0, hasAlpha = channels % 2 == 0;
  bool wasColour = picture.channels >= 3, isColour = channels >= 3;
  Picture result = {picture.width, picture.height, channels, {}};
  size_t count = picture.width * picture.height;
  result.pixels.reserve(count * channels);
  for (size_t i = 0; i < count; ++i) {
    const uint8_t *pixel = &picture.pixels[i * picture.channels];
    uint8_t alpha = hadAlpha ? pixel[picture.channels - 1] : 255;
    uint8_t grey = wasColour && !isColour ? greyOf(pixel) : pixel[0];
    for (int64_t c = 0; c < (isColour ? 3 : 1); ++c) {
      uint8_t value = wasColour && isColour ? pixel[c] : grey;
      result.pixels.push_back(hasAlpha ? value : onWhite(value, alpha));
    }
    if (hasAlpha)
      result.pixels.push_back(alpha);
  }
  return result;
}
