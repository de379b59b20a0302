// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that work together: groups, votes, tickets, locks, named barriers.
#include "test/runtime/sim/Corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace gan::sim;

TEST(Cooperate, TilesReduceAndScan) {
  std::vector<int> in = integers(128, 1000), sums(8), scans(128);
  for (int i = 0; i < 8; ++i)
    sums[i] = std::accumulate(&in[i * 16], &in[i * 16] + 16, 0);
  for (int i = 0; i < 128; i += 32)
    std::inclusive_scan(&in[i], &in[i] + 32, &scans[i]);
  runCorpus({"cooperate",
             "tileReduce",
             {1, 1, 1},
             {128, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(8); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), sums); }});
  runCorpus({"cooperate",
             "tileScan",
             {1, 1, 1},
             {128, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(128); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), scans); }});
  std::vector<float> values(64);
  for (int i = 0; i < 64; ++i)
    values[i] = float(i % 7);
  std::vector<float> halves = {
      std::accumulate(values.begin(), values.begin() + 32, 0.0f),
      std::accumulate(values.begin() + 32, values.end(), 0.0f)};
  runCorpus({"cooperate",
             "shuffleTree",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(values).out<float>(2); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), halves); }});
}

TEST(Cooperate, MatchesAndVotes) {
  std::vector<int> in(64), ranks(64), votes(64);
  for (int i = 0; i < 64; ++i)
    in[i] = i * i % 11;
  int large =
      int(std::count_if(in.begin(), in.end(), [](int v) { return v > 10; }));
  for (int i = 0; i < 64; ++i) {
    int first = i / 32 * 32;
    for (int k = first; k < i; ++k)
      ranks[i] += in[k] == in[i];
    int odd = 0, three = 0;
    for (int k = first; k < first + 32; ++k) {
      odd += in[k] & 1;
      three |= in[k] == 3;
    }
    votes[i] = odd * 4 + 2 + three + large * 1000;
  }
  auto arguments = [&](Kernel &k) { k.in(in).out<int>(64); };
  runCorpus({"cooperate",
             "matchKeys",
             {1, 1, 1},
             {64, 1, 1},
             arguments,
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), ranks); }});
  runCorpus({"cooperate",
             "ballots",
             {1, 1, 1},
             {64, 1, 1},
             arguments,
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), votes); }});
}

TEST(Cooperate, AddsOncePerWarp) {
  std::vector<int> in = integers(128, 50);
  std::multiset<int> positive;
  for (int v : in)
    if (v > 0)
      positive.insert(v);
  runCorpus(
      {"cooperate",
       "aggregated",
       {1, 1, 1},
       {128, 1, 1},
       [&](Kernel &k) { k.in(in).inout(std::vector<int>{0}).out<int>(128); },
       [&](const Kernel &k) {
         int count = k.read<int>(1)[0];
         std::vector<int> out = k.read<int>(2);
         EXPECT_EQ(std::multiset<int>(out.begin(), out.begin() + count),
                   positive);
       }});
}

TEST(Cooperate, LastBlockSums) {
  std::vector<int> in = integers(320, 100);
  int sum = std::accumulate(in.begin(), in.end(), 0);
  runCorpus({"cooperate",
             "lastBlock",
             {10, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(10).out<int>(1); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(2)[0], sum); }});
}

TEST(Cooperate, BlocksLookBack) {
  std::vector<int> in = integers(12 * 32, 100), sums(12 * 32);
  std::inclusive_scan(in.begin(), in.end(), sums.begin());
  runCorpus(
      {"cooperate",
       "lookBack",
       {12, 1, 1},
       {32, 1, 1},
       [&](Kernel &k) {
         k.in(in).out<int>(12 * 32).inout(std::vector<int>(12)).out<int>(12);
       },
       [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), sums); }});
}

TEST(Cooperate, LocksExclude) {
  runCorpus({"cooperate",
             "lock",
             {20, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) {
               k.inout(std::vector<int>{0}).inout(std::vector<int>{0});
             },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1)[0], 210); }});
}

TEST(Cooperate, NamedBarriersHandOver) {
  std::vector<int> in = integers(64, 100), out(32);
  for (int i = 0; i < 32; ++i)
    out[i] = (in[i] + in[i + 32]) * 15;
  runCorpus({"cooperate",
             "producers",
             {1, 1, 1},
             {96, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(32).scalar(5); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), out); }});
}

TEST(Cooperate, Atomics) {
  std::vector<int> in = integers(64, 1000);
  int folded = 0, counter = 0, step = 1;
  uint64_t squares = 0;
  for (int v : in) {
    folded ^= v;
    squares += uint64_t(int64_t(v) * v);
    counter = counter >= 20 ? 0 : counter + 1;
    step = int(uint32_t(step) * 3 + 1);
  }
  std::vector<int> expected = {*std::max_element(in.begin(), in.end()),
                               *std::min_element(in.begin(), in.end()), folded,
                               counter, step};
  runCorpus({"cooperate",
             "atomics",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) {
               k.inout(std::vector<int>{-5000, 5000, 0, 0, 1});
               k.inout(std::vector<uint64_t>{0}).in(in);
             },
             [&](const Kernel &k) {
               EXPECT_EQ(k.read<int>(0), expected);
               EXPECT_EQ(k.read<uint64_t>(1)[0], squares);
             }});
}
