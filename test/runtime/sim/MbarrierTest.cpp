// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Barriers in shared memory. Warp 1 produces four rounds for warp 0 over a
// full and an empty barrier.
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

static std::string handOver(const std::string &waitFull,
                            const std::string &waitEmpty,
                            const std::string &count) {
  return kernelText(
      ".param .u64 p",
      ".shared .align 8 .b64 full; .shared .align 8 .b64 empty;\n"
      "mov.u32 %r1, %tid.x; and.b32 %r2, %r1, 31; shl.b32 %r3, %r2, 2;\n"
      "mov.u32 %r4, sh; add.u32 %r4, %r4, %r3; mov.u32 %r5, 0; mov.u32 %r6, "
      "0;\n"
      "setp.eq.u32 %p1, %r1, 0; @%p1 mbarrier.init.shared.b64 [full], " +
          count +
          ";\n@%p1 mbarrier.init.shared.b64 [empty], 32; bar.sync 0;\n"
          "setp.ge.u32 %p2, %r1, 32; @%p2 bra P;\n"
          "C: and.b32 %r7, %r5, 1;\n" +
          waitFull +
          "ld.shared.u32 %r8, [%r4]; add.u32 %r6, %r6, %r8;\n"
          "mbarrier.arrive.shared.b64 %rd1, [empty]; add.u32 %r5, %r5, 1;\n"
          "setp.lt.u32 %p3, %r5, 4; @%p3 bra C; ld.param.u64 %rd2, [p];\n"
          "mad.wide.u32 %rd2, %r2, 4, %rd2; st.global.u32 [%rd2], %r6; bra E;\n"
          "P: xor.b32 %r7, %r5, 1; and.b32 %r7, %r7, 1;\n" +
          waitEmpty +
          "mad.lo.u32 %r8, %r5, 100, %r2; st.shared.u32 [%r4], %r8;\n"
          "mbarrier.arrive.release.cta.shared::cta.b64 _, [full];\n"
          "add.u32 %r5, %r5, 1; setp.lt.u32 %p3, %r5, 4; @%p3 bra P;\nE:");
}

static const char *const kWaitFull =
    "W: mbarrier.try_wait.parity.shared::cta.b64 %p4, [full], %r7; @!%p4 bra "
    "W;\n";
static const char *const kWaitEmpty =
    "V: mbarrier.test_wait.parity.shared.b64 %p4, [empty], %r7; @!%p4 bra V;\n";

static std::string run(const std::string &text, std::vector<uint32_t> *result) {
  Kernel kernel(text, "k");
  kernel.out<uint32_t>(32).block({64, 1, 1});
  kernel.options.mostInstructions = 100000;
  Report report = kernel.run();
  if (result)
    *result = kernel.read<uint32_t>(0);
  return report.findings.empty()
             ? ""
             : std::string(nameOf(report.findings[0].fault));
}

TEST(Mbarrier, HandsOver) {
  std::vector<uint32_t> got;
  EXPECT_EQ(run(handOver(kWaitFull, kWaitEmpty, "32"), &got), "");
  EXPECT_EQ(got[5], 600u + 4 * 5);
}

TEST(Mbarrier, MissingWaitsAreRaces) {
  EXPECT_EQ(run(handOver("", kWaitEmpty, "32"), nullptr), "shared-race");
  // A producer that runs ahead races, or leaves its consumer behind.
  EXPECT_NE(run(handOver(kWaitFull, "", "32"), nullptr), "");
}

TEST(Mbarrier, CountsArrivals) {
  EXPECT_EQ(run(handOver(kWaitFull, kWaitEmpty, "64"), nullptr), "timeout");
  EXPECT_EQ(run(handOver(kWaitFull, kWaitEmpty, "0"), nullptr), "bad-operand");
}

static std::string oneThread(const std::string &body) {
  Kernel kernel(
      kernelText(".param .u64 p",
                 ".shared .align 8 .b64 m; ld.param.u64 %rd1, [p];\n" + body),
      "k");
  kernel.out<uint32_t>(1).block({1, 1, 1});
  Report report = kernel.run();
  return report.findings.empty() ? std::to_string(kernel.read<uint32_t>(0)[0])
                                 : report.findings[0].what;
}

TEST(Mbarrier, CountsBytesAndTokens) {
  EXPECT_EQ(oneThread("mbarrier.init.shared.b64 [m], 1;\n"
                      "mbarrier.arrive.expect_tx.shared.b64 %rd2, [m], 16;\n"
                      "mbarrier.test_wait.shared.b64 %p1, [m], %rd2;\n"
                      "mbarrier.complete_tx.shared.b64 [m], 16;\n"
                      "mbarrier.test_wait.shared.b64 %p2, [m], %rd2;\n"
                      "selp.u32 %r1, 10, 0, %p1; selp.u32 %r2, 1, 0, %p2;\n"
                      "add.u32 %r1, %r1, %r2; st.global.u32 [%rd1], %r1;"),
            "1");
  EXPECT_EQ(oneThread("mbarrier.arrive.shared.b64 %rd2, [m];"),
            "this mbarrier was not initialised");
  EXPECT_EQ(oneThread("mbarrier.init.shared.b64 [m], 1;\n"
                      "mbarrier.arrive.shared.b64 %rd2, [m], 2;"),
            "2 arrive at an mbarrier that expects 1 more");
  EXPECT_EQ(oneThread("mbarrier.init.shared.b64 [m], 1;\n"
                      "mbarrier.init.shared.b64 [m], 1;"),
            "this mbarrier was initialised before");
  EXPECT_EQ(oneThread("mbarrier.init.shared.b64 [m], 1;\n"
                      "mbarrier.inval.shared.b64 [m];\n"
                      "mbarrier.init.shared.b64 [m], 1;\n"
                      "st.global.u32 [%rd1], 7;"),
            "7");
}

// The copies that a thread began land before its arrival counts. Without
// .noinc that arrival is one more than was expected, and each thread's own has
// to come as well.
static void copies(const std::string &arrival) {
  Kernel kernel(
      kernelText(
          ".param .u64 p, .param .u64 q",
          ".shared .align 8 .b64 m; ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, "
          "[q];\n"
          "mov.u32 %r1, %tid.x; setp.eq.u32 %p1, %r1, 0; shl.b32 %r2, %r1, 2;\n"
          "@%p1 mbarrier.init.shared.b64 [m], 32; bar.sync 0;\n"
          "mov.u32 %r3, sh; add.u32 %r3, %r3, %r2; cvt.u64.u32 %rd3, %r2;\n"
          "add.s64 %rd2, %rd2, %rd3; add.s64 %rd1, %rd1, %rd3;\n"
          "cp.async.ca.shared.global [%r3], [%rd2], 4;\n" +
              arrival +
              "\nW: mbarrier.try_wait.parity.shared.b64 %p2, [m], 0; @!%p2 bra "
              "W;\n"
              "xor.b32 %r2, %r2, 124; mov.u32 %r3, sh; add.u32 %r3, %r3, %r2;\n"
              "ld.shared.u32 %r4, [%r3]; st.global.u32 [%rd1], %r4;"),
      "k");
  std::vector<uint32_t> in(32);
  for (uint32_t i = 0; i < 32; ++i)
    in[i] = i * i;
  kernel.out<uint32_t>(32).in(in);
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(kernel.read<uint32_t>(0)[3], 28u * 28);
}

TEST(Mbarrier, WaitsForCopies) {
  copies("cp.async.mbarrier.arrive.noinc.shared.b64 [m];");
  copies("cp.async.mbarrier.arrive.shared.b64 [m];\n"
         "mbarrier.arrive.shared.b64 %rd4, [m];");
}
