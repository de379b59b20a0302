// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Notices within seconds that another rank has died. A rank whose peer dies in
// an exchange would wait for ever, as MPI and NCCL do.
#ifndef GAN_RUNTIME_RANKS_WATCH_H
#define GAN_RUNTIME_RANKS_WATCH_H

#include "runtime/ranks/Communicator.h"

#include <functional>
#include <memory>

namespace gan::runtime {

/// Every rank holds a connection (TCP) to rank 0, over which both say each
/// second that they live. Rank 0 tells all others of one that it loses: the
/// connection ends (at once, if the process died), or is silent for `kSilence`
/// seconds (its machine died, or it is stopped).
class Watch {
public:
  /// Called on a thread of the watch, once, with a sentence that names the
  /// rank, its machine and its process.
  using OnLoss = std::function<void(const Status &)>;

  static constexpr int kSilence = 6;

  /// Connects; every rank calls it, and has so many seconds to come. More than
  /// one rank.
  static Result<std::unique_ptr<Watch>>
  start(Communicator &ranks, OnLoss onLoss, int secondsToCome = 20);
  virtual ~Watch() = default;

  /// This rank is done and has nothing to tell; neither will it notice more.
  virtual void leave() = 0;
  /// This rank ends for a reason that the others should name.
  virtual void fail(const Status &reason) = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_RANKS_WATCH_H
