// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tensor cores: the rule of the sums against an independent transcription, the
// layouts of fragments against the PTX manual, and nvcc's kernels.
#include "runtime/device/sim/Numbers.h"
#include "runtime/device/sim/exec/Product.h"
#include "test/runtime/sim/Corpus.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan::sim;

// 1 <= |significand| < 2, or less for subnormal numbers; a zero has the
// exponent -126.
static double significandOf(double x, int least, int &exponent) {
  double significand = 2 * std::frexp(x, &exponent);
  --exponent;
  if (exponent < least) {
    significand = std::ldexp(significand, exponent - least);
    exponent = least;
  }
  if (x == 0)
    exponent = -126;
  return significand;
}

// In doubles, from the description of the rule: each term cut off after
// `fraction` bits below the largest exponent, the sum cut off to f32.
static float fusedReference(const std::vector<double> &a,
                            const std::vector<double> &b, float c, int least,
                            int fraction) {
  std::vector<double> significands;
  std::vector<int> exponents;
  int e = 0;
  significands.push_back(significandOf(c, -126, e));
  exponents.push_back(e);
  for (size_t i = 0; i < a.size(); ++i) {
    int ea = 0, eb = 0;
    double product =
        significandOf(a[i], least, ea) * significandOf(b[i], least, eb);
    significands.push_back(product);
    exponents.push_back(ea + eb);
  }
  int most = *std::max_element(exponents.begin(), exponents.end());
  double sum = 0;
  for (size_t i = 0; i < significands.size(); ++i)
    sum +=
        std::trunc(std::ldexp(significands[i], fraction + exponents[i] - most));
  sum = std::ldexp(sum, most - fraction);
  float nearest = float(sum);
  if (std::fabs(double(nearest)) > std::fabs(sum))
    nearest = std::nextafter(nearest, 0.0f);
  return nearest;
}

static void checkRule(Type element, unsigned k, unsigned architecture) {
  Product p{16, 8, k, element, element, Type::F32, false, architecture};
  std::vector<float> values = floats(16 * k + 8 * k + 128, 1);
  // Exponents far apart, so that bits are cut off.
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = std::ldexp(values[i], int(i * 7 % 23) - 11);
  std::vector<uint64_t> a(16 * k), b(8 * k), c(128);
  std::vector<double> wideA, wideB;
  auto encode = [&](float v, std::vector<double> &wide) -> uint64_t {
    uint16_t half = element == Type::F16 ? floatToHalf(v) : floatToBfloat(v);
    if (element == Type::TF32) {
      wide.push_back(floatOf(bitsOf(v) & 0xffffe000));
      return bitsOf(v);
    }
    wide.push_back(element == Type::F16 ? halfToFloat(half)
                                        : bfloatToFloat(half));
    return half;
  };
  size_t at = 0;
  for (uint64_t &x : a)
    x = encode(values[at++], wideA);
  for (uint64_t &x : b)
    x = encode(values[at++], wideB);
  for (uint64_t &x : c)
    x = bitsOf(values[at++]);
  std::vector<uint64_t> got = c;
  multiply(p, a.data(), b.data(), got.data());
  int least = element == Type::F16 ? -14 : -126;
  int fraction = architecture >= 90 ? 25 : 24;
  bool halves = architecture < 90 && k == (element == Type::TF32 ? 8u : 16u);
  for (unsigned i = 0; i < 16; ++i)
    for (unsigned j = 0; j < 8; ++j) {
      float sum = floatOf(uint32_t(c[i * 8 + j]));
      unsigned step = halves ? k / 2 : k;
      for (unsigned s = 0; s < k; s += step) {
        std::vector<double> rowA(&wideA[i * k + s], &wideA[i * k + s] + step);
        std::vector<double> rowB(&wideB[j * k + s], &wideB[j * k + s] + step);
        sum = fusedReference(rowA, rowB, sum, least, fraction);
      }
      ASSERT_EQ(uint32_t(got[i * 8 + j]), bitsOf(sum)) << i << " " << j;
    }
}

TEST(Matrix, SumsAsTheHardwareDoes) {
  for (unsigned architecture : {80u, 90u}) {
    checkRule(Type::F16, 16, architecture);
    checkRule(Type::F16, 8, architecture);
    checkRule(Type::BF16, 16, architecture);
    checkRule(Type::TF32, 8, architecture);
    checkRule(Type::TF32, 4, architecture);
  }
}

TEST(Matrix, SpecialValues) {
  Product p{1, 1, 8, Type::F16, Type::F16, Type::F32, false, 80};
  auto sum = [&](std::vector<uint64_t> a, std::vector<uint64_t> b, uint64_t c) {
    multiply(p, a.data(), b.data(), &c);
    return uint32_t(c);
  };
  std::vector<uint64_t> ones(8, 0x3c00), zeros(8, 0), mixed = ones;
  mixed[3] = 0x7c00;
  EXPECT_EQ(sum(ones, mixed, 0), 0x7f800000u);
  EXPECT_EQ(sum(zeros, mixed, 0), kNanF32);
  EXPECT_EQ(sum(ones, mixed, 0xff800000), kNanF32);
  EXPECT_EQ(sum(zeros, zeros, 0x80000000), 0u);
  EXPECT_EQ(sum(ones, ones, bitsOf(0x1p24f)), bitsOf(0x1p24f + 8));
  // Ones below the last of 24 bits are lost, each by itself.
  EXPECT_EQ(sum(ones, ones, bitsOf(0x1p25f)), bitsOf(0x1p25f));
}

// C of an mma whose operands come from matrices by the layout in the manual.
static std::vector<float> mmaTf32(const std::vector<float> &a,
                                  const std::vector<float> &b) {
  std::string body =
      "mov.u32 %r1, %laneid; shr.u32 %r2, %r1, 2; and.b32 %r3, %r1, 3;\n"
      "ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, [q]; ld.param.u64 %rd3, "
      "[z];\n"
      "mad.lo.u32 %r4, %r2, 8, %r3; mad.wide.u32 %rd4, %r4, 4, %rd1;\n"
      "ld.global.b32 %r10, [%rd4]; ld.global.b32 %r11, [%rd4+256];\n"
      "ld.global.b32 %r12, [%rd4+16]; ld.global.b32 %r13, [%rd4+272];\n"
      "mad.lo.u32 %r5, %r3, 8, %r2; mad.wide.u32 %rd5, %r5, 4, %rd2;\n"
      "ld.global.b32 %r14, [%rd5]; ld.global.b32 %r15, [%rd5+128];\n"
      "mov.f32 %f1, 0f00000000;\n"
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f2, %f3, %f4, "
      "%f5}, "
      "{%r10, %r11, %r12, %r13}, {%r14, %r15}, {%f1, %f1, %f1, %f1};\n"
      "shl.b32 %r6, %r3, 1; mad.lo.u32 %r6, %r2, 8, %r6; mad.wide.u32 %rd6, "
      "%r6, 4, %rd3;\n"
      "st.global.v2.f32 [%rd6], {%f2, %f3}; st.global.v2.f32 [%rd6+256], {%f4, "
      "%f5};";
  Kernel kernel(kernelText(".param .u64 p, .param .u64 q, .param .u64 z", body),
                "k");
  kernel.in(a).in(b).out<float>(128);
  EXPECT_EQ(summary(kernel.run()), "");
  return kernel.read<float>(2);
}

TEST(Matrix, LayoutOfFragments) {
  std::vector<float> a(128), b(64), c(128);
  for (int i = 0; i < 128; ++i)
    a[i] = float(i % 13 - 6);
  for (int i = 0; i < 64; ++i)
    b[i] = float(i % 7 - 3);
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 8; ++j)
      for (int k = 0; k < 8; ++k)
        c[i * 8 + j] += a[i * 8 + k] * b[k * 8 + j];
  EXPECT_EQ(mmaTf32(a, b), c);
}

static std::vector<uint16_t> encode(const std::vector<float> &values,
                                    bool brain) {
  std::vector<uint16_t> bits;
  for (float v : values)
    bits.push_back(brain ? floatToBfloat(v) : floatToHalf(v));
  return bits;
}

TEST(Matrix, KernelsOfNvcc) {
  std::vector<float> a(1024), b(1024), c(1024);
  for (int i = 0; i < 1024; ++i) {
    a[i] = float(i % 9 - 4);
    b[i] = float(i % 5 - 2);
  }
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j)
      for (int k = 0; k < 32; ++k)
        c[i * 32 + j] += a[i * 32 + k] * b[k * 32 + j];
  auto check = [&](const Kernel &k) { EXPECT_EQ(k.read<float>(2), c); };
  auto halves = [&](bool brain) {
    return [&a, &b, brain](Kernel &k) {
      k.in(encode(a, brain)).in(encode(b, brain)).out<float>(1024).scalar(32);
    };
  };
  runCorpus(
      {"matrix", "wmmaHalf", {2, 2, 1}, {32, 1, 1}, halves(false), check});
  runCorpus(
      {"matrix", "wmmaBrain", {2, 2, 1}, {32, 1, 1}, halves(true), check});
  runCorpus({"matrix", "mmaTile", {4, 2, 1}, {32, 1, 1}, halves(false), check});
  runCorpus({"matrix",
             "wmmaTf32",
             {2, 2, 1},
             {32, 1, 1},
             [&](Kernel &k) { k.in(a).in(b).out<float>(1024).scalar(32); },
             check});
}

TEST(Matrix, CopiesRunAhead) {
  std::vector<float> in = floats(5 * 512, 1), out(128);
  for (int t = 0; t < 5; ++t)
    for (int i = 0; i < 128; ++i)
      for (int k = 0; k < 4; ++k)
        out[i] += in[t * 512 + (i * 4 + k + 64) % 512];
  runCorpus({"matrix",
             "pipeline",
             {1, 1, 1},
             {128, 1, 1},
             [&](Kernel &k) { k.in(in).out<float>(128).scalar(5); },
             [&](const Kernel &k) { EXPECT_EQ(k.read<float>(1), out); }});
}

TEST(Matrix, StoresWhatItLoaded) {
  std::string body =
      "mov.u32 %r1, %laneid; shl.b32 %r2, %r1, 4; mov.u32 %r3, sh; add.u32 "
      "%r2, %r2, %r3;\n"
      "ld.param.u64 %rd1, [p]; mad.wide.u32 %rd2, %r1, 16, %rd1;\n"
      "ld.global.v4.b32 {%r4, %r5, %r6, %r7}, [%rd2]; st.shared.v4.b32 [%r2], "
      "{%r4, %r5, %r6, %r7};\n"
      "bar.warp.sync -1;\n"
      "ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%r8, %r9, %r10, %r11}, "
      "[%r2];\n"
      "bar.warp.sync -1;\n"
      "stmatrix.sync.aligned.m8n8.x4.shared.b16 [%r2], {%r8, %r9, %r10, "
      "%r11};\n"
      "bar.warp.sync -1; ld.shared.v4.b32 {%r4, %r5, %r6, %r7}, [%r2];\n"
      "ld.param.u64 %rd1, [q]; mad.wide.u32 %rd2, %r1, 16, %rd1;\n"
      "st.global.v4.b32 [%rd2], {%r4, %r5, %r6, %r7};";
  Kernel kernel(kernelText(".param .u64 p, .param .u64 q", body), "k");
  std::vector<uint16_t> in(256), turned(256);
  for (uint16_t i = 0; i < 256; ++i)
    in[i] = i;
  for (int m = 0; m < 4; ++m)
    for (int r = 0; r < 8; ++r)
      for (int c = 0; c < 8; ++c)
        turned[m * 64 + c * 8 + r] = in[m * 64 + r * 8 + c];
  kernel.in(in).out<uint16_t>(256);
  Report report = kernel.run();
  EXPECT_EQ(summary(report), "");
  EXPECT_EQ(kernel.read<uint16_t>(1), turned);
}
