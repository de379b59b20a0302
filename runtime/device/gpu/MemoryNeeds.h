// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whether a model fits into the memory of a GPU, and what would.
#ifndef GAN_RUNTIME_DEVICE_GPU_MEMORYNEEDS_H
#define GAN_RUNTIME_DEVICE_GPU_MEMORYNEEDS_H

#include "runtime/device/gpu/Driver.h"

namespace gan::runtime {

/// `OutOfMemory` where the arena and the slots do not fit into what is free:
/// what they need, what there is, and the largest batch that would fit. That
/// lies between two batches which the compiler planned, on a straight line,
/// less what rounding may add. Nothing is said of it where the file tells of no
/// other batch.
Status checkMemory(const format::Executable &tables, const GpuMemory &memory,
                   const std::string &device);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_MEMORYNEEDS_H
