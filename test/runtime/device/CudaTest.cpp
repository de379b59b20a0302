// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the device cuda says where it cannot work. The driver is that of
// FakeCuda.cpp.
#include "runtime/device/gpu/CudaDriver.h"
#include "runtime/device/gpu/GpuDevice.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// A driver with which something is wrong.
class Cuda : public ::testing::Test {
protected:
  ~Cuda() override {
    unsetenv("GAN_FAKE_CUDA");
    unsetenv("GAN_FAKE_CUDA_FREE");
  }
  static void leaveFree(uint64_t bytes) {
    setenv("GAN_FAKE_CUDA_FREE", std::to_string(bytes).c_str(), 1);
  }
  static void breakDriver(const char *what) {
    setenv("GAN_FAKE_CUDA", what, /*overwrite=*/1);
  }
  static Status open(const std::string &library = GAN_FAKE_CUDA_LIBRARY) {
    return makeCudaDriver(library).status();
  }

  void makeDevice(format::ExecutableT tables, const std::string &ptx = "") {
    std::vector<std::byte> text = kernelPtx();
    auto bytes = std::as_bytes(std::span(ptx));
    if (!ptx.empty())
      text.assign(bytes.begin(), bytes.end());
    Result<Executable> loaded = Executable::loadBytes(
        assemble(std::move(tables), {kernelImage(), kernelImage(), text}),
        "test");
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    exe = std::make_unique<Executable>(loaded.take());
    device = makeCudaDevice({}, GAN_FAKE_CUDA_LIBRARY).take();
  }

  std::unique_ptr<Executable> exe;
  std::unique_ptr<Device> device;
};
} // namespace

TEST_F(Cuda, SaysWhatTheMachineLacks) {
  EXPECT_TRUE(open().ok());
  EXPECT_EQ(open("libnone.so").code(), Code::Unsupported);
  EXPECT_EQ(open("libnone.so").text(),
            "cuda: there is no NVIDIA driver on this machine (libnone.so: "
            "cannot open shared object file: No such file or directory)");
  EXPECT_EQ(open("libm.so.6").text(),
            "cuda: the NVIDIA driver has no function cuInit: update it to one "
            "for CUDA 12.0 or newer");
  for (const char *what : {"none", "hidden"}) {
    breakDriver(what);
    EXPECT_EQ(open().text(), "cuda: there is no GPU on this machine");
  }
  breakDriver("old");
  EXPECT_EQ(open().text(), "cuda: the NVIDIA driver is one for CUDA 11.8, "
                           "update it to one for 12.0 or newer");
  breakDriver("small");
  EXPECT_EQ(open().text(), "cuda: the GPU (Fake GPU) is of sm_70, code begins "
                           "with sm_80");
}

TEST_F(Cuda, DescribesTheGpu) {
  std::unique_ptr<GpuDriver> driver =
      makeCudaDriver(GAN_FAKE_CUDA_LIBRARY).take();
  EXPECT_EQ(driver->properties().description, "Fake GPU, driver for CUDA 12.4");
  EXPECT_EQ(driver->properties().architecture, 90u);
  EXPECT_TRUE(driver->properties().takesCubins);
  EXPECT_EQ(driver->properties().sharedBytes, 49152u);
}

// What the test model needs: its arena, and two slots of three runs.
static constexpr uint64_t kSlotsBytes = 2 * 3 * (4 * kElements + 64);

TEST_F(Cuda, SaysThatMemoryIsShort) {
  makeDevice(makeGpuTables());
  uint64_t needed = exe->tables().arena_bytes() + kSlotsBytes;
  leaveFree(needed - 1);
  Status status = device->load(*exe);
  EXPECT_EQ(status.code(), Code::OutOfMemory);
  EXPECT_EQ(status.text(),
            "cuda: the model needs " + std::to_string(needed) +
                " bytes on the GPU, of whose 4294967296 there are " +
                std::to_string(needed - 1) +
                " free: build it with a smaller batch or stop other programs "
                "on the GPU");
  makeDevice(makeGpuTables());
  leaveFree(needed);
  EXPECT_TRUE(device->load(*exe).ok());
}

// The compiler has planned a half and a quarter of the batch; on the line
// between them each buffer is given room to begin at a multiple of 64.
TEST_F(Cuda, SaysWhichBatchWouldFit) {
  format::ExecutableT tables = makeGpuTables();
  uint64_t arena = tables.arena_bytes;
  tables.batches = {{32, arena}, {16, arena - 4000}, {8, arena - 20000}};
  uint64_t whole = arena + kSlotsBytes, half = arena - 4000 + kSlotsBytes / 2,
           quarter = arena - 20000 + kSlotsBytes / 4,
           rounding = 64 * tables.buffers.size();
  struct Case {
    uint64_t free;
    std::string advice;
  };
  auto about = [](int batch) {
    return "the largest batch that fits is about " + std::to_string(batch) +
           ", not 32; build it for that or stop other programs on the GPU";
  };
  for (const auto &[free, advice] :
       {Case{(whole + half) / 2 + rounding, about(24)},
        Case{(whole + half) / 2, about(23)}, Case{half, about(16)},
        Case{(half + quarter) / 2 + rounding, about(12)},
        Case{quarter, about(8)},
        Case{quarter - 1, "even a batch of 8 needs " + std::to_string(quarter) +
                              "; stop other programs on the GPU"}}) {
    makeDevice(tables);
    leaveFree(free);
    std::string text = device->load(*exe).text();
    EXPECT_TRUE(text.ends_with(" free: " + advice)) << text;
  }
}

// A GPU may have enough, but not in one piece.
TEST_F(Cuda, PassesOnThatNothingIsGiven) {
  makeDevice(makeGpuTables());
  breakDriver("memory");
  Status status = device->load(*exe);
  EXPECT_EQ(status.code(), Code::OutOfMemory);
  EXPECT_EQ(status.sentence(), "the GPU failed in allocating " +
                                   std::to_string(exe->tables().arena_bytes()) +
                                   " bytes: an error (CUDA_ERROR)");
}

TEST_F(Cuda, PassesOnWhatTheDriverSays) {
  makeDevice(makeGpuTables(), ".version 8.0\n.target sm_80\nnonsense\n");
  Status status = device->load(*exe);
  EXPECT_EQ(status.where(), "test.ptx");
  EXPECT_TRUE(status.sentence().starts_with(
      "the GPU failed in loading the kernels: an error (CUDA_ERROR): ptxas:3"))
      << status.text();
  // What goes wrong on the GPU is told by the next call that waits.
  makeDevice(makeGpuTables());
  ASSERT_TRUE(device->load(*exe).ok());
  breakDriver("late");
  EXPECT_EQ(device->wait().sentence(),
            "the GPU failed in running the kernels: unspecified launch failure "
            "(CUDA_ERROR_LAUNCH_FAILED)");
}

TEST_F(Cuda, MissesKernels) {
  format::ExecutableT tables = makeGpuTables();
  tables.kernels[Add]->name = "plus";
  tables.entries[2]->nodes[0]->location = "test.gan:9:5";
  makeDevice(std::move(tables));
  ASSERT_TRUE(device->load(*exe).ok());
  std::vector<uint32_t> entries = {2};
  EXPECT_EQ(device->prepare(entries).status().text(),
            "test.gan:9:5: the code for this GPU has no kernel 'plus'");
}

TEST_F(Cuda, RefusesOptionsThatItHasNot) {
  EXPECT_EQ(
      makeCudaDevice({.threads = 2}, GAN_FAKE_CUDA_LIBRARY).status().text(),
      "--threads: the device cuda needs no threads of this machine");
  EXPECT_EQ(makeCudaDevice({.target = "x86-64-v3"}, GAN_FAKE_CUDA_LIBRARY)
                .status()
                .text(),
            "--isa: only the device cpu has instruction sets");
  EXPECT_EQ(makeCudaDevice({.simSchedule = "reverse"}, GAN_FAKE_CUDA_LIBRARY)
                .status()
                .text(),
            "--sim-schedule: only the device sim has schedules");
}
