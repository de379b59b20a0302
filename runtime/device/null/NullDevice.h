// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The device that refuses everything, politely: the skeleton of a new one.
#ifndef GAN_RUNTIME_DEVICE_NULL_NULLDEVICE_H
#define GAN_RUNTIME_DEVICE_NULL_NULLDEVICE_H

#include "runtime/device/Device.h"

namespace gan::runtime {

/// Takes any options; each later operation is `Unsupported`.
Result<std::unique_ptr<Device>> makeNullDevice(const DeviceOptions &options);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_NULL_NULLDEVICE_H
