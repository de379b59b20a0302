// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/null/NullDevice.h"

using namespace gan::runtime;

static Status refusal(const char *operation) {
  return Status(Code::Unsupported,
                "the null device cannot " + std::string(operation), "null");
}

namespace {
class NullDevice : public Device {
public:
  NullDevice() {
    description.name = "null";
    description.description = "no device: refuses everything";
  }
  const DeviceInfo &info() const override { return description; }
  Status load(const Executable &) override {
    return refusal("load an executable");
  }
  Result<std::unique_ptr<Program>> prepare(std::span<const uint32_t>) override {
    return refusal("prepare entries");
  }
  std::span<std::byte> slot(unsigned) override { return {}; }
  Status submit(Program &, unsigned) override {
    return refusal("run a program");
  }
  Status write(uint32_t, std::span<const std::byte>) override {
    return refusal("write a buffer");
  }
  Status read(uint32_t, std::span<std::byte>) override {
    return refusal("read a buffer");
  }
  // Nothing was queued, so everything is done.
  Status reclaim(unsigned) override { return {}; }
  Status wait() override { return {}; }
  Profile profile() override { return {}; }

private:
  DeviceInfo description;
};
} // namespace

Result<std::unique_ptr<Device>>
gan::runtime::makeNullDevice(const DeviceOptions &) {
  return std::unique_ptr<Device>(std::make_unique<NullDevice>());
}
