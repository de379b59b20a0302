// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/Windows.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

using namespace gan::sim;

TEST(Memory, KeepsAllocationsApart) {
  Memory memory;
  uint64_t a = *memory.allocate(100, "a", Use::ReadWrite);
  uint64_t b = *memory.allocate(100, "b", Use::ReadWrite);
  EXPECT_EQ(a % 256, 0u);
  EXPECT_GE(b - a, 100u + 65536);
  EXPECT_EQ(memory.find(a + 99)->name, "a");
  EXPECT_EQ(memory.find(a + 100), nullptr);
  EXPECT_TRUE(memory.release(a).ok());
  EXPECT_NE(*memory.allocate(100, "c", Use::ReadWrite), a);
  EXPECT_EQ(memory.count(), 2u);
}

TEST(Memory, RefusesWhatIsOutside) {
  Memory memory;
  uint64_t a = *memory.allocate(8, "a", Use::ReadWrite);
  std::byte bytes[9] = {};
  EXPECT_EQ(memory.write(a, bytes).sentence(),
            "no allocation of the simulated device holds 0x1000000000");
  EXPECT_FALSE(memory.read(a + 8, std::span(bytes).first(1)).ok());
  EXPECT_FALSE(memory.fill(a + 4, 5, std::byte{1}).ok());
  EXPECT_FALSE(memory.release(a + 1).ok());
  EXPECT_FALSE(memory.setUse(1, Use::ReadOnly).ok());
  EXPECT_EQ(memory.allocate(uint64_t(1) << 50, "huge", Use::ReadWrite)
                .status()
                .text(),
            "huge: there are no 1125899906842624 bytes for the simulated "
            "device");
}

TEST(Validity, KnowsEachByte) {
  Validity valid;
  valid.reset(1000);
  valid.setRange(60, 200, true);
  EXPECT_TRUE(valid.hasRange(60, 200));
  EXPECT_FALSE(valid.hasRange(59, 2));
  EXPECT_TRUE(valid.has(62, 8));
  valid.set(64, 1, false);
  EXPECT_FALSE(valid.has(62, 8));
  EXPECT_TRUE(valid.has(65, 64));
}

static std::string launchRefusal(Kernel &kernel) {
  return kernel.tryRun().status().text();
}

TEST(Launch, RefusesShapes) {
  Kernel kernel(kernelText(".param .u64 p", ""), "k");
  EXPECT_EQ(launchRefusal(kernel),
            "k: the kernel takes 8 bytes of parameters, not 0");
  kernel.out<int>(1).block({2000, 1, 1});
  EXPECT_EQ(launchRefusal(kernel), "k: a block of 2000 x 1 x 1 threads: 1 to "
                                   "1024 are possible, z at most 64");
  kernel.block({32, 1, 1}).grid({1, 70000, 1});
  EXPECT_EQ(launchRefusal(kernel),
            "k: a grid of 1 x 70000 x 1 blocks is not possible");
  kernel.grid({1, 1, 1}).dynamicShared(300000);
  EXPECT_EQ(launchRefusal(kernel),
            "k: a block has at most 227 KiB of shared memory");
  kernel.dynamicShared(0);
  kernel.program.maxThreads = {16, 1, 1};
  EXPECT_EQ(launchRefusal(kernel), "k: the kernel was compiled for at most 16 "
                                   "threads in a block, not 32");
  kernel.program.requiredThreads = {64, 1, 1};
  EXPECT_EQ(launchRefusal(kernel), "k: the kernel requires blocks of 64 x 1 x "
                                   "1 threads, not 32 x 1 x 1");
}

// One thread stores through generic addresses of four spaces.
TEST(Spaces, MeetInGenericAddresses) {
  std::string text = kernelText(
      ".param .u64 p, .param .u32 q",
      ".local .align 8 .b8 l[16]; ld.param.u64 %rd1, [p];\n"
      "mov.u64 %rd2, sh; cvta.shared.u64 %rd2, %rd2; mov.u64 %rd3, l;\n"
      "cvta.local.u64 %rd3, %rd3; mov.b64 %rd4, q; cvta.param.u64 %rd4, %rd4;\n"
      "mov.u64 %rd5, c; mov.u32 %r1, 5; st.u32 [%rd2], %r1; st.u32 [%rd3+4], "
      "%r1;\n"
      "ld.shared.u32 %r2, [sh]; ld.local.u32 %r3, [l+4]; ld.u32 %r4, [%rd4];\n"
      "ld.const.u32 %r5, [c+4]; ld.u32 %r6, [%rd5]; add.u32 %r2, %r2, %r3;\n"
      "add.u32 %r2, %r2, %r4; add.u32 %r2, %r2, %r5; add.u32 %r2, %r2, %r6;\n"
      "isspacep.shared %p1, %rd2; isspacep.global %p2, %rd2; isspacep.local "
      "%p3, %rd3;\n"
      "selp.u32 %r7, 1, 0, %p1; selp.u32 %r8, 1, 0, %p2; selp.u32 %r9, 1, 0, "
      "%p3;\n"
      "st.v4.u32 [%rd1], {%r2, %r7, %r8, %r9};");
  text.insert(text.find(".visible"),
              ".const .align 4 .u32 c[2] = {100, 1000};");
  Kernel kernel(text, "k");
  kernel.out<uint32_t>(4).scalar<uint32_t>(10000).block({1, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(kernel.read<uint32_t>(0),
            (std::vector<uint32_t>{5 + 5 + 10000 + 1000 + 100, 1, 0, 1}));
}

TEST(Spaces, LocalMemoryBelongsToTheThread) {
  std::string body =
      ".local .b32 l[4]; mov.u32 %r1, %tid.x; st.local.u32 [l+8], %r1;\n"
      "ld.local.u32 %r2, [l+8]; ld.param.u64 %rd1, [p];\n"
      "mad.wide.u32 %rd1, %r1, 4, %rd1; st.global.u32 [%rd1], %r2;";
  Kernel kernel(kernelText(".param .u64 p", body), "k");
  kernel.out<uint32_t>(96).block({96, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(kernel.read<uint32_t>(0)[77], 77u);
}

TEST(Spaces, ElementsOfEveryWidth) {
  std::string body =
      "ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, [q];\n"
      "ld.global.s8 %r1, [%rd1]; ld.global.u8 %rs1, [%rd1]; ld.global.s16 "
      "%rd3, [%rd1];\n"
      "ld.global.v4.u8 {%r2, %r3, %r4, %r5}, [%rd1+4]; ld.global.v2.b64 {%rd4, "
      "%rd5}, [%rd1];\n"
      ".reg .b128 w; ld.global.b128 w, [%rd1]; mov.b128 {%rd6, %rd7}, w;\n"
      "st.global.u32 [%rd2], %r1; st.global.u16 [%rd2+4], %rs1; st.global.u16 "
      "[%rd2+6], %rd3;\n"
      "add.u32 %r2, %r2, %r5; st.global.u8 [%rd2+8], %r2; st.global.b8 "
      "[%rd2+9], %r3;\n"
      "st.global.b64 [%rd2+16], %rd5; xor.b64 %rd6, %rd6, %rd4; st.global.b64 "
      "[%rd2+24], %rd6;";
  Kernel kernel(kernelText(".param .u64 p, .param .u64 q", body), "k");
  kernel.in(std::vector<uint64_t>{0x0807060504038281, 77})
      .inout(std::vector<uint64_t>(4))
      .block({1, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(kernel.read<uint64_t>(1),
            (std::vector<uint64_t>{0x82810081ffffff81, 0x060d, 77, 0}));
}

// Registers may be wider than what is stored; a number then is as well.
TEST(Spaces, VectorsOfNarrowElements) {
  std::string body = "ld.param.u64 %rd1, [p]; mov.u32 %r1, %tid.x;\n"
                     "mad.wide.u32 %rd1, %r1, 4, %rd1;\n"
                     "st.global.v4.u8 [%rd1], {%r1, 7, %r1, 9};";
  Kernel kernel(kernelText(".param .u64 p", body), "k");
  kernel.out<uint32_t>(32);
  EXPECT_EQ(summary(kernel.run()), "");
  for (uint32_t i = 0; i < 32; ++i)
    EXPECT_EQ(kernel.read<uint32_t>(0)[i], 0x09000700 | i << 16 | i);
}

TEST(Atomics, OfAllKinds) {
  std::string body = "ld.param.u64 %rd1, [p]; mov.u32 %r1, %tid.x;\n"
                     "atom.global.add.u32 %r2, [%rd1], %r1; red.global.max.s32 "
                     "[%rd1+4], %r1;\n"
                     "atom.global.inc.u32 %r3, [%rd1+8], 9; red.global.or.b32 "
                     "[%rd1+12], %r1;\n"
                     "atom.global.cas.b32 %r4, [%rd1+16], %r1, 31; "
                     "red.global.min.u64 [%rd1+24], 4;\n"
                     "atom.global.exch.b32 %r5, [%rd1+32], %r1; "
                     "atom.global.dec.u32 %r6, [%rd1+36], 5;";
  Kernel kernel(kernelText(".param .u64 p", body), "k");
  kernel.inout(std::vector<uint32_t>{0, 0xffffffff, 0, 0, 0, 0, 9, 0, 0, 0});
  Report report = kernel.run();
  EXPECT_EQ(summary(report), "");
  EXPECT_EQ(kernel.read<uint32_t>(0),
            (std::vector<uint32_t>{496, 31, 32 % 10, 31, 31, 0, 4, 0, 31, 4}));
  EXPECT_EQ(report.counters.total().serialised, 31u * 8);
}
