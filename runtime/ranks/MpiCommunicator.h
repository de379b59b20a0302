// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ranks that `mpirun` or `srun` started.
#ifndef GAN_RUNTIME_RANKS_MPICOMMUNICATOR_H
#define GAN_RUNTIME_RANKS_MPICOMMUNICATOR_H

#include "runtime/ranks/Communicator.h"
#include "runtime/ranks/MpiApi.h"

#include <vector>

namespace gan::runtime {

class MpiCommunicator : public Communicator {
public:
  /// All ranks of the world of MPI; once per process. `library`: libmpi.
  static Result<std::unique_ptr<MpiCommunicator>>
  join(const std::string &library);

  uint32_t rank() const override { return ownRank; }
  uint32_t size() const override { return ranks; }
  Status allGather(std::span<const std::span<std::byte>> tensors) override;
  Status broadcast(std::span<std::byte> bytes) override;

  /// Waits for all ranks, after which none may call anything any more.
  Status finish();

private:
  explicit MpiCommunicator(std::unique_ptr<mpi::Api> api)
      : api(std::move(api)) {}
  Status gatherWindow(uint64_t bytes);

  std::unique_ptr<mpi::Api> api;
  uint32_t ownRank = 0, ranks = 1;
  std::vector<std::byte> window; // begins with as many bytes of each rank
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_RANKS_MPICOMMUNICATOR_H
