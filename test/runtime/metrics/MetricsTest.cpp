// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Metrics against closed forms, against NumPy and SciPy (reference.py, whose
// values reference.json holds), and against themselves on other threads.
#include "runtime/base/File.h"
#include "runtime/base/Json.h"
#include "runtime/metrics/Frechet.h"
#include "runtime/metrics/Kernel.h"
#include "runtime/metrics/Linear.h"
#include "runtime/metrics/Modes.h"
#include "runtime/metrics/Neighbours.h"
#include "runtime/metrics/Parallel.h"
#include "runtime/metrics/Score.h"
#include "runtime/metrics/Similarity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <sys/resource.h>
#include <unistd.h>

using namespace gan::runtime;

// The generator of reference.py.
static std::vector<double> uniforms(uint64_t seed, size_t count) {
  std::vector<double> values;
  uint64_t state = seed;
  while (values.size() < count) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    values.push_back(static_cast<double>(state >> 11) * 0x1p-53);
  }
  return values;
}

static Matrix features(uint64_t seed, size_t rows, size_t columns, double scale,
                       double offset) {
  std::vector<double> x = uniforms(seed, rows * columns * 4);
  Matrix result(rows, columns);
  for (size_t i = 0; i < rows * columns; ++i)
    result.values[i] =
        (x[4 * i] + x[4 * i + 1] + x[4 * i + 2] + x[4 * i + 3] - 2) * scale +
        offset;
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 1; j < columns; ++j)
      result.at(i, j) += 0.5 * result.at(i, j - 1);
  return result;
}

static Matrix reals() { return features(1, 300, 24, 1, 0); }
static Matrix fakes() { return features(2, 260, 24, 0.9, 0.1); }

// The value of reference.json under `key`, or under `inner` within it.
static double reference(const char *key, const char *inner = nullptr) {
  Result<FileBytes> bytes = readFile(GAN_REFERENCE, 1 << 20);
  if (!bytes.ok())
    return std::numeric_limits<double>::quiet_NaN();
  Result<Json> json = parseJson(textOf(*bytes), GAN_REFERENCE);
  if (!json.ok())
    return std::numeric_limits<double>::quiet_NaN();
  const Json *object = inner ? findMember(*json, key) : &*json;
  Result<double> value =
      realMember(*object, inner ? inner : key, GAN_REFERENCE);
  return value.ok() ? *value : std::numeric_limits<double>::quiet_NaN();
}

static Matrix column(std::vector<double> values) {
  Matrix matrix(values.size(), 1);
  matrix.values = std::move(values);
  return matrix;
}

TEST(Frechet, IsTheDistanceOfGaussiansInClosedForm) {
  // |m|^2 + d (1 - s)^2 for N(0, I) and N(m, s^2 I).
  Moments standard{.mean = {0, 0, 0}, .covariance = Matrix(3, 3)};
  Moments other{.mean = {1, -2, 0.5}, .covariance = Matrix(3, 3)};
  for (size_t i = 0; i < 3; ++i) {
    standard.covariance.at(i, i) = 1;
    other.covariance.at(i, i) = 0.25;
  }
  EXPECT_NEAR(frechetDistance(standard, other), 5.25 + 3 * 0.25, 1e-12);
  EXPECT_NEAR(frechetDistance(other, other), 0, 1e-12);
}

TEST(Frechet, IsThatOfSciPy) {
  EXPECT_NEAR(frechetDistance(momentsOf(reals(), 1), momentsOf(fakes(), 1)) /
                  reference("frechet"),
              1, 1e-8);
}

TEST(Frechet, HoldsWhereThereAreFewerRowsThanFeatures) {
  // Two points each: the covariances are of rank 1, their root of rank 1 or 0.
  Matrix a = column({0, 0, 0, 2, 0, 0});
  a.rows = 2, a.columns = 3;
  Matrix b = column({0, 0, 0, 0, 4, 0});
  b.rows = 2, b.columns = 3;
  // Means (1, 0, 0) and (0, 2, 0); variances 2 and 8, at right angles.
  EXPECT_NEAR(frechetDistance(momentsOf(a, 1), momentsOf(b, 1)), 5 + 10, 1e-7);
}

TEST(Kernel, IsThatOfNumPy) {
  EXPECT_NEAR(kernelDistance(reals(), fakes()) / reference("kernel"), 1, 1e-9);
}

TEST(Kernel, OfBlocksThatHoldAllIsThatOfAll) {
  Matrix a = features(1, 200, 8, 1, 0), b = features(2, 200, 8, 1, 0.3);
  Spread spread = kernelDistanceOfBlocks(
      a, b, {.count = 3, .rows = 1000, .seed = 5}, /*threads=*/2);
  EXPECT_NEAR(spread.mean / kernelDistance(a, b), 1, 1e-9);
  EXPECT_NEAR(spread.deviation, 0, 1e-9);
}

TEST(Kernel, BlocksVaryAndAreUnbiased) {
  // Of two sets of one distribution the mean is 0 within its spread; the sign
  // of a block is free.
  Matrix a = features(1, 3000, 8, 1, 0), b = features(9, 3000, 8, 1, 0);
  Spread spread = kernelDistanceOfBlocks(
      a, b, {.count = 50, .rows = 100, .seed = 5}, /*threads=*/2);
  EXPECT_GT(spread.deviation, 0);
  EXPECT_LT(std::abs(spread.mean), spread.deviation);
}

TEST(Score, IsOneForAConstantAndTheNumberOfClassesForAllOfThem) {
  Matrix constant(8, 4), classes(8, 4);
  for (size_t i = 0; i < 8; ++i) {
    for (size_t j = 0; j < 4; ++j)
      constant.at(i, j) = 0.25;
    classes.at(i, i % 4) = 1;
  }
  EXPECT_NEAR(classifierScore(constant), 1, 1e-12);
  EXPECT_NEAR(classifierScore(classes), 4, 1e-12);
  Spread spread = classifierScoreOfSplits(constant, 4);
  EXPECT_NEAR(spread.mean, 1, 1e-12);
  EXPECT_NEAR(spread.deviation, 0, 1e-12);
}

TEST(Score, IsThatOfSciPy) {
  Matrix logits = reals();
  for (double &value : logits.values)
    value *= 2;
  EXPECT_NEAR(classifierScore(softmax(logits, logits.columns)) /
                  reference("score"),
              1, 1e-10);
}

TEST(Neighbours, CompareManifoldsAsNumPyDoes) {
  for (size_t k : {3, 5}) {
    Coverings found = compareManifolds(reals(), fakes(), k, 2);
    const char *key = k == 3 ? "manifolds_3" : "manifolds_5";
    EXPECT_NEAR(found.precision, reference(key, "precision"), 1e-12);
    EXPECT_NEAR(found.recall, reference(key, "recall"), 1e-12);
    EXPECT_NEAR(found.density, reference(key, "density"), 1e-12);
    EXPECT_NEAR(found.coverage, reference(key, "coverage"), 1e-12);
  }
}

TEST(Neighbours, TellSetsApartAsNumPyDoes) {
  TwoSample found = nearestNeighbourTest(rowsOf(reals(), 0, 260), fakes(), 2);
  EXPECT_NEAR(found.accuracy, reference("two_sample", "accuracy"), 1e-12);
  EXPECT_NEAR(found.ofReals, reference("two_sample", "of_reals"), 1e-12);
  EXPECT_NEAR(found.ofFakes, reference("two_sample", "of_fakes"), 1e-12);
}

TEST(Neighbours, OfCopiesAreOthersAndOfSetsApartTheirOwn) {
  Matrix set = features(1, 40, 3, 1, 0), copies = set;
  EXPECT_EQ(nearestNeighbourTest(set, copies, 1).accuracy, 0);
  for (double &value : copies.values)
    value += 100;
  EXPECT_EQ(nearestNeighbourTest(set, copies, 1).accuracy, 1);
  Coverings apart = compareManifolds(set, copies, 3, 1);
  EXPECT_EQ(apart.precision + apart.recall + apart.density + apart.coverage, 0);
  // A tie counts half: the real at 0 lies as far from the real at 1 as from
  // the fake at -1. The nearest of all others is of the other kind.
  TwoSample tie = nearestNeighbourTest(column({0, 1}), column({-1, 1.5}), 1);
  EXPECT_EQ(tie.ofReals, 0.25);
  EXPECT_EQ(tie.ofFakes, 0);
}

TEST(Modes, OfAMixtureAreCentresThatSamplesComeNear) {
  Matrix centres = column({0, 10, 20, 30});
  // Three near the first, one at the second, one three deviations off.
  Matrix samples = column({0.1, -0.2, 0, 10.1, 23.1});
  Modes modes = modesOfMixture(samples, centres, /*deviation=*/1);
  EXPECT_EQ(modes.possible, 4u);
  EXPECT_EQ(modes.covered, 2u);
  EXPECT_NEAR(modes.quality, 0.8, 1e-12);
  EXPECT_NEAR(modes.reverseDivergence,
              std::log(4) + 0.75 * std::log(0.75) + 0.25 * std::log(0.25),
              1e-12);
  Modes none = modesOfMixture(column({500}), centres, 1);
  EXPECT_EQ(none.covered, 0u);
  EXPECT_EQ(none.reverseDivergence, std::numeric_limits<double>::infinity());
}

TEST(Modes, OfClassesAreTheNumbersThatDigitsMake) {
  // Two digits of three classes: 01, 01, 20 and 22.
  Matrix logits(4, 6);
  logits.values = {5, 1, 1, 0, 3, 0, 2, 1, 1, 0, 9, 1,
                   0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1};
  Modes modes = modesOfClasses(logits, 3);
  EXPECT_EQ(modes.possible, 9u);
  EXPECT_EQ(modes.covered, 3u);
  EXPECT_EQ(modes.quality, 1);
  EXPECT_NEAR(modes.reverseDivergence,
              std::log(9) + 0.5 * std::log(0.5) + 0.5 * std::log(0.25), 1e-12);
}

TEST(Similarity, IsThatOfNumPy) {
  ImageShape shape{.channels = 3, .height = 37, .width = 45};
  std::vector<double> values = uniforms(3, 2 * 3 * 37 * 45);
  for (size_t i = 0; i < values.size(); ++i) {
    size_t y = i / 45 % 37, x = i % 45;
    values[i] = values[i] * 40 + static_cast<double>(y * 3 + x * 2);
  }
  std::span<const double> both(values);
  size_t size = values.size() / 2;
  EXPECT_NEAR(multiScaleSimilarity(both.first(size), both.last(size), shape),
              reference("similarity"), 1e-10);
  EXPECT_NEAR(multiScaleSimilarity(both.first(size), both.first(size), shape),
              1, 1e-12);
  Matrix images(2, size);
  images.values = values;
  EXPECT_NEAR(meanSimilarity(images, shape, 1), reference("similarity"), 1e-10);
}

TEST(Metrics, AreTheSameBitsForAnyNumberOfThreads) {
  Matrix a = features(1, 500, 130, 1, 0), b = features(2, 500, 130, 0.9, 0.1);
  Moments one = momentsOf(a, 1), many = momentsOf(a, 5);
  EXPECT_EQ(one.covariance.values, many.covariance.values);
  Spread kernelOne = kernelDistanceOfBlocks(a, b, {.count = 7, .rows = 90}, 1);
  Spread kernelMany = kernelDistanceOfBlocks(a, b, {.count = 7, .rows = 90}, 5);
  EXPECT_EQ(kernelOne.mean, kernelMany.mean);
  EXPECT_EQ(kernelOne.deviation, kernelMany.deviation);
  Coverings ballsOne = compareManifolds(a, b, 3, 1);
  Coverings ballsMany = compareManifolds(a, b, 3, 5);
  EXPECT_EQ(ballsOne.density, ballsMany.density);
  EXPECT_EQ(ballsOne.recall, ballsMany.recall);
  EXPECT_EQ(nearestNeighbourTest(a, b, 1).accuracy,
            nearestNeighbourTest(a, b, 5).accuracy);
  Matrix images(9, 16 * 16);
  images.values = uniforms(4, images.values.size());
  ImageShape shape{.channels = 1, .height = 16, .width = 16};
  EXPECT_EQ(meanSimilarity(images, shape, 1), meanSimilarity(images, shape, 5));
}

// In a process of its own, which gets no thread.
static void countWithoutMemory() {
  rlimit limit = {0, 0};
  setrlimit(RLIMIT_AS, &limit);
  size_t done = 0; // of one thread, without a lock
  forEachBlock(100, 10, 4,
               [&](size_t begin, size_t end) { done += end - begin; });
  _exit(done == 100 ? 0 : 1);
}

TEST(ParallelDeathTest, DoesAllWithoutHelpers) {
  if (__has_feature(address_sanitizer))
    GTEST_SKIP() << "the sanitizer takes more address space";
  EXPECT_EXIT(countWithoutMemory(), ::testing::ExitedWithCode(0), "");
}

TEST(Parallel, GivesEveryItemOnce) {
  std::vector<int> visits(1001);
  forEachBlock(visits.size(), 10, 4, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      ++visits[i];
  });
  EXPECT_EQ(std::ranges::count(visits, 1), 1001);
}
