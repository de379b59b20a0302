// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's Philox against ours, and the mathematics of the CUDA headers against
// the host's within the errors that CUDA documents.
#include "runtime/base/Rng.h"
#include "runtime/device/sim/Numbers.h"
#include "test/runtime/sim/Corpus.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan::sim;

TEST(Numeric, PhiloxIsOurs) {
  uint64_t seed = 0x123456789abcdef0, offset = 40;
  std::vector<uint32_t> expected;
  for (uint32_t thread = 0; thread < 64; ++thread)
    for (uint32_t word :
         gan::runtime::philox({uint32_t(offset / 4), 0, thread, 0},
                              {uint32_t(seed), uint32_t(seed >> 32)}))
      expected.push_back(word);
  runCorpus(
      {"numeric",
       "philox",
       {1, 1, 1},
       {64, 1, 1},
       [&](Kernel &k) { k.out<uint32_t>(256).scalar(seed).scalar(offset); },
       [&](const Kernel &k) { EXPECT_EQ(k.read<uint32_t>(0), expected); }});
  runCorpus({"numeric",
             "uniform",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.out<float>(64).scalar(seed); },
             [&](const Kernel &k) {
               std::vector<float> got = k.read<float>(0);
               uint32_t word = gan::runtime::philox(
                   {0, 0, 9, 0}, {uint32_t(seed), uint32_t(seed >> 32)})[0];
               EXPECT_EQ(got[9], float(word) * 0x1p-32f + 0x1p-33f);
             }});
}

// `got` within `ulps` units of the last place of `exact`.
static void expectUlps(double got, double exact, double ulps, int bits,
                       const std::string &what) {
  double unit = std::ldexp(1.0, std::max(std::ilogb(exact) - bits, -148));
  EXPECT_LE(std::fabs(got - exact), ulps * unit) << what;
}

TEST(Numeric, SinglePrecision) {
  std::vector<float> in = floats(64, 3);
  for (float &x : in)
    x = std::fabs(x) + 0.01f;
  runCorpus({"numeric",
             "singles",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<float>(64 * 8); },
             [&](const Kernel &k) {
               std::vector<float> got = k.read<float>(1);
               for (int i = 0; i < 64; ++i) {
                 double x = in[i];
                 // Errors as in the CUDA C++ programming guide.
                 expectUlps(got[i * 8], std::exp(x), 2, 23, "expf");
                 expectUlps(got[i * 8 + 1], std::log(x), 2, 23, "logf");
                 expectUlps(got[i * 8 + 2], std::sin(x), 2, 23, "sinf");
                 expectUlps(got[i * 8 + 3], std::tanh(x), 2, 23, "tanhf");
                 expectUlps(got[i * 8 + 4], std::erf(x), 2, 23, "erff");
                 expectUlps(got[i * 8 + 5], std::pow(x, double(1.7f)), 4, 23,
                            "powf");
                 EXPECT_EQ(got[i * 8 + 6], std::sqrt(in[i]) / (in[i] + 1));
                 expectUlps(got[i * 8 + 7], std::cos(double(in[i] * 100)), 2,
                            23, "cosf");
               }
             }});
}

TEST(Numeric, DoublePrecision) {
  std::vector<float> seed = floats(64, 3);
  std::vector<double> in(64);
  for (int i = 0; i < 64; ++i)
    in[i] = std::fabs(seed[i]) + 0.01;
  runCorpus({"numeric",
             "doubles",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<double>(64 * 6); },
             [&](const Kernel &k) {
               std::vector<double> got = k.read<double>(1);
               for (int i = 0; i < 64; ++i) {
                 double x = in[i];
                 expectUlps(got[i * 6], std::exp(x), 2, 52, "exp");
                 expectUlps(got[i * 6 + 1], std::log(x), 2, 52, "log");
                 expectUlps(got[i * 6 + 2], std::sin(x), 3, 52, "sin");
                 expectUlps(got[i * 6 + 3], std::pow(x, 1.7), 3, 52, "pow");
                 EXPECT_EQ(got[i * 6 + 4], std::sqrt(x) / (x + 1));
                 expectUlps(got[i * 6 + 5], std::tanh(x), 2, 52, "tanh");
               }
             }});
}

TEST(Numeric, Halves) {
  std::vector<float> values = floats(128, 4);
  std::vector<uint16_t> in(128), out(128);
  for (int i = 0; i < 128; ++i)
    in[i] = floatToHalf(values[i]);
  auto wide = [](uint16_t h) { return double(halfToFloat(h)); };
  auto narrow = [](double d) {
    return uint16_t(pack(d, kF16, Rounding::Nearest));
  };
  for (int i = 0; i < 128; ++i) {
    double a = wide(in[i]), b = wide(in[i ^ 2]);
    double sum = wide(narrow(a + b));
    double r = std::max(wide(narrow(a * b + sum)), wide(narrow(a * a)));
    double first = wide(in[i & ~1]), second = wide(in[(i ^ 2) & ~1]);
    out[i] = narrow(first < second ? r : -r);
  }
  runCorpus({"numeric",
             "halves",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<uint16_t>(128); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<uint16_t>(1), out); }});
}

TEST(Numeric, BrainFloats) {
  std::vector<float> values = floats(64, 4);
  std::vector<uint16_t> in(64), out(64);
  for (int i = 0; i < 64; ++i)
    in[i] = floatToBfloat(values[i]);
  for (int i = 0; i < 64; ++i) {
    float a = bfloatToFloat(in[i]), b = bfloatToFloat(in[i ^ 1]);
    // The product of two bf16 is exact in double, and so is the sum here.
    float fused = bfloatToFloat(
        uint16_t(pack(double(a) * b + b, kBF16, Rounding::Nearest)));
    out[i] = floatToBfloat(fused + bfloatToFloat(floatToBfloat(a * 0.3f)));
  }
  runCorpus({"numeric",
             "brains",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<uint16_t>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<uint16_t>(1), out); }});
}

TEST(Numeric, Conversions) {
  std::vector<float> in = floats(64, 200);
  std::vector<int> out(64);
  for (int i = 0; i < 64; ++i) {
    float x = in[i];
    out[i] = int(std::nearbyint(x)) + int(std::trunc(x)) * 3 +
             int(std::ceil(x)) * 5 +
             int(uint32_t(std::max(0.0f, std::floor(x)))) * 7 + floatToHalf(x) +
             int(int64_t(x * 1000.0)) + uint8_t(int(x));
  }
  runCorpus({"numeric",
             "conversions",
             {1, 1, 1},
             {64, 1, 1},
             [&](Kernel &k) { k.in(in).out<int>(64); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<int>(1), out); }});
}
