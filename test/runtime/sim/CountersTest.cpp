// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Counts against their closed forms.
#include "runtime/device/sim/ReportJson.h"
#include "test/runtime/sim/Kernel.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace gan::sim;

// One warp loads a word at `stride` words per lane from `offset` words on.
static Count counted(const std::string &space, unsigned stride, unsigned offset,
                     const std::string &load = "b32 %r3") {
  std::string body = "mov.u32 %r1, %tid.x; mul.lo.u32 %r2, %r1, " +
                     std::to_string(stride * 4) + ";\n";
  bool shared = space == "shared";
  if (shared)
    body += "mov.u32 %r5, sm; add.u32 %r2, %r2, %r5; cvt.u64.u32 %rd1, %r2;\n";
  else
    body += "ld.param.u64 %rd1, [p]; cvt.u64.u32 %rd2, %r2; add.s64 %rd1, "
            "%rd1, %rd2;\n";
  size_t split = load.find(' ');
  body += "ld." + space + "." + load.substr(0, split) + load.substr(split) +
          ", [%rd1+" + std::to_string(offset * 4) + "];";
  std::string text = kernelText(".param .u64 p", body);
  text.insert(text.find(".visible"), ".extern .shared .align 16 .b8 sm[];\n");
  Kernel kernel(text, "k");
  kernel.inout(std::vector<uint32_t>(8192)).dynamicShared(32768);
  Report report = kernel.run();
  EXPECT_EQ(summary(report), "");
  return report.counters.byClass(kernel.program)[size_t(Class::Load)];
}

TEST(Counters, SectorsOfStrides) {
  for (unsigned stride = 0; stride <= 40; ++stride)
    for (unsigned offset : {0u, 1u, 5u}) {
      // Words 0, s, 2s, ... fall into sectors of 8 words.
      std::vector<bool> met(8192 / 8);
      for (unsigned lane = 0; lane < 32; ++lane)
        met[(offset + lane * stride) / 8] = true;
      uint64_t expected = uint64_t(std::count(met.begin(), met.end(), true));
      Count count = counted("global", stride, offset);
      EXPECT_EQ(count.sectors, expected) << stride << " " << offset;
      EXPECT_EQ(count.idealSectors, stride == 0 ? 1u : 4u);
    }
}

// gcd(s, 32) lanes meet in a bank.
TEST(Counters, BankConflictsOfStrides) {
  for (unsigned stride = 1; stride <= 64; ++stride) {
    Count count = counted("shared", stride, 0);
    EXPECT_EQ(count.wavefronts, std::gcd(stride, 32u)) << stride;
    EXPECT_EQ(count.idealWavefronts, 1u);
  }
  EXPECT_EQ(counted("shared", 0, 3).wavefronts, 1u); // one word serves all
}

TEST(Counters, WideSharedAccessesGoInParts) {
  Count two = counted("shared", 2, 0, "v2.b32 {%r3, %r4}");
  EXPECT_EQ(two.wavefronts, 2u);
  EXPECT_EQ(two.idealWavefronts, 2u);
  Count four = counted("shared", 4, 0, "v4.b32 {%r3, %r4, %r6, %r7}");
  EXPECT_EQ(four.wavefronts, 4u);
  // Rows of 64 words: the eight lanes of a part meet in the same banks.
  EXPECT_EQ(counted("shared", 64, 0, "v4.b32 {%r3, %r4, %r6, %r7}").wavefronts,
            32u);
}

TEST(Counters, DivergenceAndClasses) {
  Kernel kernel(kernelText("", "mov.u32 %r1, %tid.x; setp.lt.u32 %p1, %r1, 8;\n"
                               "@%p1 bra E;\nadd.u32 %r1, %r1, 1;\nE:"),
                "k");
  kernel.block({64, 1, 1});
  Report report = kernel.run();
  Count total = report.counters.total();
  EXPECT_EQ(total.diverged, 1u); // in the first warp only
  EXPECT_EQ(total.issued, 2u * 5);
  EXPECT_EQ(total.lanes, (32 + 32 + 8 + 24 + 32) + (32 + 32 + 0 + 32 + 32u));
  std::map<int, Count> lines = report.counters.byLine(kernel.program);
  EXPECT_EQ(lines[12].lanes, 24u + 32);
  gan::runtime::Json json = reportJson(kernel.program, report);
  EXPECT_EQ(json["counters"]["classes"]["compare"], 2);
  EXPECT_EQ(json["counters"]["lines"]["12"]["issued"], 2);
  EXPECT_EQ(counterText(kernel.program, report.counters).substr(0, 21),
            "warp instructions 10,");
}
