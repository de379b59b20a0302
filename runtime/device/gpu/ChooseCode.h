// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which of an executable's GPU images a GPU runs.
#ifndef GAN_RUNTIME_DEVICE_GPU_CHOOSECODE_H
#define GAN_RUNTIME_DEVICE_GPU_CHOOSECODE_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/executable/Executable.h"

namespace gan::runtime {

/// The cubin of the GPU's own architecture, else the newest of the same
/// generation that is older, else the newest PTX that is no newer than the GPU.
/// `Unsupported` where there is none, and where a kernel has no form for GPUs
/// or shares more memory than the GPU has.
Result<GpuCode> chooseCode(const Executable &executable,
                           const GpuProperties &properties);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_CHOOSECODE_H
