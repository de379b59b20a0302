// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The one place that knows every device by name.
#include "runtime/device/Device.h"
#include "runtime/device/cpu/CpuDevice.h"
#include "runtime/device/gpu/GpuDevice.h"
#include "runtime/device/null/NullDevice.h"

using namespace gan::runtime;

namespace {
struct Maker {
  std::string_view name;
  Result<std::unique_ptr<Device>> (*make)(const DeviceOptions &options);
};
} // namespace

static constexpr Maker makers[] = {{"cpu", makeCpuDevice},
                                   {"cuda", makeCudaDevice},
                                   {"sim", makeSimDevice},
                                   {"null", makeNullDevice}};

Result<std::unique_ptr<Device>>
gan::runtime::createDevice(std::string_view name,
                           const DeviceOptions &options) {
  if (options.afterNode && name != "cpu")
    return Status(Code::Unsupported,
                  "only the device cpu runs nodes one by one",
                  std::string(name));
  std::string known;
  for (const Maker &maker : makers) {
    if (maker.name == name)
      return maker.make(options);
    known += (known.empty() ? "'" : ", '") + std::string(maker.name) + "'";
  }
  return Status(Code::Usage, "there is no device '" + std::string(name) +
                                 "', there are " + known);
}
