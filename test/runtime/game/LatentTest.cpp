// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ways between latents, and their averages.
#include "runtime/game/Latent.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan::runtime;

static const std::vector<bool> kFirst = {true, false};

static double lengthOf(const std::vector<double> &x) {
  double sum = 0;
  for (double each : x)
    sum += each * each;
  return std::sqrt(sum);
}

TEST(Latent, GoesStraight) {
  Latent middle =
      between({{0, 4}, {1}}, {{2, 0}, {9}}, 0.25, Path::Linear, kFirst);
  EXPECT_EQ(middle, (Latent{{0.5, 3}, {1}}));
}

TEST(Latent, GoesAroundTheCircle) {
  // A third of a right angle, at the length of both.
  Latent third =
      between({{2, 0}, {1}}, {{0, 2}, {9}}, 1.0 / 3, Path::Spherical, kFirst);
  EXPECT_NEAR(third[0][0], 2 * std::cos(M_PI / 6), 1e-12);
  EXPECT_NEAR(third[0][1], 2 * std::sin(M_PI / 6), 1e-12);
  EXPECT_EQ(third[1], std::vector<double>{1});
  // Equal steps are equal angles, whatever the angle.
  Latent a = {{3, 1, -2}}, b = {{-2, 3, 1}};
  for (double t : {0.1, 0.5, 0.9})
    EXPECT_NEAR(lengthOf(between(a, b, t, Path::Spherical, {true})[0]),
                std::sqrt(14.0), 1e-12);
}

TEST(Latent, EndsWhereItsEndsAre) {
  Latent a = {{0.1, 0.7}, {1}}, b = {{0.3, -0.9}, {2}};
  for (Path path : {Path::Linear, Path::Spherical}) {
    EXPECT_EQ(between(a, b, 0, path, kFirst), a);
    EXPECT_EQ(between(a, b, 1, path, kFirst), (Latent{b[0], a[1]}));
  }
}

TEST(Latent, HasAWayWhereThereIsNoCircle) {
  auto middle = [](std::vector<double> a, std::vector<double> b) {
    return between({a}, {b}, 0.5, Path::Spherical, {true})[0];
  };
  using Numbers = std::vector<double>;
  EXPECT_EQ(middle({1, 2}, {3, 6}), (Numbers{2, 4}));  // one direction
  EXPECT_EQ(middle({1, 0}, {-1, 0}), (Numbers{0, 0})); // a half turn
  EXPECT_EQ(middle({0, 0}, {4, 2}), (Numbers{2, 1}));  // no direction
}

TEST(Latent, AveragesAndAdds) {
  std::vector<Latent> latents = {{{1, 2}, {5}}, {{3, 6}, {7}}};
  Latent mean = meanOf(latents, kFirst);
  EXPECT_EQ(mean, (Latent{{2, 4}, {5}}));
  addTo(mean, -1, latents[0], kFirst);
  EXPECT_EQ(mean, (Latent{{1, 2}, {5}}));
  addTo(mean, 1, latents[1], kFirst);
  EXPECT_EQ(mean, (Latent{{4, 8}, {5}}));
}

TEST(Latent, IsDisturbedAsFarAsSaid) {
  Latent zeros = {std::vector<double>(1000), {0}}, a = zeros, b = zeros,
         again = zeros;
  disturb(a, 0.25, /*seed=*/1, /*number=*/0, kFirst);
  disturb(again, 0.25, 1, 0, kFirst);
  disturb(b, 0.25, 1, 1, kFirst);
  EXPECT_EQ(a, again);
  EXPECT_NE(a, b);
  EXPECT_EQ(a[1], zeros[1]);
  double least = 0, most = 0;
  for (double each : a[0]) {
    least = std::min(least, each);
    most = std::max(most, each);
  }
  EXPECT_GT(least, -0.25);
  EXPECT_LT(least, -0.24);
  EXPECT_LT(most, 0.25);
  EXPECT_GT(most, 0.24);
}
