// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Faults planted into the PTX of the test executable, and what the device sim
// says of them.
#include "runtime/device/Device.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// What happens with PTX in which `from` has become `to`.
class Sabotage {
public:
  Sabotage(const std::string &from, const std::string &to,
           const DeviceOptions &options = {}) {
    std::vector<std::byte> bytes = kernelPtx();
    std::string ptx(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    size_t at = ptx.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    ptx.replace(at, from.size(), to);
    auto text = std::as_bytes(std::span(ptx));
    format::ExecutableT tables = makeGpuTables();
    tables.entries[0]->nodes[0]->location = "test.gan:7:3";
    tables.entries[2]->nodes[0]->location = "test.gan:9:5";
    Result<Executable> loaded = Executable::loadBytes(
        assemble(std::move(tables),
                 {kernelImage(), kernelImage(), {text.begin(), text.end()}}),
        "test");
    EXPECT_TRUE(loaded.ok()) << loaded.status().text();
    exe = std::make_unique<Executable>(loaded.take());
    device = createDevice("sim", options).take();
  }

  Status load() { return device->load(*exe); }
  /// Runs an entry of the loaded file.
  Status run(const char *entry) {
    Status loaded = load();
    if (!loaded.ok())
      return loaded;
    std::vector<uint32_t> entries = {*exe->findEntry(entry)};
    Result<std::unique_ptr<Program>> program = device->prepare(entries);
    return program.ok() ? device->submit(**program, 0) : program.status();
  }

private:
  std::unique_ptr<Executable> exe;
  std::unique_ptr<Device> device;
};
} // namespace

static bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

// One element further on, the last thread leaves its buffer, though the arena
// goes on there.
TEST(Sim, FindsAccessesBeyondABuffer) {
  Status status =
      Sabotage("ld.global.f32 %f1, [%rd2];", "ld.global.f32 %f1, [%rd2+4];")
          .run("samples");
  EXPECT_EQ(status.code(), Code::Internal);
  EXPECT_EQ(status.where(), "test.gan:9:5");
  EXPECT_TRUE(contains(status.sentence(),
                       "kernel 'add' is at fault on the simulated GPU (1 "
                       "finding), test.ptx:21: out-of-bounds: "))
      << status.text();
  EXPECT_TRUE(contains(status.sentence(),
                       ", kernel add, block (31, 0, 0), warp 1, lane 31"))
      << status.text();
  EXPECT_EQ(status.sentence().find('\n'), std::string::npos);
}

TEST(Sim, FindsWritesToWhatIsOnlyRead) {
  Status status =
      Sabotage("ld.global.s64 %rd5, [%rd3];", "ld.global.s64 %rd5, [%rd3];\n"
                                              "st.global.u64 [%rd3], %rd5;")
          .run("init");
  EXPECT_EQ(status.where(), "test.gan:7:3");
  EXPECT_TRUE(contains(status.sentence(), "read-only-write: "))
      << status.text();
}

TEST(Sim, FindsRacesAcrossBlocks) {
  Status status = Sabotage("cvt.rn.f32.s64 %f1, %rd5;\n"
                           "  add.u64 %rd4, %rd4, %rd1;",
                           "cvt.rn.f32.s64 %f1, %rd5;")
                      .run("init");
  EXPECT_TRUE(contains(status.sentence(), "global-race: ")) << status.text();
}

TEST(Sim, FindsOutputsThatAreNotWritten) {
  Status status = Sabotage("mad.lo.u32 %r3, %r1, 64, %r2;",
                           "mad.lo.u32 %r3, %r1, 64, %r2;\n"
                           "setp.eq.u32 %p1, %r3, 100;\n@%p1 ret;")
                      .run("samples");
  // The sabotage declares no predicate.
  EXPECT_EQ(status.code(), Code::Damaged);
  status = Sabotage("  st.global.f32 [%rd4], %f3;",
                    "  .reg .pred %p<2>;\n"
                    "  setp.ne.u32 %p1, %r3, 100;\n"
                    "  @%p1 st.global.f32 [%rd4], %f3;")
               .run("samples");
  EXPECT_EQ(status.text(), "test.gan:9:5: kernel 'add' leaves bytes of its "
                           "argument 2 unwritten on the simulated GPU");
}

TEST(Sim, RefusesCodeThatIsLaunchedOtherwise) {
  EXPECT_EQ(
      Sabotage(".reqntid 64, 1, 1", ".reqntid 32, 1, 1").run("samples").text(),
      "test.gan:9:5: kernel 'add' cannot be launched: the kernel "
      "requires blocks of 32 x 1 x 1 threads, not 64 x 1 x 1");
  Status status = Sabotage(".param .u64 add_2)", ".param .u64 add_2, .param "
                                                 ".u64 add_3)")
                      .run("samples");
  EXPECT_EQ(status.code(), Code::Damaged);
  EXPECT_EQ(status.sentence(), "kernel 'add' cannot be launched: the kernel "
                               "takes 32 bytes of parameters, not 24");
}

TEST(Sim, RefusesTextThatIsNoPtx) {
  Status status = Sabotage("add.rn.f32", "add.up.f32").run("samples");
  EXPECT_EQ(status.code(), Code::Damaged);
  EXPECT_EQ(status.where(), "test.ptx:23");
  status = Sabotage(".visible .entry add(", ".visible entry add(").load();
  EXPECT_EQ(status.code(), Code::Damaged);
  EXPECT_EQ(status.where(), "test.ptx:5");
  status =
      Sabotage(".visible .entry add(", ".visible .entry plus(").run("samples");
  EXPECT_FALSE(status.ok());
  EXPECT_TRUE(contains(status.text(), "add")) << status.text();
}

TEST(Sim, RefusesOptionsThatItHasNot) {
  EXPECT_EQ(createDevice("sim", {.target = "x86-64-v3"}).status().text(),
            "--isa: the device sim runs code for sm_80 or sm_90a, but found "
            "'x86-64-v3'");
  EXPECT_EQ(createDevice("sim", {.threads = 2000}).status().text(),
            "sim: cannot use 2000 threads, at most 1024");
  for (const char *schedule : {"forward", "reverse:7", "random:", "random:x"})
    EXPECT_EQ(createDevice("sim", {.simSchedule = schedule}).status().text(),
              "--sim-schedule: there is no schedule '" + std::string(schedule) +
                  "', there are round-robin, reverse, one-ahead, random and "
                  "random:SEED");
  for (const char *schedule : {"round-robin", "one-ahead", "random"})
    EXPECT_TRUE(createDevice("sim", {.simSchedule = schedule}).ok());
}
