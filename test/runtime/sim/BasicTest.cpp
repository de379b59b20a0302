// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ordinary CUDA kernels, as nvcc and as clang compile them, against the same
// computation on the host.
#include "test/runtime/sim/Corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace gan::sim;

static void expectNear(const std::vector<float> &got,
                       const std::vector<float> &expected, float tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  for (size_t i = 0; i < got.size(); ++i)
    ASSERT_NEAR(got[i], expected[i], tolerance) << i;
}

TEST(Basic, Streams) {
  std::vector<float> x = floats(1000, 1), y = floats(1000, 2), sum(1000);
  for (int i = 0; i < 1000; ++i)
    sum[i] = std::fma(1.5f, x[i], y[i]);
  runCorpus({"basic",
             "saxpy",
             {3, 1, 1},
             {96, 1, 1},
             [&](Kernel &k) { k.in(x).inout(y).scalar(1.5f).scalar(1000); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), sum); }});
  std::vector<float> g = floats(300, 1), m(300, 0.1f), v(300, 0.2f), w(300);
  for (int i = 0; i < 300; ++i) {
    float a = 0.9f * 0.1f + (1 - 0.9f) * g[i];
    float b = 0.99f * 0.2f + (1 - 0.99f) * g[i] * g[i];
    w[i] = 1 - 0.01f * a / (std::sqrt(b) + 1e-3f * 2);
  }
  struct Settings {
    float rate, beta1, beta2, epsilon;
    int step;
  };
  runCorpus({"basic",
             "adam",
             {3, 1, 1},
             {128, 1, 1},
             [&](Kernel &k) {
               k.inout(std::vector<float>(300, 1)).in(g).inout(m).inout(v);
               for (float f : {0.01f, 0.9f, 0.99f, 1e-3f})
                 k.scalar(f);
               k.scalar(2).scalar(300);
             },
             [&](const Kernel &k) { expectNear(k.read<float>(0), w, 1e-6f); }});
}

TEST(Basic, Tiles) {
  std::vector<float> in = floats(64 * 64, 1), turned(64 * 64);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x)
      turned[x * 64 + y] = in[y * 64 + x];
  runCorpus({"basic",
             "transpose",
             {2, 2, 1},
             {32, 8, 1},
             [&](Kernel &k) { k.in(in).out<float>(64 * 64).scalar(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), turned); }});
  std::vector<float> blurred(300);
  for (int i = 0; i < 300; ++i)
    blurred[i] = (i ? in[i - 1] : 0) + 2 * in[i] + (i < 299 ? in[i + 1] : 0);
  std::vector<float> line(in.begin(), in.begin() + 300);
  runCorpus(
      {"basic",
       "stencil",
       {3, 1, 1},
       {128, 1, 1},
       [&](Kernel &k) { k.in(line).out<float>(300).scalar(300); },
       [&](const Kernel &k) { expectNear(k.read<float>(1), blurred, 1e-6f); }});
  std::vector<float> b = floats(32 * 32, 2), a(in.begin(), in.begin() + 1024),
                     c(1024);
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j)
      for (int k = 0; k < 32; ++k)
        c[i * 32 + j] = std::fma(a[i * 32 + k], b[k * 32 + j], c[i * 32 + j]);
  runCorpus({"basic",
             "matmul",
             {2, 2, 1},
             {16, 16, 1},
             [&](Kernel &k) { k.in(a).in(b).out<float>(1024).scalar(32); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(2), c); }});
  std::vector<float> w = floats(9, 1), filtered(1024);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x)
      for (int i = 0; i < 9; ++i) {
        int u = x + i % 3 - 1, v = y + i / 3 - 1;
        if (u >= 0 && v >= 0 && u < 32 && v < 32)
          filtered[y * 32 + x] =
              std::fma(a[v * 32 + u], w[i], filtered[y * 32 + x]);
      }
  runCorpus({"basic",
             "convolve",
             {32, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.in(a).in(w).out<float>(1024).scalar(32); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(2), filtered); }});
}

TEST(Basic, Softmax) {
  std::vector<float> in = floats(3 * 100, 5), out(300);
  for (int r = 0; r < 3; ++r) {
    double sum = 0;
    for (int i = 0; i < 100; ++i)
      sum += std::exp(double(in[r * 100 + i]));
    for (int i = 0; i < 100; ++i)
      out[r * 100 + i] = float(std::exp(double(in[r * 100 + i])) / sum);
  }
  runCorpus(
      {"basic",
       "softmax",
       {3, 1, 1},
       {64, 1, 1},
       [&](Kernel &k) { k.in(in).out<float>(300).scalar(100); },
       [&](const Kernel &k) { expectNear(k.read<float>(1), out, 1e-6f); }});
}

TEST(Basic, SortsScansAndCounts) {
  std::vector<int> in = integers(256, 1000), sorted = in, sums(256);
  std::sort(sorted.begin(), sorted.end());
  std::inclusive_scan(in.begin(), in.end(), sums.begin());
  auto arguments = [&](Kernel &k) { k.in(in).out<int>(256); };
  runCorpus({"basic",
             "bitonic",
             {1, 1, 1},
             {256, 1, 1},
             arguments,
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), sorted); }});
  runCorpus({"basic",
             "hillisSteele",
             {1, 1, 1},
             {256, 1, 1},
             arguments,
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), sums); }});
  std::vector<uint32_t> items(1000), bins(64);
  for (uint32_t i = 0; i < 1000; ++i)
    ++bins[(items[i] = i * i + 3) % 64];
  runCorpus({"basic",
             "histogram",
             {3, 1, 1},
             {96, 1, 1},
             [&](Kernel &k) {
               k.in(items).inout(std::vector<uint32_t>(64)).scalar(1000);
             },
             [&](const Kernel &k) { EXPECT_EQ(k.read<uint32_t>(1), bins); }});
}

TEST(Basic, Mandelbrot) {
  std::vector<int> expected(32 * 32);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) {
      // As nvcc contracts it.
      float cr = std::fma(x, 3.0f, 0.0f) / 32 - 2, ci = y * 2.0f / 32 - 1;
      float r = 0, i = 0;
      int k = 0;
      while (k < 100 && std::fma(r, r, i * i) < 4) {
        float t = std::fma(r, r, -(i * i)) + cr;
        i = std::fma(r + r, i, ci);
        r = t;
        ++k;
      }
      expected[y * 32 + x] = k;
    }
  runCorpus({"basic",
             "mandelbrot",
             {32, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.out<int>(1024).scalar(32); },
             [&](const Kernel &k) {
               std::vector<int> got = k.read<int>(0);
               int different = 0;
               for (int i = 0; i < 1024; ++i)
                 different += got[i] != expected[i];
               // The set's edge is sensitive to one rounding.
               EXPECT_LE(different, 10);
             }});
}

TEST(Basic, BitsAndIntegers) {
  std::vector<uint32_t> in(32), out(32);
  for (uint32_t i = 0; i < 32; ++i)
    in[i] = 0x9e3779b9u * (i + 1) >> (i % 7);
  for (uint32_t i = 0; i < 32; ++i) {
    uint32_t a = in[i], b = in[i ^ 1], reversed = 0, dot = a;
    for (int k = 0; k < 32; ++k)
      reversed |= (a >> k & 1) << (31 - k);
    uint32_t bytes = (a & 0xff) | (b >> 24) << 8 | (a >> 8 & 0xff) << 16 |
                     (b >> 8 & 0xff) << 24;
    // __byte_perm(a, b, 0x5170): bytes 0, 7, 1, 5 of b:a.
    for (int k = 0; k < 4; ++k)
      dot += (a >> 8 * k & 0xff) * (b >> 8 * k & 0xff);
    uint32_t high = uint32_t(uint64_t(a) * b >> 32);
    uint32_t left = (b << 7) | (a >> 25), clamped = b;
    out[i] = (uint32_t(__builtin_popcount(a)) +
              (uint32_t(b ? __builtin_clz(b) : 32) << 8)) ^
             reversed ^ bytes ^ left ^ clamped ^
             (uint32_t(__builtin_ffs(int(a))) << 3) ^ high ^ dot;
  }
  runCorpus({"basic",
             "bits",
             {1, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.in(in).out<uint32_t>(32); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<uint32_t>(1), out); }});
  std::vector<int64_t> wide(64), result(64);
  for (int i = 0; i < 64; ++i)
    wide[i] = int64_t(0x9e3779b97f4a7c15ull * uint64_t(i + 3)) >> (i % 40);
  for (int i = 0; i < 64; ++i) {
    int64_t a = wide[i], b = wide[i ^ 1] | 1;
    int32_t c = int32_t(a), d = int32_t(b);
    result[i] = int64_t(
        uint64_t(a / b) + uint64_t(a % b) +

        uint64_t(int64_t(c / d) * 3) + uint64_t(int64_t(c % d)) +
        uint64_t(uint32_t(c) / 10u) +
        uint64_t(int64_t(int32_t(int64_t(c) * d >> 32))) +
        uint64_t(int64_t(__int128(a) * b >> 64)) + uint64_t(a >> 3) +
        uint64_t(int64_t(c >> 5)) + uint64_t(int64_t(std::abs(c))) +
        uint64_t(std::max(a, b)) + uint64_t(int64_t(int16_t(c) * int16_t(d))));
  }
  runCorpus({"basic",
             "integers",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(wide).out<int64_t>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int64_t>(1), result); }});
}

TEST(Basic, MemoriesOfEveryKind) {
  std::vector<int> in = integers(64, 500);
  std::vector<float> looked(64);
  std::vector<int> counted(64);
  for (int i = 0; i < 64; ++i) {
    looked[i] = float(1 << (in[i] & 7));
    int counts[16] = {};
    for (int k = 0; k < 32; ++k)
      ++counts[(in[(i + k) % 64] + k * i) & 15];
    for (int count : counts)
      counted[i] = counted[i] * 3 + count;
  }
  runCorpus({"basic",
             "constants",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<float>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), looked); }});
  runCorpus({"basic",
             "localArray",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), counted); }});
  std::vector<float> four = floats(256, 1), mixed(256);
  for (int i = 0; i < 64; ++i) {
    const float *a = &four[i * 4], *b = &four[(i ^ 1) * 4];
    mixed[i * 4] = a[0] + b[3];
    mixed[i * 4 + 1] = a[1] - b[2];
    mixed[i * 4 + 2] = a[2] * b[1];
    mixed[i * 4 + 3] = std::max(a[3], b[0]);
  }
  runCorpus({"basic",
             "vectors",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(four).out<float>(256); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), mixed); }});
}

static int collatz(int n, int &steps) {
  for (; n != 1; ++steps)
    n = n % 2 ? 3 * n + 1 : n / 2;
  return n;
}

TEST(Basic, CallsAndJumps) {
  std::vector<int> walked(64), in(64), jumped(64);
  for (int i = 0; i < 64; ++i) {
    int steps = 0, end = collatz(i + 1, steps);
    if (i % 2)
      end += collatz(i + 7, steps);
    walked[i] = steps * 10 + end;
    int a = in[i] = i * 5 + 1;
    int choices[] = {a * 3,  a + 100, -a, a * a, a ^ 0x55,
                     a << 3, a >> 1,  77, a - 1};
    jumped[i] = choices[a % 9];
  }
  runCorpus({"basic",
             "calls",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.out<int>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(0), walked); }});
  runCorpus({"basic",
             "dispatch",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), jumped); }});
}

TEST(Basic, Life) {
  std::vector<int> random = integers(1024, 1);
  std::vector<uint8_t> in(1024), out(1024);
  for (int i = 0; i < 1024; ++i)
    in[i] = random[i] > 0;
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) {
      int sum = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx)
          if (dx || dy)
            sum += in[(y + dy + 32) % 32 * 32 + (x + dx + 32) % 32];
      out[y * 32 + x] = sum == 3 || (sum == 2 && in[y * 32 + x]);
    }
  runCorpus({"basic",
             "life",
             {32, 1, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.in(in).out<uint8_t>(1024).scalar(32); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<uint8_t>(1), out); }});
}
