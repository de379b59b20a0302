// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/gpu/CudaDriver.h"
#include "runtime/device/gpu/GpuDevice.h"

using namespace gan::runtime;

Result<std::unique_ptr<Device>>
gan::runtime::makeCudaDevice(const DeviceOptions &options,
                             const std::string &library) {
  if (options.threads)
    return Status(Code::Usage,
                  "the device cuda needs no threads of this machine",
                  "--threads");
  if (!options.target.empty())
    return Status(Code::Usage, "only the device cpu has instruction sets",
                  "--isa");
  if (!options.simSchedule.empty())
    return Status(Code::Usage, "only the device sim has schedules",
                  "--sim-schedule");
  Result<std::unique_ptr<GpuDriver>> driver =
      makeCudaDriver(library, options.ranks);
  if (!driver.ok())
    return driver.status();
  return makeGpuDevice("cuda", driver.take(), options);
}

Result<std::unique_ptr<Device>>
gan::runtime::makeCudaDevice(const DeviceOptions &options) {
  return makeCudaDevice(options, "libcuda.so.1");
}
