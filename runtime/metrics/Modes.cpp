// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Modes.h"
#include "runtime/metrics/Linear.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>

using namespace gan::runtime;

// log K - H of the histogram, H its entropy.
static Modes summarise(const std::map<uint64_t, uint64_t> &histogram,
                       size_t possible, size_t samples) {
  uint64_t counted = 0;
  for (const auto &[mode, count] : histogram)
    counted += count;
  Modes modes{.possible = possible,
              .covered = histogram.size(),
              .quality =
                  static_cast<double>(counted) / static_cast<double>(samples)};
  modes.reverseDivergence = counted ? std::log(static_cast<double>(possible))
                                    : std::numeric_limits<double>::infinity();
  for (const auto &[mode, count] : histogram) {
    double part = static_cast<double>(count) / static_cast<double>(counted);
    modes.reverseDivergence += part * std::log(part);
  }
  return modes;
}

Modes gan::runtime::modesOfMixture(const Matrix &samples, const Matrix &centres,
                                   double deviation) {
  std::map<uint64_t, uint64_t> histogram;
  for (size_t i = 0; i < samples.rows; ++i) {
    size_t mode = 0;
    double least = std::numeric_limits<double>::infinity();
    for (size_t c = 0; c < centres.rows; ++c) {
      double distance = squaredDistance(samples.row(i), centres.row(c));
      if (distance < least) {
        least = distance;
        mode = c;
      }
    }
    if (std::sqrt(least) < 3 * deviation)
      ++histogram[mode];
  }
  return summarise(histogram, centres.rows, samples.rows);
}

Modes gan::runtime::modesOfClasses(const Matrix &logits, size_t classes) {
  std::map<uint64_t, uint64_t> histogram;
  uint64_t possible = 1;
  for (size_t digit = 0; digit < logits.columns / classes; ++digit)
    possible *= classes;
  for (size_t i = 0; i < logits.rows; ++i) {
    uint64_t code = 0;
    for (size_t start = 0; start < logits.columns; start += classes) {
      std::span<const double> digit = logits.row(i).subspan(start, classes);
      code = code * classes + (std::ranges::max_element(digit) - digit.begin());
    }
    ++histogram[code];
  }
  return summarise(histogram, possible, logits.rows);
}
