// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The processors of this machine as a device.
#ifndef GAN_RUNTIME_DEVICE_CPU_CPUDEVICE_H
#define GAN_RUNTIME_DEVICE_CPU_CPUDEVICE_H

#include "runtime/device/Device.h"

namespace gan::runtime {

/// Refuses more than 1024 threads. The image is chosen by `load`.
Result<std::unique_ptr<Device>> makeCpuDevice(const DeviceOptions &options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_CPUDEVICE_H
