// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Block and warp algorithms of CUB against the standard library.
#include "test/runtime/sim/Corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

using namespace gan::sim;

constexpr Dim3 kOne = {1, 1, 1}, kThreads = {128, 1, 1};

template <typename T>
static void expectInts(const char *entry, const std::vector<T> &in,
                       const std::vector<T> &expected, Dim3 grid = kOne) {
  runCorpus(
      {"cub", entry, grid, kThreads,
       [&](Kernel &k) { k.in(in).template out<T>(expected.size()); },
       [&](const Kernel &k) { EXPECT_EQ(k.read<T>(1), expected) << entry; }});
}

TEST(Cub, Reduces) {
  std::vector<int> in = integers(4 * 128, 1000), sums, most;
  std::vector<long long> wide(in.begin(), in.end()), wideSums;
  for (auto at = in.begin(); at != in.end(); at += 128) {
    sums.push_back(std::accumulate(at, at + 128, 0));
    most.push_back(*std::max_element(at, at + 128));
    wideSums.push_back(sums.back());
  }
  expectInts("reduceWarps", in, sums, {4, 1, 1});
  expectInts("reduceRaking", in, most, {4, 1, 1});
  expectInts("reduceCommutative", wide, wideSums, {4, 1, 1});
  std::vector<int> first(in.begin(), in.begin() + 128), warps;
  for (int w = 0; w < 4; ++w)
    warps.push_back(std::accumulate(&first[w * 32], &first[w * 32] + 32, 0));
  expectInts("warpReduce", first, warps);
}

TEST(Cub, Scans) {
  std::vector<int> in = integers(512, 100), inclusive(512), exclusive(512);
  std::inclusive_scan(in.begin(), in.end(), inclusive.begin());
  std::exclusive_scan(in.begin(), in.end(), exclusive.begin(), 0);
  expectInts("scanWarps", in, inclusive);
  expectInts("scanRaking", in, exclusive);
  std::vector<int> narrow(128);
  for (int i = 0; i < 128; i += 8)
    std::inclusive_scan(&in[i], &in[i] + 8, &narrow[i]);
  expectInts("warpScanNarrow", std::vector<int>(in.begin(), in.begin() + 128),
             narrow);
}

TEST(Cub, Sorts) {
  std::vector<int> in = integers(512, 1 << 30), sorted = in;
  std::sort(sorted.begin(), sorted.end());
  expectInts("sortKeys", in, sorted);
  expectInts("mergeSort", in, sorted);
  std::vector<float> keys = floats(512, 10);
  std::vector<int> order(512);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return keys[a] > keys[b] || (keys[a] == keys[b] && a < b);
  });
  runCorpus({"cub", "sortPairs", kOne, kThreads,
             [&](Kernel &k) { k.in(keys).out<float>(512).out<int>(512); },
             [&](const Kernel &k) {
               EXPECT_EQ(k.read<int>(2), order);
               EXPECT_EQ(k.read<float>(1)[7], keys[order[7]]);
             }});
}

TEST(Cub, Counts) {
  std::vector<uint8_t> in(512);
  std::vector<uint32_t> bins(256);
  std::vector<int> values = integers(512, 120);
  for (int i = 0; i < 512; ++i)
    ++bins[in[i] = uint8_t(values[i] + 120)];
  for (const char *entry : {"histogramAtomic", "histogramSort"})
    runCorpus({"cub", entry, kOne, kThreads,
               [&](Kernel &k) { k.in(in).out<uint32_t>(256); },
               [&](const Kernel &k) {
                 EXPECT_EQ(k.read<uint32_t>(1), bins) << entry;
               }});
}

TEST(Cub, Moves) {
  std::vector<int> in = integers(512, 2), exchanged(512), heads(512),
                   differences(512), tripled(512);
  for (int i = 0; i < 512; ++i) {
    exchanged[i] = in[i] + i % 4;
    heads[i] = i == 0 || in[i] != in[i - 1];
    differences[i] = i == 0 ? in[0] : in[i] - in[i - 1];
    tripled[i] = i < 500 ? 3 * in[i] : -3;
  }
  expectInts("exchange", in, exchanged);
  expectInts("discontinuity", in, heads);
  expectInts("adjacent", in, differences);
  expectInts("loadStore", in, tripled);
}
