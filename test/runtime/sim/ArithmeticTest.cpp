// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One instruction at a time, against values worked out by hand or by the rules
// of the PTX manual.
#include "runtime/device/sim/Numbers.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan::sim;

// d of `instruction` for up to three operands a, b, c; `type` is the register
// type (b16, b32, b64) of all of them, `result` that of d.
static uint64_t evaluate(const std::string &instruction,
                         const std::string &type,
                         std::vector<uint64_t> operands,
                         std::string result = "") {
  if (result.empty())
    result = type;
  std::string body = "ld.param.u64 %rd1, [p];\nld.param.u64 %rd2, [q];\n"
                     ".reg ." +
                     type + " a, b, c; .reg ." + result + " d;\n";
  const char *names[] = {"a", "b", "c"};
  std::string list;
  for (size_t i = 0; i < operands.size(); ++i) {
    body += std::string("ld.global.") + type + " " + names[i] + ", [%rd1+" +
            std::to_string(8 * i) + "];\n";
    list += std::string(", ") + names[i];
  }
  body += instruction + " d" + list + ";\nst.global." + result + " [%rd2], d;";
  Kernel kernel(kernelText(".param .u64 p, .param .u64 q", body), "k");
  kernel.in(operands).inout(std::vector<uint64_t>{0});
  kernel.block({1, 1, 1});
  Report report = kernel.run();
  EXPECT_EQ(summary(report), "") << instruction;
  return kernel.read<uint64_t>(1)[0];
}

static uint64_t f(float value) { return bitsOf(value); }
static uint64_t d(double value) { return bitsOf(value); }

TEST(Arithmetic, Integers) {
  EXPECT_EQ(evaluate("add.sat.s32", "b32", {0x7fffffff, 1}), 0x7fffffffu);
  EXPECT_EQ(evaluate("div.s32", "b32", {7, 0}), 0xffffffffu);
  EXPECT_EQ(evaluate("div.s32", "b32", {0x80000000, 0xffffffff}), 0x80000000u);
  EXPECT_EQ(evaluate("rem.s32", "b32", {uint32_t(-7), 2}), uint32_t(-1));
  EXPECT_EQ(evaluate("rem.u32", "b32", {7, 0}), 7u);
  EXPECT_EQ(evaluate("mul.hi.u32", "b32", {0xD2511F53, 0xffffffff}),
            0xD2511F52u);
  EXPECT_EQ(evaluate("mul.hi.s64", "b64", {uint64_t(-1), 5}), uint64_t(-1));
  EXPECT_EQ(evaluate("mul.wide.s32", "b32", {uint32_t(-2), 3}, "b64"),
            uint64_t(-6));
  EXPECT_EQ(evaluate("mul.lo.u16", "b16", {0xffff, 0xffff}), 1u);
  EXPECT_EQ(evaluate("mad.hi.s32", "b32", {0x80000000, 2, 5}), 4u);
  EXPECT_EQ(evaluate("mul24.hi.u32", "b32", {0xffffff, 0xffffff}), 0xfffffe00u);
  EXPECT_EQ(evaluate("sad.u32", "b32", {3, 10, 100}), 107u);
  EXPECT_EQ(evaluate("abs.s32", "b32", {0x80000000}), 0x80000000u);
  EXPECT_EQ(evaluate("min.s32", "b32", {uint32_t(-1), 1}), uint32_t(-1));
  EXPECT_EQ(evaluate("min.u32", "b32", {uint32_t(-1), 1}), 1u);
  EXPECT_EQ(evaluate("max.relu.s32", "b32", {uint32_t(-1), uint32_t(-5)}), 0u);
  EXPECT_EQ(evaluate("dp4a.s32.s32", "b32", {0x01ff0302, 0x02010101, 10}), 16u);
  EXPECT_EQ(evaluate("add.u16x2", "b32", {0xffff0001, 0x00010002}),
            0x00000003u);
}

TEST(Arithmetic, Bits) {
  EXPECT_EQ(evaluate("popc.b64", "b64", {0xf0f0}, "b32"), 8u);
  EXPECT_EQ(evaluate("clz.b32", "b32", {0}), 32u);
  EXPECT_EQ(evaluate("brev.b32", "b32", {1}), 0x80000000u);
  EXPECT_EQ(evaluate("bfind.s32", "b32", {uint32_t(-1)}), 0xffffffffu);
  EXPECT_EQ(evaluate("bfind.shiftamt.u32", "b32", {0x10}), 27u);
  EXPECT_EQ(evaluate("bfe.s32", "b32", {0xf00, 8, 4}), 0xffffffffu);
  EXPECT_EQ(evaluate("bfe.u32", "b32", {0xf00, 8, 40}), 0xfu);
  EXPECT_EQ(evaluate("bfe.s32", "b32", {0x80000000, 28, 16}), 0xfffffff8u);
  EXPECT_EQ(evaluate("bmsk.clamp.b32", "b32", {4, 8}), 0xff0u);
  EXPECT_EQ(evaluate("szext.clamp.s32", "b32", {0xff, 8}), 0xffffffffu);
  EXPECT_EQ(evaluate("prmt.b32", "b32", {0x33221100, 0x77665544, 0xb740}),
            0x00774400u);
  EXPECT_EQ(evaluate("prmt.b32.f4e", "b32", {0x33221100, 0x77665544, 1}),
            0x44332211u);
  EXPECT_EQ(evaluate("shf.l.wrap.b32", "b32", {0x80000001, 0x1, 1}), 3u);
  EXPECT_EQ(evaluate("shf.r.clamp.b32", "b32", {0x1, 0x7, 40}), 7u);
  EXPECT_EQ(evaluate("cnot.b32", "b32", {5}), 0u);
  EXPECT_EQ(evaluate("shl.b32", "b32", {1, 32}), 0u);
  EXPECT_EQ(evaluate("shr.s32", "b32", {0x80000000, 99}), 0xffffffffu);
  EXPECT_EQ(evaluate("shr.u32", "b32", {0x80000000, 31}), 1u);
}

TEST(Arithmetic, CarriesFromWordToWord) {
  std::string body =
      "ld.param.u64 %rd1, [p];\n"
      "mov.b32 %r1, -1; mov.b32 %r2, 0;\n"
      "add.cc.u32 %r3, %r1, 1; addc.u32 %r4, %r2, 0;\n"
      "sub.cc.u32 %r5, %r2, 1; subc.u32 %r6, %r2, 0;\n"
      "mad.lo.cc.u32 %r7, %r1, %r1, %r1; madc.hi.u32 %r8, %r1, %r1, 0;\n"
      "st.global.v4.b32 [%rd1], {%r3, %r4, %r5, %r6};\n"
      "st.global.v2.b32 [%rd1+16], {%r7, %r8};";
  Kernel kernel(kernelText(".param .u64 p", body), "k");
  kernel.out<uint32_t>(6).block({1, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(
      kernel.read<uint32_t>(0),
      (std::vector<uint32_t>{0, 1, 0xffffffff, 0xffffffff, 0, 0xffffffff}));
}

TEST(Arithmetic, Floats) {
  float tiny = 1e-40f;
  EXPECT_EQ(evaluate("add.f32", "b32", {f(INFINITY), f(-INFINITY)}), kNanF32);
  EXPECT_EQ(evaluate("mul.f32", "b32", {0x7fc00123, f(1)}), kNanF32);
  EXPECT_EQ(evaluate("add.ftz.f32", "b32", {f(tiny), f(0)}), 0u);
  EXPECT_EQ(evaluate("add.f32", "b32", {f(tiny), f(0)}), f(tiny));
  EXPECT_EQ(evaluate("mul.ftz.f32", "b32", {f(-1e-30f), f(1e-10f)}),
            0x80000000u);
  EXPECT_EQ(evaluate("add.sat.f32", "b32", {f(3), f(4)}), f(1));
  EXPECT_EQ(evaluate("mul.sat.f32", "b32", {kNanF32, f(1)}), f(0));
  EXPECT_EQ(
      evaluate("fma.rn.f32", "b32", {f(1 + 0x1p-12f), f(1 + 0x1p-12f), f(-1)}),
      f(0x1p-11f + 0x1p-24f));
  EXPECT_EQ(evaluate("div.rn.f32", "b32", {f(1), f(3)}), f(1.0f / 3.0f));
  EXPECT_EQ(evaluate("div.rz.f32", "b32", {f(2), f(3)}), 0x3f2aaaaau);
  EXPECT_EQ(evaluate("div.rp.f32", "b32", {f(1), f(3)}), 0x3eaaaaabu);
  EXPECT_EQ(evaluate("add.rz.f32", "b32", {f(1), f(0x1p-24f * 1.5f)}), f(1));
  EXPECT_EQ(evaluate("add.rp.f32", "b32", {f(1), f(1e-30f)}), f(1 + 0x1p-23f));
  EXPECT_EQ(evaluate("add.rm.f32", "b32", {f(1), f(-1e-30f)}), 0x3f7fffffu);
  EXPECT_EQ(evaluate("mul.rz.f32", "b32", {f(3e38f), f(2)}), 0x7f7fffffu);
  EXPECT_EQ(evaluate("fma.rm.f64", "b64", {d(1), d(1), d(1e-300)}), d(1));
  EXPECT_EQ(evaluate("sqrt.rp.f64", "b64", {d(2)}),
            d(std::sqrt(2.0))); // which lies above the root
  EXPECT_EQ(evaluate("min.f32", "b32", {kNanF32, f(2)}), f(2));
  EXPECT_EQ(evaluate("min.NaN.f32", "b32", {kNanF32, f(2)}), kNanF32);
  EXPECT_EQ(evaluate("min.f32", "b32", {f(0.0f), f(-0.0f)}), f(-0.0f));
  EXPECT_EQ(evaluate("max.f32", "b32", {f(-0.0f), f(0.0f)}), f(0.0f));
  EXPECT_EQ(evaluate("min.xorsign.abs.f32", "b32", {f(-3), f(2)}), f(-2));
  EXPECT_EQ(evaluate("max.NaN.xorsign.abs.f32", "b32", {f(-3), kNanF32}),
            kNanF32); // a NaN takes no sign
  EXPECT_EQ(evaluate("copysign.f32", "b32", {f(-1), f(2)}), f(-2));
  EXPECT_EQ(evaluate("neg.f32", "b32", {f(0)}), 0x80000000u);
  EXPECT_EQ(evaluate("ex2.approx.f32", "b32", {f(-1)}), f(0.5f));
  EXPECT_EQ(evaluate("ex2.approx.ftz.f32", "b32", {f(-140)}), 0u);
  EXPECT_EQ(evaluate("lg2.approx.f32", "b32", {f(8)}), f(3));
  EXPECT_EQ(evaluate("rsqrt.approx.f32", "b32", {f(4)}), f(0.5f));
  EXPECT_EQ(evaluate("tanh.approx.f32", "b32", {f(0.5f)}),
            f(float(std::tanh(0.5))));
  EXPECT_EQ(evaluate("rcp.approx.ftz.f64", "b64", {d(3)}),
            d(1.0 / 3) >> 32 << 32);
  EXPECT_EQ(evaluate("rcp.approx.ftz.f64", "b64", {d(-1e-310)}), d(-INFINITY));
  EXPECT_EQ(evaluate("rcp.approx.ftz.f64", "b64", {d(1e308)}), 0u);
  EXPECT_EQ(evaluate("rsqrt.approx.ftz.f64", "b64", {d(1e-310)}), d(INFINITY));
  EXPECT_EQ(evaluate("rsqrt.approx.f64", "b64", {d(0x1p-1040)}), d(0x1p520));
}

TEST(Arithmetic, Halves) {
  EXPECT_EQ(evaluate("add.f16", "b16", {0x3c00, 0x0001}), 0x3c00u);
  EXPECT_EQ(evaluate("mul.f16", "b16", {0x7bff, 0x4000}), 0x7c00u);
  EXPECT_EQ(evaluate("mul.ftz.f16", "b16", {0x0400, 0x3800}), 0u);
  EXPECT_EQ(evaluate("add.sat.f16", "b16", {0x4000, 0x3c00}), 0x3c00u);
  EXPECT_EQ(evaluate("sub.f16", "b16", {0x7c00, 0x7c00}), 0x7fffu);
  // 1.001 * 1.001 + 2^-24: rounding the exact sum differs from rounding twice.
  EXPECT_EQ(evaluate("fma.rn.f16", "b16", {0x3c01, 0x3c01, 0x0001}), 0x3c02u);
  EXPECT_EQ(evaluate("fma.rn.relu.f16", "b16", {0xbc00, 0x3c00, 0}), 0u);
  EXPECT_EQ(evaluate("add.bf16", "b16", {0x3f80, 0x3b80}), 0x3f80u);
  EXPECT_EQ(
      evaluate("fma.rn.bf16x2", "b32", {0x3f804000, 0x40004000, 0x3f803f80}),
      0x404040a0u);
  EXPECT_EQ(evaluate("max.NaN.f16", "b16", {0x7e00, 0x3c00}), 0x7fffu);
  EXPECT_EQ(evaluate("min.f16x2", "b32", {0x00008000, 0x3c000000}),
            0x00008000u);
  EXPECT_EQ(evaluate("neg.bf16", "b16", {0x3f80}), 0xbf80u);
  EXPECT_EQ(evaluate("ex2.approx.ftz.bf16", "b16", {0xc300}), 0u); // of -128
  EXPECT_EQ(evaluate("ex2.approx.f16", "b16", {0xcc00}), 0x0100u); // of -16
}

// Every half against the sum of what its fields say.
TEST(Arithmetic, AllHalvesWiden) {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    int exponent = int(bits >> 10 & 31), mantissa = int(bits & 1023);
    double value = exponent == 0 ? std::ldexp(mantissa, -24)
                   : exponent == 31
                       ? (mantissa ? NAN : INFINITY)
                       : std::ldexp(1024 + mantissa, exponent - 25);
    if (bits & 0x8000)
      value = -value;
    float got = halfToFloat(uint16_t(bits));
    ASSERT_TRUE(got == float(value) || (std::isnan(got) && std::isnan(value)));
    uint16_t back = uint16_t(pack(value, kF16, Rounding::Nearest));
    ASSERT_EQ(back, std::isnan(value) ? kNan16 : bits);
  }
}

TEST(Arithmetic, PackRoundsAsItSays) {
  double half = 1 + 0x1p-11; // between 1 and its neighbour
  EXPECT_EQ(pack(half, kF16, Rounding::Nearest), 0x3c00u);
  EXPECT_EQ(pack(half, kF16, Rounding::NearestAway), 0x3c01u);
  EXPECT_EQ(pack(half, kF16, Rounding::Up), 0x3c01u);
  EXPECT_EQ(pack(-half, kF16, Rounding::Up), 0xbc00u);
  EXPECT_EQ(pack(-half, kF16, Rounding::Down), 0xbc01u);
  EXPECT_EQ(pack(1e10, kF16, Rounding::Zero), 0x7bffu);
  EXPECT_EQ(pack(0x1p-25, kF16, Rounding::Nearest), 0u);
  EXPECT_EQ(pack(0x1.1p-25, kF16, Rounding::Nearest), 1u);
  EXPECT_EQ(pack(1e-300, kF16, Rounding::Up), 1u);
  for (double value : {1.1, 1e-40, 3e38, 1e39, -5.5, 0x1p-150, 0x1.8p-150})
    EXPECT_EQ(pack(value, kF32, Rounding::Nearest), bitsOf(float(value)));
}

TEST(Arithmetic, Comparisons) {
  auto holds = [](const std::string &relation, float a, float b) {
    return evaluate("set." + relation + ".u32.f32", "b32", {f(a), f(b)}) != 0;
  };
  float nan = NAN;
  EXPECT_TRUE(holds("eq", 1, 1));
  EXPECT_FALSE(holds("ne", nan, 1));
  EXPECT_TRUE(holds("neu", nan, 1));
  EXPECT_TRUE(holds("ltu", nan, 1));
  EXPECT_FALSE(holds("lt", nan, 1));
  EXPECT_TRUE(holds("geu", 2, 1));
  EXPECT_TRUE(holds("nan", nan, 1));
  EXPECT_TRUE(holds("num", 2, 1));
  EXPECT_EQ(evaluate("set.lt.ftz.f32.f32", "b32", {f(0), f(1e-40f)}), 0u);
  EXPECT_EQ(evaluate("set.gt.f16.f16", "b16", {0x4000, 0x3c00}), 0x3c00u);
  EXPECT_EQ(evaluate("set.lt.u32.s32", "b32", {uint32_t(-1), 0}), 0xffffffffu);
  EXPECT_EQ(evaluate("set.lo.u32.u32", "b32", {uint32_t(-1), 0}), 0u);
  EXPECT_EQ(evaluate("slct.b32.s32", "b32", {1, 2, uint32_t(-1)}), 2u);
  EXPECT_EQ(evaluate("slct.b32.f32", "b32", {1, 2, f(-1e-40f)}), 2u);
  EXPECT_EQ(evaluate("slct.ftz.b32.f32", "b32", {1, 2, f(-1e-40f)}), 1u);
  EXPECT_EQ(evaluate("slct.b32.f32", "b32", {1, 2, kNanF32}), 2u);
  EXPECT_EQ(evaluate("set.ne.u32.f16", "b16", {1, 0}, "b32"), 0xffffffffu);
  EXPECT_EQ(evaluate("set.ne.ftz.u32.f16", "b16", {1, 0}, "b32"), 0u);
}

// Whether `testp.PROPERTY` holds for each of a few numbers.
static std::string testedAs(const std::string &property) {
  std::string found;
  for (float value : {0.0f, -0.0f, 1.0f, 1e-40f, INFINITY, NAN}) {
    Kernel kernel(kernelText(".param .u64 p, .param .f32 x",
                             "ld.param.u64 %rd1, [p]; ld.param.f32 %f1, [x];\n"
                             "testp." +
                                 property +
                                 ".f32 %p1, %f1; selp.u32 %r1, 1, 0, %p1;\n"
                                 "st.global.u32 [%rd1], %r1;"),
                  "k");
    kernel.out<uint32_t>(1).scalar(value).block({1, 1, 1});
    EXPECT_EQ(summary(kernel.run()), "");
    found += kernel.read<uint32_t>(0)[0] ? 'y' : 'n';
  }
  return found;
}

TEST(Arithmetic, Properties) {
  EXPECT_EQ(testedAs("finite"), "yyyynn");
  EXPECT_EQ(testedAs("infinite"), "nnnnyn");
  EXPECT_EQ(testedAs("number"), "yyyyyn");
  EXPECT_EQ(testedAs("notanumber"), "nnnnny");
  EXPECT_EQ(testedAs("normal"), "yyynnn"); // zeros are, says the manual
  EXPECT_EQ(testedAs("subnormal"), "nnnynn");
}

TEST(Arithmetic, Conversions) {
  EXPECT_EQ(evaluate("cvt.rni.s32.f32", "b32", {f(2.5f)}), 2u);
  EXPECT_EQ(evaluate("cvt.rzi.s32.f32", "b32", {f(-2.9f)}), uint32_t(-2));
  EXPECT_EQ(evaluate("cvt.rzi.u32.f32", "b32", {f(-2.9f)}), 0u);
  EXPECT_EQ(evaluate("cvt.rzi.s32.f32", "b32", {f(1e20f)}), 0x7fffffffu);
  EXPECT_EQ(evaluate("cvt.rzi.s32.f32", "b32", {kNanF32}), 0u);
  EXPECT_EQ(evaluate("cvt.rzi.s64.f32", "b32", {kNanF32}, "b64"), uint64_t(1)
                                                                      << 63);
  EXPECT_EQ(evaluate("cvt.rzi.u64.f64", "b64", {d(1e30)}), ~uint64_t(0));
  EXPECT_EQ(evaluate("cvt.rn.f32.u64", "b64", {(uint64_t(1) << 40) + 1}, "b32"),
            f(0x1p40f));
  EXPECT_EQ(evaluate("cvt.rp.f32.u64", "b64", {(uint64_t(1) << 40) + 1}, "b32"),
            f(std::nextafter(0x1p40f, 1e30f)));
  EXPECT_EQ(evaluate("cvt.rn.f16.f32", "b32", {f(65520)}, "b16"), 0x7c00u);
  EXPECT_EQ(evaluate("cvt.rz.f16.f32", "b32", {f(65520)}, "b16"), 0x7bffu);
  EXPECT_EQ(evaluate("cvt.rn.bf16.f32", "b32", {f(1 + 0x1p-8f)}, "b16"),
            0x3f80u);
  EXPECT_EQ(evaluate("cvt.rn.f32.f64", "b64", {d(0.1)}, "b32"), f(0.1f));
  EXPECT_EQ(evaluate("cvt.rmi.f32.f32", "b32", {f(-0.5f)}), f(-1));
  EXPECT_EQ(evaluate("cvt.sat.f32.f32", "b32", {f(-0.5f)}), f(0));
  EXPECT_EQ(evaluate("cvt.u8.u32", "b32", {0x1ff}), 0xffu);
  EXPECT_EQ(evaluate("cvt.s32.s8", "b32", {0x80}), 0xffffff80u);
  EXPECT_EQ(evaluate("cvt.sat.s8.s32", "b32", {1000}), 127u);
  EXPECT_EQ(evaluate("cvt.sat.u16.s32", "b32", {uint32_t(-5)}), 0u);
  EXPECT_EQ(evaluate("cvt.rn.f16x2.f32", "b32", {f(1), f(2)}), 0x3c004000u);
  EXPECT_EQ(evaluate("cvt.rn.relu.bf16x2.f32", "b32", {f(-1), f(2)}),
            0x00004000u);
  EXPECT_EQ(evaluate("cvt.rna.tf32.f32", "b32", {f(1 + 0x1p-11f)}),
            0x3f802000u);
  EXPECT_EQ(
      evaluate("cvt.pack.sat.u8.s32.b32", "b32", {300, uint32_t(-1), 0xabcd}),
      0xabcdff00u);
}
