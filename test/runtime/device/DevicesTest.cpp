// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Device.h"
#include "runtime/device/cpu/Target.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

using namespace gan::runtime;
using namespace gan::test;

TEST(Devices, AreKnownByName) {
  EXPECT_TRUE(createDevice("cpu", {}).ok());
  EXPECT_TRUE(createDevice("sim", {}).ok());
  EXPECT_TRUE(createDevice("null", {}).ok());
  Status status = createDevice("gpu", {}).status();
  EXPECT_EQ(status.code(), Code::Usage);
  EXPECT_EQ(status.sentence(),
            "there is no device 'gpu', there are 'cpu', 'cuda', 'sim', 'null'");
}

TEST(Devices, NullRefusesEverything) {
  Result<Executable> exe = Executable::loadBytes(makeExecutable(), "test");
  ASSERT_TRUE(exe.ok());
  std::unique_ptr<Device> null = createDevice("null", {}).take();
  std::unique_ptr<Device> cpu = createDevice("cpu", {.threads = 1}).take();
  ASSERT_TRUE(cpu->load(*exe).ok());
  std::vector<uint32_t> entries = {0};
  std::unique_ptr<Program> program = cpu->prepare(entries).take();
  std::vector<std::byte> bytes(4);
  EXPECT_EQ(null->load(*exe).text(),
            "null: the null device cannot load an executable");
  EXPECT_EQ(null->prepare(entries).status().sentence(),
            "the null device cannot prepare entries");
  EXPECT_TRUE(null->slot(0).empty());
  EXPECT_TRUE(null->reclaim(0).ok());
  EXPECT_EQ(null->submit(*program, 0).sentence(),
            "the null device cannot run a program");
  EXPECT_EQ(null->write(0, bytes).sentence(),
            "the null device cannot write a buffer");
  EXPECT_EQ(null->read(0, bytes).code(), Code::Unsupported);
  EXPECT_TRUE(null->wait().ok());
  EXPECT_TRUE(null->profile().nodes.empty());
  EXPECT_EQ(null->info().name, "null");
}

TEST(Devices, CpuRefusesOptions) {
  EXPECT_EQ(createDevice("cpu", {.threads = 2000}).status().text(),
            "cpu: cannot use 2000 threads, at most 1024");
  EXPECT_EQ(createDevice("cpu", {.simSchedule = "reverse"}).status().text(),
            "--sim-schedule: only the device sim has schedules");
  Result<Executable> exe = Executable::loadBytes(makeExecutable(), "test");
  ASSERT_TRUE(exe.ok());
  std::unique_ptr<Device> other =
      createDevice("cpu", {.target = "x86-64-v9"}).take();
  Status status = other->load(*exe);
  EXPECT_EQ(status.code(), Code::Usage);
  EXPECT_EQ(status.text(),
            "cpu: there is no instruction set 'x86-64-v9'; there "
            "are x86-64-v3, x86-64-v4 and x86-64-v4-amx");
  for (const char *level : {"x86-64-v3", "x86-64-v4"}) {
    status = createDevice("cpu", {.target = level}).take()->load(*exe);
    EXPECT_EQ(status.ok(), canRun(level));
    EXPECT_TRUE(status.ok() ||
                status.text().find(") does not run '") != std::string::npos)
        << status.text();
  }
}

TEST(Devices, CpuRefusesForeignCode) {
  gan::format::ExecutableT tables = makeTables();
  tables.images[0]->target = "aarch64";
  tables.images[1]->target = "riscv64";
  Result<Executable> exe = Executable::loadBytes(
      assemble(std::move(tables), {kernelImage(), kernelImage()}), "test");
  ASSERT_TRUE(exe.ok());
  Status status = createDevice("cpu", {}).take()->load(*exe);
  EXPECT_EQ(status.code(), Code::Unsupported);
  EXPECT_NE(status.text().find("test: has no code that this processor"),
            std::string::npos);
  status = createDevice("cpu", {.target = "x86-64-v3"}).take()->load(*exe);
  EXPECT_EQ(status.sentence(), "has no code for 'x86-64-v3'");
}

TEST(Devices, CpuSaysThatMemoryIsShort) {
  gan::format::ExecutableT tables = makeTables();
  tables.arena_bytes = uint64_t{1} << 46;
  Result<Executable> exe = Executable::loadBytes(
      assemble(std::move(tables), {kernelImage(), kernelImage()}), "test");
  ASSERT_TRUE(exe.ok()) << exe.status().text();
  Status status = createDevice("cpu", {}).take()->load(*exe);
  if (status.ok())
    GTEST_SKIP() << "this system promises any amount of memory";
  EXPECT_EQ(status.code(), Code::OutOfMemory);
  EXPECT_EQ(status.sentence(),
            "the system does not give 70368744177664 bytes of memory");
}
