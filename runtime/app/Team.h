// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the ranks of a training tell each other beside its steps. Rank 0 has the
// run folder: it reads and writes all files but data.
#ifndef GAN_RUNTIME_APP_TEAM_H
#define GAN_RUNTIME_APP_TEAM_H

#include "runtime/checkpoint/Manifest.h"
#include "runtime/device/Device.h"
#include "runtime/game/Game.h"
#include "runtime/ranks/Communicator.h"

namespace gan::runtime {

/// Where the run begins; rank 0 knows.
struct Beginning {
  uint64_t seed = 0;
  bool goesOn = false;   // from a checkpoint, at `place`
  bool hasFiles = false; // storage begins with values of files
  Position place;
};

class Team {
public:
  /// Null: a team of one, for which all of this is done.
  explicit Team(Communicator *ranks) : ranks(ranks) {}

  bool isFirst() const { return !ranks || ranks->rank() == 0; }

  /// Gives all what rank 0 has.
  Status share(Beginning &beginning);
  /// Gives the storage of all devices the values of rank 0's.
  Status shareStorage(const Executable &executable, Device &device);
  /// That all ranks are about to do the same: the same model, code, seed, data
  /// and number of steps. `Mismatch` names one that is not like rank 0.
  Status compare(const RunIdentity &identity, uint64_t steps);
  /// Whether one of them says so.
  Result<bool> anyOf(bool own);

private:
  Communicator *ranks;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_TEAM_H
