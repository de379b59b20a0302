// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/DeviceOptions.h"

#include <algorithm>

using namespace gan::runtime;

Result<std::unique_ptr<Device>>
gan::runtime::openDevice(const Executable &executable,
                         const Arguments &arguments, bool profile,
                         Communicator *ranks) {
  DeviceOptions options;
  options.profile = profile;
  options.ranks = ranks;
  options.target = arguments.text("isa", "");
  options.simSchedule = arguments.text("sim-schedule", "");
  if (arguments.has("threads")) {
    Result<uint64_t> threads = arguments.number("threads", 0, /*least=*/1);
    if (!threads.ok())
      return threads.status();
    // What no device takes stays so when it is cut to the width of the option.
    options.threads =
        static_cast<unsigned>(std::min<uint64_t>(*threads, UINT32_MAX));
  }
  Result<std::unique_ptr<Device>> device =
      createDevice(arguments.text("device", "cpu"), options);
  if (!device.ok())
    return device.status();
  if (Status status = (*device)->load(executable); !status.ok())
    return status;
  return device;
}
