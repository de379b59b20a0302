// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A GPU as a device, behind a driver; and the devices that there are of it.
#ifndef GAN_RUNTIME_DEVICE_GPU_GPUDEVICE_H
#define GAN_RUNTIME_DEVICE_GPU_GPUDEVICE_H

#include "runtime/device/Device.h"
#include "runtime/device/gpu/Driver.h"

namespace gan::runtime {

/// The device called `name` on the GPU of `driver`; every sequence of entries
/// becomes one graph for each slot. `load` refuses files without code for this
/// GPU.
std::unique_ptr<Device> makeGpuDevice(std::string name,
                                      std::unique_ptr<GpuDriver> driver,
                                      const DeviceOptions &options);

/// The first GPU of NVIDIA: `--device cuda`.
Result<std::unique_ptr<Device>> makeCudaDevice(const DeviceOptions &options);
/// The same with another driver than libcuda.so.1.
Result<std::unique_ptr<Device>> makeCudaDevice(const DeviceOptions &options,
                                               const std::string &library);

/// The simulated GPU: `--device sim`.
Result<std::unique_ptr<Device>> makeSimDevice(const DeviceOptions &options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_GPUDEVICE_H
