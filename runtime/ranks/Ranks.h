// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// This process as one of the ranks of a run.
#ifndef GAN_RUNTIME_RANKS_RANKS_H
#define GAN_RUNTIME_RANKS_RANKS_H

#include "runtime/ranks/Watch.h"

#include <memory>

namespace gan::runtime {

class MpiCommunicator;

class Ranks {
public:
  /// Joins the ranks that `mpirun` or `srun` started together with this
  /// process, as the environment tells; alone without a library where it tells
  /// of one rank or none. `onLoss` as of `Watch`.
  static Result<std::unique_ptr<Ranks>> join(Watch::OnLoss onLoss);
  ~Ranks();

  /// Null: this process is alone.
  Communicator *communicator() const;

  /// This rank has done all: waits for the others.
  Status leave();
  /// This rank ends because of `reason`, and the others therefore.
  void fail(const Status &reason);

private:
  Ranks() = default;
  std::unique_ptr<MpiCommunicator> mpi;
  std::unique_ptr<Watch> watch;
};

/// How many processes the environment says were started together by `mpirun`
/// (Open MPI, MPICH) or `srun`; 1 if it says nothing.
uint32_t startedRanks();

/// The number of this process among those of its machine, as it says; 0 if it
/// says nothing.
uint32_t rankOnMachine();

} // namespace gan::runtime

#endif // GAN_RUNTIME_RANKS_RANKS_H
