// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/TensorMap.h"
#include "test/runtime/sim/Faults.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <malloc.h>

#include <sys/resource.h>
#include <unistd.h>

using namespace gan::sim;

static const char *const kPrologue =
    "mov.u32 %r1, %tid.x; mov.u32 %r2, %ctaid.x; mov.u32 %r6, %ntid.x;\n"
    "mad.lo.u32 %r3, %r2, %r6, %r1; mov.u32 %r4, sh; shl.b32 %r5, %r1, 2;\n"
    "add.u32 %r5, %r5, %r4; ld.param.u64 %rd1, [p]; ld.param.u64 %rd2, [q];\n"
    "mad.wide.u32 %rd3, %r3, 4, %rd1; mad.wide.u32 %rd4, %r3, 4, %rd2;\n"
    "ld.param.u64 %rd5, [z];\n";

std::string gan::sim::twinText(const PlantedFault &planted, bool faulty) {
  std::string body = kPrologue;
  std::string_view rest = planted.body;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    bool clean = line.starts_with('+'), broken = line.starts_with('-');
    if ((clean && faulty) || (broken && !faulty))
      continue;
    body += std::string(line.substr(clean || broken)) + "\n";
  }
  return kernelText(".param .u64 p, .param .u64 q, .param .u64 z, "
                    ".param .align 128 .b8 m[128]",
                    body);
}

static TensorMapBytes mapOf(const Kernel &kernel, uint32_t words) {
  TensorMap map;
  std::memcpy(&map.base, kernel.shape.parameters.data() + 8, 8);
  map.rank = 1;
  map.elementBytes = 4;
  map.extents[0] = words;
  map.box[0] = 32;
  map.steps[0] = 1;
  return *encodeTensorMap(map);
}

Report gan::sim::runTwin(const PlantedFault &planted, bool faulty,
                         const Options &options) {
  Kernel kernel(twinText(planted, faulty), "k");
  uint32_t words = planted.blocks * planted.threads;
  std::vector<uint32_t> values(words);
  for (uint32_t i = 0; i < words; ++i)
    values[i] = i % 61 + 1;
  kernel.out<uint32_t>(words).in(values).inout(std::vector<uint32_t>(64));
  kernel.scalar(mapOf(kernel, words));
  kernel.grid({planted.blocks, 1, 1}).block({planted.threads, 1, 1});
  kernel.dynamicShared(256);
  kernel.options = options;
  kernel.options.mostInstructions = 2000000;
  return kernel.run();
}

static bool has(const Report &report, Fault fault) {
  for (const Finding &finding : report.findings)
    if (finding.fault == fault)
      return true;
  return false;
}

static void check(std::span<const PlantedFault> list) {
  for (const PlantedFault &planted : list) {
    Report clean = runTwin(planted, /*faulty=*/false, {});
    EXPECT_TRUE(clean.findings.empty())
        << planted.name << " (clean): " << clean.findings[0].text();
    Report faulty = runTwin(planted, /*faulty=*/true, {});
    EXPECT_TRUE(has(faulty, planted.fault)) << planted.name;
    // Whoever comes too early may also find no value.
    for (const Finding &finding : faulty.findings)
      EXPECT_TRUE(finding.fault == planted.fault ||
                  (finding.fault == Fault::Uninitialised &&
                   planted.fault == Fault::SharedRace))
          << planted.name << ": " << finding.text();
  }
}

TEST(Faults, OfAddresses) { check(memoryFaults()); }
TEST(Faults, OfValues) { check(valueFaults()); }
TEST(Faults, OfRaces) { check(raceFaults()); }
TEST(Faults, OfOrder) { check(orderFaults()); }
TEST(Faults, OfSynchronisation) { check(syncFaults()); }
TEST(Faults, OfAsyncProducts) { check(productFaults()); }
TEST(Faults, OfBulkCopies) { check(copyFaults()); }

// Clean kernels stay silent, faulty ones are found, whoever comes first.
TEST(Faults, UnderEverySchedule) {
  size_t count = 0;
  for (auto list : {memoryFaults(), valueFaults(), raceFaults(), orderFaults(),
                    syncFaults(), productFaults(), copyFaults()})
    for (const PlantedFault &planted : list) {
      ++count;
      for (Schedule schedule :
           {Schedule::Reverse, Schedule::Random, Schedule::OneAhead})
        for (AsyncMode async : {AsyncMode::Eager, AsyncMode::OnWait}) {
          Options options;
          options.schedule = schedule;
          options.seed = count;
          options.async = async;
          Report clean = runTwin(planted, /*faulty=*/false, options);
          EXPECT_EQ(summary(clean), "") << planted.name;
          Report faulty = runTwin(planted, /*faulty=*/true, options);
          EXPECT_TRUE(has(faulty, planted.fault)) << planted.name;
        }
    }
  EXPECT_GE(count, 60u);
}

TEST(Findings, SayWhereAndWhy) {
  std::string text = kernelText(
      ".param .u64 p", "mov.u32 %r1, %tid.x; ld.param.u64 %rd1, [p];\n"
                       "mad.wide.u32 %rd1, %r1, 4, %rd1;\n.loc 1 12 3\n"
                       "st.global.u32 [%rd1+4], %r1;");
  text.insert(text.find(".visible"), ".file 1 \"net.gan\" ");
  Kernel kernel(text, "k");
  kernel.out<uint32_t>(64).block({64, 1, 1});
  Report report = kernel.run();
  ASSERT_EQ(report.findings.size(), 1u);
  const Finding &finding = report.findings[0];
  EXPECT_EQ(finding.text(),
            "k.ptx:13 (net.gan:12): out-of-bounds: write of 4 bytes at "
            "0x1000000100: 0 bytes behind the end of 'buffer 0', which has "
            "256\n    kernel k, block (0, 0, 0), warp 1, lane 31; check the "
            "index against the extent");
}

TEST(Findings, CountRepetitions) {
  Kernel kernel(kernelText(".param .u64 p",
                           "ld.param.u64 %rd1, [p]; mov.u32 %r1, 3;\n"
                           "st.global.u32 [%rd1+4], %r1;"),
                "k");
  kernel.out<uint32_t>(1).grid({3, 1, 1}).block({64, 1, 1});
  Report report = kernel.run();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].times, 6u);
}

// On several threads, what the first block does comes behind what all others
// do, and others run that need not: what is said does not tell.
TEST(Findings, AreTheSameForAnyNumberOfThreads) {
  std::string late = "mov.u32 %r7, 100000; setp.ne.u32 %p1, %r2, 0;\n"
                     "@%p1 bra E; L: add.u32 %r7, %r7, -1;\n"
                     "setp.ne.u32 %p2, %r7, 0; @%p2 bra L; E: ";
  for (const char *end :
       {"trap;",
        "mad.wide.u32 %rd6, %r1, 4, %rd1; st.global.u32 [%rd6], %r2;"}) {
    std::string body = late + end;
    PlantedFault planted = {"", Fault::Trap, 8, 32, body.c_str()};
    auto textOf = [&](unsigned threads) {
      Options options;
      options.threads = threads;
      std::string text;
      for (const Finding &finding : runTwin(planted, true, options).findings)
        text += finding.text() + "\n";
      return text;
    };
    std::string alone = textOf(1);
    EXPECT_NE(alone, "");
    EXPECT_EQ(textOf(4), alone);
  }
}

TEST(Findings, CanBeSwitchedOff) {
  Kernel kernel(kernelText(".param .u64 p", "ld.param.u64 %rd1, [p];\n"
                                            "st.global.u32 [%rd1], %r1;"),
                "k");
  kernel.out<uint32_t>(1).block({1, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "uninitialised 11\n");
  kernel.options.uninitialised = false;
  EXPECT_EQ(summary(kernel.run()), "");
}

// What decides alone makes the other operand not matter.
TEST(Findings, ValuesThatDoNotMatterAreNone) {
  Kernel kernel(kernelText(".param .u64 p",
                           "ld.param.u64 %rd1, [p]; mov.u32 %r1, 3;\n"
                           "setp.eq.u32 %p1, %r1, 4; setp.eq.u32 %p2, %r2, 5;\n"
                           "and.pred %p3, %p1, %p2; @%p3 bra E;\n"
                           "setp.ne.or.u32 %p4, %r1, 4, %p2; @!%p4 bra E;\n"
                           "selp.u32 %r3, %r1, %r2, %p4;\n"
                           "st.global.u32 [%rd1], %r3;\nE:"),
                "k");
  kernel.out<uint32_t>(1).block({1, 1, 1});
  EXPECT_EQ(summary(kernel.run()), "");
  EXPECT_EQ(kernel.read<uint32_t>(0)[0], 3u);
}

// A launch that runs again begins where the first did: a counter in place, and
// words without values.
TEST(Launch, LeavesTheSameMemoryForAnyNumberOfThreads) {
  auto leave = [](unsigned threads) {
    Kernel kernel(
        kernelText(
            ".param .u64 p, .param .u64 q",
            "mov.u32 %r1, %ctaid.x; ld.param.u64 %rd1, [p];\n"
            "ld.param.u64 %rd2, [q]; mad.wide.u32 %rd1, %r1, 4, %rd1;\n"
            "mad.wide.u32 %rd2, %r1, 4, %rd2; ld.global.u32 %r2, [%rd1];\n"
            "add.u32 %r2, %r2, 1; st.global.u32 [%rd1], %r2;\n"
            "setp.eq.u32 %p1, %r1, 3; @%p1 trap;\n"
            "st.global.u32 [%rd2], %r2;"),
        "k");
    kernel.inout(std::vector<uint32_t>(64, 7)).out<uint32_t>(64);
    kernel.grid({64, 1, 1}).block({1, 1, 1}).options.threads = threads;
    EXPECT_EQ(summary(kernel.run()), "trap 14\n");
    std::vector<uint32_t> left = kernel.read<uint32_t>(0);
    std::vector<uint32_t> made = kernel.read<uint32_t>(1);
    left.insert(left.end(), made.begin(), made.end());
    return left;
  };
  std::vector<uint32_t> alone = leave(1);
  EXPECT_EQ(alone[3], 8u);
  EXPECT_EQ(alone[4], 7u);
  EXPECT_EQ(alone[64], 8u);
  EXPECT_EQ(alone[67], 0xcdcdcdcd);
  EXPECT_EQ(leave(4), alone);
}

// In a child with room for four stacks of 8 MiB and 6 MiB beside them, which no
// other arena of malloc may take.
static void launchInLittleMemory(Kernel &kernel) {
  mallopt(M_ARENA_MAX, 1);
  uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  uint64_t bytes = pages * sysconf(_SC_PAGESIZE) + (uint64_t{38} << 20);
  rlimit limit = {bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
  bool isRight =
      kernel.run().findings.empty() && kernel.read<uint32_t>(0)[4095] == 4095;
  std::exit(isRight ? 0 : 1);
}

TEST(Launch, GoesOnWithFewerThreadsThanWanted) {
  if (__has_feature(address_sanitizer))
    GTEST_SKIP() << "the sanitizer takes more address space";
  Kernel kernel(kernelText(".param .u64 p",
                           "mov.u32 %r1, %ctaid.x; ld.param.u64 %rd1, [p];\n"
                           "mad.wide.u32 %rd1, %r1, 4, %rd1;\n"
                           "st.global.u32 [%rd1], %r1;"),
                "k");
  kernel.out<uint32_t>(4096).grid({4096, 1, 1}).block({1, 1, 1});
  kernel.options.threads = 1024;
  EXPECT_EXIT(launchInLittleMemory(kernel), ::testing::ExitedWithCode(0), "");
}
