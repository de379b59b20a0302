// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

// A kernel that leaves %r1 of each thread in its only buffer.
static std::string leaves(const std::string &body) {
  return kernelText(".param .u64 p",
                    body + "\nmov.u32 %r30, %tid.x; mov.u32 %r29, %ctaid.x; "
                           "mov.u32 %r28, %ntid.x; "
                           "mad.lo.u32 %r30, %r29, %r28, %r30;\n"
                           "ld.param.u64 %rd30, [p]; "
                           "mad.wide.u32 %rd30, %r30, 4, %rd30;\n"
                           "st.global.u32 [%rd30], %r1;");
}

static std::vector<uint32_t> results(const std::string &body,
                                     unsigned threads = 32) {
  Kernel kernel(leaves(body), "k");
  kernel.out<uint32_t>(threads).block({threads, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  return kernel.read<uint32_t>(0);
}

TEST(Warp, BranchesAndMeetsAgain) {
  std::vector<uint32_t> got = results(
      "mov.u32 %r2, %tid.x; and.b32 %r3, %r2, 3; mov.u32 %r1, 0;\n"
      "L: add.u32 %r1, %r1, %r2; add.s32 %r3, %r3, -1;\n"
      "setp.ge.s32 %p1, %r3, 0; @%p1 bra L;\n"
      "setp.gt.u32 %p2, %r2, 15; @%p2 bra M; add.u32 %r1, %r1, 1000; M:\n"
      "activemask.b32 %r4; popc.b32 %r4, %r4; mad.lo.u32 %r1, %r4, 10000, "
      "%r1;");
  for (uint32_t i = 0; i < 32; ++i)
    EXPECT_EQ(got[i], i * (i % 4 + 1) + (i <= 15 ? 1000 : 0) + 320000);
}

TEST(Warp, TakesTablesOfBranches) {
  std::vector<uint32_t> got =
      results("mov.u32 %r2, %tid.x; rem.u32 %r2, %r2, 3;\n"
              "ts: .branchtargets A, B, C;\nbrx.idx %r2, ts;\n"
              "A: mov.u32 %r1, 10; bra D;\nB: mov.u32 %r1, 20; bra D;\n"
              "C: mov.u32 %r1, 30;\nD:");
  for (uint32_t i = 0; i < 32; ++i)
    EXPECT_EQ(got[i], i % 3 * 10 + 10);
}

// Lane 0 sets what the others spin on: without turns between the groups of a
// warp they would spin for ever.
TEST(Warp, LetsGroupsWaitForEachOther) {
  std::vector<uint32_t> got = results(
      "mov.u32 %r2, %tid.x; mov.u32 %r1, 7; setp.ne.u32 %p1, %r2, 0;\n"
      "@!%p1 st.shared.u32 [sh], %r2; bar.warp.sync -1; @!%p1 bra SET;\n"
      "SPIN: ld.volatile.shared.u32 %r3, [sh]; setp.eq.u32 %p2, %r3, 0;\n"
      "@%p2 bra SPIN; bra DONE;\n"
      "SET: st.volatile.shared.u32 [sh], %r1;\nDONE:");
  EXPECT_EQ(got[31], 7u);
}

TEST(Warp, Shuffles) {
  auto shuffled = [](const std::string &form, const std::string &b,
                     const std::string &c) {
    return results("mov.u32 %r2, %tid.x; shfl.sync." + form +
                   ".b32 %r3|%p1, "
                   "%r2, " +
                   b + ", " + c +
                   ", -1; selp.u32 %r4, 100, 0, %p1; "
                   "add.u32 %r1, %r3, %r4;");
  };
  std::vector<uint32_t> up = shuffled("up", "1", "0");
  EXPECT_EQ(up[0], 0u);
  EXPECT_EQ(up[5], 104u);
  std::vector<uint32_t> down = shuffled("down", "4", "31");
  EXPECT_EQ(down[3], 107u);
  EXPECT_EQ(down[30], 30u);
  std::vector<uint32_t> quads = shuffled("down", "1", "7199"); // width 4
  EXPECT_EQ(quads[2], 103u);
  EXPECT_EQ(quads[3], 3u);
  EXPECT_EQ(shuffled("bfly", "16", "31")[3], 119u);
  EXPECT_EQ(shuffled("idx", "2", "7199")[29], 130u);
}

TEST(Warp, VotesMatchesAndReduces) {
  std::string pred = "mov.u32 %r2, %tid.x; setp.lt.u32 %p1, %r2, 5; ";
  EXPECT_EQ(results(pred + "vote.sync.ballot.b32 %r1, %p1, -1;")[9], 31u);
  EXPECT_EQ(
      results(pred +
              "vote.sync.any.pred %p2, %p1, -1; selp.u32 %r1, 1, 0, %p2;")[9],
      1u);
  EXPECT_EQ(
      results(pred +
              "vote.sync.all.pred %p2, !%p1, -1; selp.u32 %r1, 1, 0, %p2;")[9],
      0u);
  EXPECT_EQ(
      results(pred +
              "vote.sync.uni.pred %p2, %p1, -1; selp.u32 %r1, 1, 0, %p2;")[9],
      0u);
  EXPECT_EQ(results("mov.u32 %r2, %tid.x; and.b32 %r2, %r2, 7; "
                    "match.any.sync.b32 %r1, %r2, -1;")[9],
            0x02020202u);
  EXPECT_EQ(results("mov.u32 %r2, 4; match.all.sync.b32 %r1|%p1, %r2, -1;")[9],
            0xffffffffu);
  EXPECT_EQ(results("mov.u32 %r2, %tid.x; redux.sync.add.u32 %r1, %r2, -1;")[9],
            496u);
  EXPECT_EQ(results("mov.u32 %r2, %tid.x; sub.s32 %r2, %r2, 9; "
                    "redux.sync.min.s32 %r1, %r2, -1;")[9],
            uint32_t(-9));
  EXPECT_EQ(results("elect.sync %r1|%p1, -1; selp.u32 %r1, 1, 0, %p1;")[0], 1u);
}

TEST(Block, BarriersOrderWarps) {
  std::vector<uint32_t> got = results(
      "mov.u32 %r2, %tid.x; shl.b32 %r3, %r2, 2; mov.u32 %r4, sh;\n"
      "add.u32 %r5, %r4, %r3; st.shared.u32 [%r5], %r2; bar.sync 0;\n"
      "xor.b32 %r6, %r3, 508; add.u32 %r6, %r6, %r4; ld.shared.u32 %r1, [%r6];",
      128);
  for (uint32_t i = 0; i < 128; ++i)
    EXPECT_EQ(got[i], 127 - i);
}

TEST(Block, BarriersByNumberAndCount) {
  // Warp 1 produces for warp 0; warps 2 and 3 do not take part.
  std::vector<uint32_t> got = results(
      "mov.u32 %r2, %tid.x; mov.u32 %r1, 0; mov.u32 %r4, sh;\n"
      "setp.ge.u32 %p1, %r2, 64; @%p1 bra END;\n"
      "setp.lt.u32 %p2, %r2, 32; @%p2 bra CONSUME;\n"
      "shl.b32 %r3, %r2, 2; add.u32 %r5, %r4, %r3; st.shared.u32 [%r5+-128], "
      "%r2;\n"
      "bar.arrive 3, 64; bra END;\n"
      "CONSUME: bar.sync 3, 64; shl.b32 %r3, %r2, 2; add.u32 %r5, %r4, %r3;\n"
      "ld.shared.u32 %r1, [%r5];\nEND:",
      128);
  EXPECT_EQ(got[0], 32u);
  EXPECT_EQ(got[31], 63u);
  EXPECT_EQ(got[64], 0u);
}

TEST(Block, BarriersCountAndVote) {
  std::string pred = "mov.u32 %r2, %tid.x; setp.lt.u32 %p1, %r2, 40; ";
  EXPECT_EQ(results(pred + "bar.red.popc.u32 %r1, 0, %p1;", 64)[3], 40u);
  EXPECT_EQ(
      results(pred +
                  "bar.red.or.pred %p2, 0, 64, %p1; selp.u32 %r1, 1, 0, %p2;",
              64)[60],
      1u);
  EXPECT_EQ(results(pred + "barrier.cta.red.and.aligned.pred %p2, 0, %p1; "
                           "selp.u32 %r1, 1, 0, %p2;",
                    64)[60],
            0u);
  // The width of a count does not follow from what stood before.
  EXPECT_EQ(results(pred + "mov.b32 %r3, {%rs1, %rs2};\n"
                           "bar.red.popc.u32 %r1, 0, 64, %p1;",
                    64)[3],
            40u);
}

TEST(Block, ThreadsThatLeftAreNotWaitedFor) {
  std::vector<uint32_t> got =
      results("mov.u32 %r2, %tid.x; mov.u32 %r1, 3; setp.gt.u32 %p1, %r2, 50;\n"
              "@%p1 bra END; bar.sync 0; mov.u32 %r1, 5;\nEND:",
              64);
  EXPECT_EQ(got[50], 5u);
  EXPECT_EQ(got[51], 3u);
}

TEST(Calls, PassMemoryAndRegisters) {
  std::string text =
      leaves("mov.u32 %r2, %tid.x;\n{ .param .b32 a; .param .b32 r;\n"
             "st.param.b32 [a+0], %r2; call.uni (r), twice, (a);\n"
             "ld.param.b32 %r1, [r+0]; }\n"
             "setp.gt.u32 %p1, %r2, 7; @%p1 call (%r1), plus, (%r1, 100);");
  text.insert(
      text.find(".visible"),
      ".func (.param .b32 o) twice(.param .b32 i) { .reg .b32 x; "
      "ld.param.b32 x, [i]; add.u32 x, x, x; st.param.b32 [o], x; ret; }"
      " .func (.reg .b32 o) plus(.reg .b32 a, .reg .b32 b) { "
      "add.u32 o, a, b; ret; }");
  Kernel kernel(text, "k");
  kernel.out<uint32_t>(32);
  EXPECT_EQ(summary(kernel.run()), "");
  std::vector<uint32_t> got = kernel.read<uint32_t>(0);
  EXPECT_EQ(got[7], 14u);
  EXPECT_EQ(got[8], 116u);
}

TEST(Grid, BlocksWaitForEachOther) {
  // Each block waits for its successor: with the last one first or not.
  std::string body =
      "ld.param.u64 %rd1, [p]; mov.u32 %r2, %ctaid.x; mov.u32 %r3, %nctaid.x;\n"
      "add.u32 %r4, %r2, 1; setp.eq.u32 %p1, %r4, %r3; @%p1 bra SET;\n"
      "mad.wide.u32 %rd2, %r4, 4, %rd1;\n"
      "SPIN: ld.acquire.gpu.global.u32 %r5, [%rd2]; setp.eq.u32 %p2, %r5, 0;\n"
      "@%p2 bra SPIN;\n"
      "SET: mad.wide.u32 %rd3, %r2, 4, %rd1; st.release.gpu.global.u32 [%rd3], "
      "%r4;";
  for (Schedule schedule : {Schedule::RoundRobin, Schedule::Reverse,
                            Schedule::Random, Schedule::OneAhead}) {
    Kernel kernel(kernelText(".param .u64 p", body), "k");
    kernel.inout(std::vector<uint32_t>(20)).grid({20, 1, 1}).block({1, 1, 1});
    kernel.options.schedule = schedule;
    EXPECT_EQ(summary(kernel.run()), "");
    EXPECT_EQ(kernel.read<uint32_t>(0)[4], 5u);
  }
}

TEST(Grid, ThreadsOfTheHostChangeNothing) {
  std::string text = leaves("mov.u32 %r1, %ctaid.x; mul.lo.u32 %r1, %r1, 3;");
  for (unsigned threads : {1u, 2u, 5u}) {
    Kernel kernel(text, "k");
    kernel.out<uint32_t>(64 * 32).grid({64, 1, 1});
    kernel.options.threads = threads;
    Report report = kernel.run();
    EXPECT_EQ(summary(report), "");
    EXPECT_EQ(report.counters.total().issued, 640u);
    EXPECT_EQ(kernel.read<uint32_t>(0)[63 * 32 + 5], 189u);
  }
}

TEST(Special, RegistersSayWhereOneIs) {
  EXPECT_EQ(results("mov.u32 %r1, %laneid;")[9], 9u);
  EXPECT_EQ(results("mov.u32 %r1, %lanemask_lt;")[5], 31u);
  EXPECT_EQ(results("mov.u32 %r1, %lanemask_gt;")[31], 0u);
  EXPECT_EQ(results("mov.u32 %r1, %warpid;", 64)[40], 1u);
  EXPECT_EQ(
      results(
          "mov.u32 %r2, %clock; mov.u32 %r3, %clock; sub.u32 %r1, %r3, %r2;")
          [0],
      1u);
}
