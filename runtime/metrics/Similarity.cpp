// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Similarity.h"
#include "runtime/metrics/Parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

using namespace gan::runtime;

// The weights of the scales, from Wang et al.
static constexpr std::array<double, 5> kWeights = {0.0448, 0.2856, 0.3001,
                                                   0.2363, 0.1333};
static constexpr double kC1 = (0.01 * 255) * (0.01 * 255);
static constexpr double kC2 = (0.03 * 255) * (0.03 * 255);

namespace {
using Plane = std::vector<double>;

// Means over one scale: luminance, contrast and structure; the latter two.
struct Scale {
  double similarity = 0;
  double structure = 0;
};
} // namespace

// The window along one axis; the window of both axes is its square.
static std::vector<double> gaussWindow(size_t size) {
  double deviation = 1.5 * static_cast<double>(size) / 11;
  double centre = (static_cast<double>(size) - 1) / 2;
  std::vector<double> window(size);
  double sum = 0;
  for (size_t i = 0; i < size; ++i) {
    double x = static_cast<double>(i) - centre;
    sum += window[i] = std::exp(-x * x / (2 * deviation * deviation));
  }
  for (double &weight : window)
    weight /= sum;
  return window;
}

// Weighted sums over the windows that lie inside, along rows, then columns.
static Plane blur(const Plane &plane, size_t height, size_t width,
                  const std::vector<double> &window) {
  size_t size = window.size();
  size_t columns = width - size + 1, rows = height - size + 1;
  Plane across(height * columns), result(rows * columns);
  for (size_t y = 0; y < height; ++y)
    for (size_t x = 0; x < columns; ++x)
      for (size_t k = 0; k < size; ++k)
        across[y * columns + x] += window[k] * plane[y * width + x + k];
  for (size_t y = 0; y < rows; ++y)
    for (size_t k = 0; k < size; ++k)
      for (size_t x = 0; x < columns; ++x)
        result[y * columns + x] += window[k] * across[(y + k) * columns + x];
  return result;
}

static Plane product(const Plane &a, const Plane &b) {
  Plane result(a.size());
  std::ranges::transform(a, b, result.begin(), std::multiplies<double>());
  return result;
}

static Scale compare(const Plane &a, const Plane &b, size_t height,
                     size_t width) {
  std::vector<double> window =
      gaussWindow(std::min<size_t>({11, height, width}));
  Plane meanA = blur(a, height, width, window);
  Plane meanB = blur(b, height, width, window);
  Plane squaresA = blur(product(a, a), height, width, window);
  Plane squaresB = blur(product(b, b), height, width, window);
  Plane products = blur(product(a, b), height, width, window);
  Scale sums;
  for (size_t i = 0; i < meanA.size(); ++i) {
    double both = meanA[i] * meanB[i];
    double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
    double structure = (2 * (products[i] - both) + kC2) /
                       (squaresA[i] + squaresB[i] - squares + kC2);
    sums.structure += structure;
    sums.similarity += structure * (2 * both + kC1) / (squares + kC1);
  }
  double count = static_cast<double>(meanA.size());
  return {.similarity = sums.similarity / count,
          .structure = sums.structure / count};
}

static Plane halve(const Plane &plane, size_t height, size_t width) {
  size_t rows = height / 2, columns = width / 2;
  Plane result(rows * columns);
  for (size_t y = 0; y < rows; ++y)
    for (size_t x = 0; x < columns; ++x) {
      const double *corner = &plane[2 * y * width + 2 * x];
      result[y * columns + x] =
          (corner[0] + corner[1] + corner[width] + corner[width + 1]) / 4;
    }
  return result;
}

double gan::runtime::multiScaleSimilarity(std::span<const double> a,
                                          std::span<const double> b,
                                          ImageShape shape) {
  std::array<Scale, kWeights.size()> scales;
  size_t area = shape.height * shape.width;
  for (size_t channel = 0; channel < shape.channels; ++channel) {
    std::span<const double> channelA = a.subspan(channel * area, area);
    std::span<const double> channelB = b.subspan(channel * area, area);
    Plane planeA(channelA.begin(), channelA.end());
    Plane planeB(channelB.begin(), channelB.end());
    size_t height = shape.height, width = shape.width;
    for (Scale &scale : scales) {
      Scale found = compare(planeA, planeB, height, width);
      double part = 1 / static_cast<double>(shape.channels);
      scale.similarity += found.similarity * part;
      scale.structure += found.structure * part;
      planeA = halve(planeA, height, width);
      planeB = halve(planeB, height, width);
      height /= 2;
      width /= 2;
    }
  }
  double result = 1;
  for (size_t i = 0; i < scales.size(); ++i) {
    double mean =
        i + 1 < scales.size() ? scales[i].structure : scales[i].similarity;
    result *= std::pow(std::max(mean, 0.0), kWeights[i]);
  }
  return result;
}

double gan::runtime::meanSimilarity(const Matrix &images, ImageShape shape,
                                    unsigned threads) {
  size_t pairs = images.rows / 2;
  std::vector<double> values(pairs);
  forEachBlock(pairs, /*block=*/1, threads, [&](size_t i, size_t) {
    values[i] =
        multiScaleSimilarity(images.row(i), images.row(pairs + i), shape);
  });
  double sum = 0;
  for (double value : values)
    sum += value;
  return sum / static_cast<double>(pairs);
}
