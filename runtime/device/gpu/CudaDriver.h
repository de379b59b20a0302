// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVIDIA's driver as a GPU.
#ifndef GAN_RUNTIME_DEVICE_GPU_CUDADRIVER_H
#define GAN_RUNTIME_DEVICE_GPU_CUDADRIVER_H

#include "runtime/device/gpu/Driver.h"
#include "runtime/ranks/Communicator.h"

namespace gan::runtime {

/// The first GPU that the driver in the file `library` ("libcuda.so.1") lists,
/// in its primary context; kernels go into one stream, uploads into another.
/// With `ranks` it exchanges with theirs by NCCL, and the ranks of one machine
/// take its GPUs in turn. `Unsupported` where there is no driver, one for a
/// CUDA before 12.0, no GPU from sm_80 on, or, with ranks, no NCCL.
Result<std::unique_ptr<GpuDriver>>
makeCudaDriver(const std::string &library, Communicator *ranks = nullptr);

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_GPU_CUDADRIVER_H
