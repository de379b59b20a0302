// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inputs on their way from pinned memory to the GPU.
#ifndef GAN_RUNTIME_DEVICE_GPU_CUDASLOT_H
#define GAN_RUNTIME_DEVICE_GPU_CUDASLOT_H

#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/gpu/Driver.h"

namespace gan::runtime::cuda {

/// Uploads go through a stream of their own, so that one slot is filled while
/// graphs read the other:
///
///   uploads   [wait for read] copy, uploaded
///   graphs                          [wait for uploaded] graph, read
///
/// The context is current in every call.
class CudaSlot : public GpuSlot {
public:
  explicit CudaSlot(const Api &api) : api(api) {}
  ~CudaSlot() override;

  /// Pins `bytes` of the host's memory for those at `address`.
  Status make(GpuAddress address, uint64_t bytes);
  /// What comes into `graphs` next waits for the first `bytes`.
  Status upload(uint64_t bytes, CuStream uploads, CuStream graphs);
  /// What is in `graphs` so far reads the slot.
  Status markRead(CuStream graphs);
  /// Returns when the host's memory is no longer read.
  Status awaitUpload();

private:
  const Api &api;
  CuEvent uploaded = nullptr, read = nullptr;
};

} // namespace gan::runtime::cuda

#endif // GAN_RUNTIME_DEVICE_GPU_CUDASLOT_H
