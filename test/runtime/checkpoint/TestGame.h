// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The test executable on the cpu, with buffer K as the state of an optimizer,
// and a folder to save it to.
#ifndef GAN_TEST_RUNTIME_CHECKPOINT_TESTGAME_H
#define GAN_TEST_RUNTIME_CHECKPOINT_TESTGAME_H

#include "runtime/device/Device.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <numeric>

namespace gan::test {

class TestGame : public ::testing::Test {
protected:
  using Values = std::vector<float>;

  void SetUp() override {
    format::ExecutableT tables = makeTables();
    auto state = std::make_unique<format::StorageT>();
    state->name = "adam.m";
    state->owner = "player";
    state->kind = format::StorageKind::Optimizer;
    state->shape = {32, 64};
    state->layout = {0, 1};
    state->buffer = K;
    tables.storage.push_back(std::move(state));
    file = assemble(std::move(tables), {kernelImage(), kernelImage()});
    runtime::Result<runtime::Executable> loaded =
        runtime::Executable::loadBytes(file, "test");
    ASSERT_TRUE(loaded.ok()) << loaded.status().text();
    exe = std::make_unique<runtime::Executable>(loaded.take());
    device = runtime::createDevice("cpu", {.threads = 1}).take();
    runtime::Status status = device->load(*exe);
    if (status.code() == runtime::Code::Unsupported)
      GTEST_SKIP() << status.text();
    ASSERT_TRUE(status.ok()) << status.text();
  }

  void fill(uint32_t buffer, float first) {
    Values values(kElements);
    std::iota(values.begin(), values.end(), first);
    ASSERT_TRUE(device->write(buffer, std::as_bytes(std::span(values))).ok());
  }
  Values valuesOf(uint32_t buffer) {
    Values values(kElements);
    EXPECT_TRUE(
        device->read(buffer, std::as_writable_bytes(std::span(values))).ok());
    EXPECT_TRUE(device->wait().ok());
    return values;
  }

  ScratchFolder folder;
  std::vector<std::byte> file;
  std::unique_ptr<runtime::Executable> exe;
  std::unique_ptr<runtime::Device> device;
};

} // namespace gan::test

#endif // GAN_TEST_RUNTIME_CHECKPOINT_TESTGAME_H
