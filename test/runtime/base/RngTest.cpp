// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Rng.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace gan::runtime;

// The known answers that come with Random123, the reference implementation.
TEST(Rng, PhiloxGivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (RandomWords{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                   {0xffffffff, 0xffffffff}),
            (RandomWords{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                   {0xa4093822, 0x299f31d0}),
            (RandomWords{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// From the tables of the authors of FNV.
TEST(Rng, HashesNames) {
  EXPECT_EQ(fnv1a64(""), 0xcbf29ce484222325u);
  EXPECT_EQ(fnv1a64("a"), 0xaf63dc4c8601ec8cu);
  EXPECT_EQ(fnv1a64("foobar"), 0x85944171f73967e8u);
}

TEST(Rng, StreamsAreKeyedAndCounted) {
  uint64_t seed = 0x0123456789abcdef, move = 0x1122334455667788;
  uint64_t key = seed ^ fnv1a64("data/photos.x");
  EXPECT_EQ(RandomStream("data/photos.x", seed, move).at(5, 7),
            philox({5, 7, 0x55667788, 0x11223344},
                   {uint32_t(key), uint32_t(key >> 32)}));
}

TEST(Rng, UnitAndNormal) {
  EXPECT_EQ(unit(0), 0x1p-25);
  EXPECT_EQ(unit(0xffffffff), 1 - 0x1p-25);
  // u(x0) = exp(-1/2) and u(x1) = 0 up to the grid of 2^-24: the normal is 1.
  auto x0 = uint32_t(std::exp(-0.5) * 0x1p32);
  EXPECT_NEAR(normal({x0, 0, 0, 0}), 1.0, 1e-6);
}

TEST(Rng, PermutationsArePermutations) {
  for (uint64_t count : {1, 2, 3, 4, 5, 17, 1000, 4097}) {
    KeyedPermutation order("photos", 3, 1, count);
    std::vector<bool> seen(count);
    for (uint64_t i = 0; i < count; ++i) {
      uint64_t there = order(i);
      ASSERT_LT(there, count);
      EXPECT_FALSE(seen[there]);
      seen[there] = true;
    }
  }
}

// A uniform permutation of n has one fixed point in expectation (and at most 12
// but for one in 10^9), and two of them agree in as many places.
TEST(Rng, PermutationsDiffer) {
  constexpr uint64_t n = 4000;
  KeyedPermutation order("photos", 3, 1, n), otherSeed("photos", 4, 1, n),
      otherEpoch("photos", 3, 2, n), otherName("faces", 3, 1, n);
  int fixed = 0, sameSeed = 0, sameEpoch = 0, sameName = 0;
  for (uint64_t i = 0; i < n; ++i) {
    fixed += order(i) == i;
    sameSeed += order(i) == otherSeed(i);
    sameEpoch += order(i) == otherEpoch(i);
    sameName += order(i) == otherName(i);
  }
  EXPECT_LE(fixed, 12);
  EXPECT_LE(sameSeed, 12);
  EXPECT_LE(sameEpoch, 12);
  EXPECT_LE(sameName, 12);
}

TEST(Rng, PermutationsOfHugeCounts) {
  uint64_t count = uint64_t{1} << 62;
  KeyedPermutation order("photos", 3, 1, count);
  EXPECT_LT(order(0), count);
  EXPECT_NE(order(0), order(1));
}
