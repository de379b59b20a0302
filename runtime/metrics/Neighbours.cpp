// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Neighbours.h"
#include "runtime/metrics/Linear.h"
#include "runtime/metrics/Parallel.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <mutex>

using namespace gan::runtime;

// Rows that a thread takes at once; the other set passes through the caches
// once for each block.
static constexpr size_t kBlock = 32;

// Calls `visit(i, j, squared distance)` for begin <= i < end and every j.
template <typename Visit>
static void forEachPair(const Matrix &a, const Matrix &b, size_t begin,
                        size_t end, Visit visit) {
  for (size_t j = 0; j < b.rows; ++j)
    for (size_t i = begin; i < end; ++i)
      visit(i, j, squaredDistance(a.row(i), b.row(j)));
}

// The squared distance of every row to its k-th neighbour among the others.
static std::vector<double> radii(const Matrix &set, size_t k,
                                 unsigned threads) {
  std::vector<double> result(set.rows);
  forEachBlock(set.rows, kBlock, threads, [&](size_t begin, size_t end) {
    Matrix distances(end - begin, set.rows);
    forEachPair(set, set, begin, end, [&](size_t i, size_t j, double distance) {
      distances.at(i - begin, j) =
          i == j ? std::numeric_limits<double>::infinity() : distance;
    });
    for (size_t i = begin; i < end; ++i) {
      std::vector<double>::iterator row =
          distances.values.begin() + (i - begin) * set.rows;
      std::nth_element(row, row + (k - 1), row + set.rows);
      result[i] = row[k - 1];
    }
  });
  return result;
}

namespace {
// What one block of reals finds; integers, whose sums have no order.
struct Hits {
  std::vector<uint32_t> ballsAround; // of each fake
  size_t realsInBalls = 0;
  size_t ballsHit = 0;
};
} // namespace

Coverings gan::runtime::compareManifolds(const Matrix &reals,
                                         const Matrix &fakes, size_t k,
                                         unsigned threads) {
  std::vector<double> realRadii = radii(reals, k, threads);
  std::vector<double> fakeRadii = radii(fakes, k, threads);
  Hits all{.ballsAround = std::vector<uint32_t>(fakes.rows)};
  std::mutex mutex;
  forEachBlock(reals.rows, kBlock, threads, [&](size_t begin, size_t end) {
    Hits hits{.ballsAround = std::vector<uint32_t>(fakes.rows)};
    std::vector<uint8_t> isInBall(end - begin), isHit(end - begin);
    forEachPair(reals, fakes, begin, end,
                [&](size_t i, size_t j, double distance) {
                  if (distance < fakeRadii[j])
                    isInBall[i - begin] = 1;
                  if (distance < realRadii[i]) {
                    isHit[i - begin] = 1;
                    ++hits.ballsAround[j];
                  }
                });
    std::lock_guard lock(mutex);
    all.realsInBalls += std::ranges::count(isInBall, 1);
    all.ballsHit += std::ranges::count(isHit, 1);
    for (size_t j = 0; j < fakes.rows; ++j)
      all.ballsAround[j] += hits.ballsAround[j];
  });
  uint64_t ballsAround = 0, fakesInBalls = 0;
  for (uint32_t count : all.ballsAround) {
    ballsAround += count;
    fakesInBalls += count > 0;
  }
  double realCount = static_cast<double>(reals.rows);
  double fakeCount = static_cast<double>(fakes.rows);
  return {.precision = static_cast<double>(fakesInBalls) / fakeCount,
          .recall = static_cast<double>(all.realsInBalls) / realCount,
          .density = static_cast<double>(ballsAround) /
                     (static_cast<double>(k) * fakeCount),
          .coverage = static_cast<double>(all.ballsHit) / realCount};
}

// The squared distance of every row of `from` to the nearest of `to`, itself
// left out where both are one set.
static std::vector<double> nearest(const Matrix &from, const Matrix &to,
                                   unsigned threads) {
  bool isOneSet = &from == &to;
  std::vector<double> result(from.rows,
                             std::numeric_limits<double>::infinity());
  forEachBlock(from.rows, kBlock, threads, [&](size_t begin, size_t end) {
    forEachPair(from, to, begin, end, [&](size_t i, size_t j, double distance) {
      if (!isOneSet || i != j)
        result[i] = std::min(result[i], distance);
    });
  });
  return result;
}

// The part of `own` whose nearest is of its own kind.
static double ownNearest(const Matrix &own, const Matrix &others,
                         unsigned threads) {
  std::vector<double> inside = nearest(own, own, threads);
  std::vector<double> across = nearest(own, others, threads);
  double sum = 0;
  for (size_t i = 0; i < own.rows; ++i)
    sum += inside[i] < across[i] ? 1 : inside[i] == across[i] ? 0.5 : 0;
  return sum / static_cast<double>(own.rows);
}

TwoSample gan::runtime::nearestNeighbourTest(const Matrix &reals,
                                             const Matrix &fakes,
                                             unsigned threads) {
  TwoSample result;
  result.ofReals = ownNearest(reals, fakes, threads);
  result.ofFakes = ownNearest(fakes, reals, threads);
  result.accuracy = (result.ofReals + result.ofFakes) / 2;
  return result;
}
