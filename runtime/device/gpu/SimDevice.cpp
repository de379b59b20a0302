// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Contract.h"
#include "runtime/device/gpu/GpuDevice.h"
#include "runtime/device/gpu/SimDriver.h"

#include <charconv>

using namespace gan;
using namespace gan::runtime;

// "reverse", "random:7"
static Status readSchedule(std::string_view text, sim::Options &options) {
  size_t colon = std::min(text.find(':'), text.size());
  std::optional<sim::Schedule> named =
      sim::scheduleNamed(text.substr(0, colon));
  const char *end = text.data() + text.size();
  bool hasSeed = colon < text.size();
  bool isSeed = true;
  if (hasSeed) {
    auto read = std::from_chars(text.data() + colon + 1, end, options.seed);
    isSeed = named == sim::Schedule::Random && read.ec == std::errc() &&
             read.ptr == end;
  }
  if (!named || !isSeed)
    return Status(Code::Usage,
                  "there is no schedule '" + std::string(text) +
                      "', there are round-robin, reverse, one-ahead, random "
                      "and random:SEED",
                  "--sim-schedule");
  options.schedule = *named;
  return {};
}

Result<std::unique_ptr<Device>>
gan::runtime::makeSimDevice(const DeviceOptions &options) {
  if (!options.target.empty() && options.target != "sm_80" &&
      options.target != "sm_90a")
    return Status(Code::Usage,
                  "the device sim runs code for sm_80 or sm_90a, but found '" +
                      options.target + "'",
                  "--isa");
  Result<unsigned> threads = threadsOf(options, "sim");
  if (!threads.ok())
    return threads.status();
  sim::Options simOptions{.threads = *threads};
  if (!options.simSchedule.empty())
    if (Status read = readSchedule(options.simSchedule, simOptions); !read.ok())
      return read;
  DeviceOptions complete = options;
  complete.threads = *threads;
  return makeGpuDevice("sim",
                       makeSimDriver(simOptions,
                                     options.target == "sm_90a" ? 90 : 80,
                                     options.ranks),
                       complete);
}
