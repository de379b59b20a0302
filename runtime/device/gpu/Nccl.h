// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exchanges between GPUs by NCCL, loaded at run time through declarations of
// our own; MPI carries its invitation.
#ifndef GAN_RUNTIME_DEVICE_GPU_NCCL_H
#define GAN_RUNTIME_DEVICE_GPU_NCCL_H

#include "runtime/device/gpu/CudaApi.h"
#include "runtime/device/gpu/Driver.h"
#include "runtime/ranks/Communicator.h"

namespace gan::runtime::nccl {

using Comm = struct CommOpaque *;
/// ncclUniqueId
struct UniqueId {
  char bytes[128];
};
inline constexpr int kSuccess = 0; // ncclSuccess
inline constexpr int kBytes = 0;   // ncclInt8

/// The functions of a library that has been loaded.
struct Api {
  int (*getUniqueId)(UniqueId *id);
  int (*commInitRank)(Comm *comm, int ranks, UniqueId id, int rank);
  int (*commDestroy)(Comm comm);
  int (*allGather)(const void *from, void *into, size_t count, int type,
                   Comm comm, cuda::CuStream stream);
  int (*groupStart)();
  int (*groupEnd)();
  const char *(*getErrorString)(int result);
};

/// The GPUs of all ranks.
class Ranks {
public:
  /// Every rank calls it, with the context of its GPU in use. `Unsupported`
  /// where there is no such library.
  static Result<std::unique_ptr<Ranks>> join(Communicator &ranks,
                                             const std::string &library);
  ~Ranks();

  /// Queues an exchange (GpuNode::exchanges): all of its tensors in one group.
  Status queue(const GpuNode &node, cuda::CuStream stream) const;

private:
  explicit Ranks(const Api &api) : api(api) {}
  Status check(int result, const std::string &doing) const;

  Api api;
  Comm comm = nullptr;
};

} // namespace gan::runtime::nccl

#endif // GAN_RUNTIME_DEVICE_GPU_NCCL_H
