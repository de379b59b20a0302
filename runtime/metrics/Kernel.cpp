// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Kernel.h"
#include "runtime/base/Rng.h"
#include "runtime/metrics/Linear.h"
#include "runtime/metrics/Parallel.h"

#include <algorithm>

using namespace gan::runtime;

// The sum of the kernel over all pairs, less those of a row with itself where
// both are one set.
static double kernelSum(const Matrix &a, const Matrix &b, bool isOneSet) {
  Matrix products = innerProducts(a, b);
  double sum = 0;
  for (size_t i = 0; i < a.rows; ++i)
    for (size_t j = 0; j < b.rows; ++j) {
      if (isOneSet && i == j)
        continue;
      double base = products.at(i, j) / static_cast<double>(a.columns) + 1;
      sum += base * base * base;
    }
  return sum;
}

double gan::runtime::kernelDistance(const Matrix &a, const Matrix &b) {
  double m = static_cast<double>(a.rows);
  double n = static_cast<double>(b.rows);
  return kernelSum(a, a, /*isOneSet=*/true) / (m * (m - 1)) +
         kernelSum(b, b, /*isOneSet=*/true) / (n * (n - 1)) -
         2 * kernelSum(a, b, /*isOneSet=*/false) / (m * n);
}

static Matrix drawRows(const Matrix &from, size_t count, const char *name,
                       uint64_t seed, uint64_t block) {
  KeyedPermutation order(name, seed, block, from.rows);
  Matrix drawn(count, from.columns);
  for (size_t i = 0; i < count; ++i)
    std::ranges::copy(from.row(order(i)),
                      drawn.values.begin() + i * from.columns);
  return drawn;
}

Spread gan::runtime::kernelDistanceOfBlocks(const Matrix &a, const Matrix &b,
                                            const KernelBlocks &blocks,
                                            unsigned threads) {
  size_t rows = std::min({blocks.rows, a.rows, b.rows});
  std::vector<double> distances(blocks.count);
  forEachBlock(blocks.count, /*block=*/1, threads, [&](size_t i, size_t) {
    distances[i] = kernelDistance(drawRows(a, rows, "a", blocks.seed, i),
                                  drawRows(b, rows, "b", blocks.seed, i));
  });
  return spreadOf(distances);
}
