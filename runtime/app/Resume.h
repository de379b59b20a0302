// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How a run goes on where it was.
#ifndef GAN_RUNTIME_APP_RESUME_H
#define GAN_RUNTIME_APP_RESUME_H

#include "runtime/app/TrainOptions.h"
#include "runtime/checkpoint/Checkpoints.h"
#include "runtime/game/Game.h"
#include "runtime/report/RunFolder.h"

#include <optional>

namespace gan::runtime {

/// The latest whole checkpoint of the run in `folder`, with a warning for each
/// later one that is not; none where a new run is to begin. `Usage` where the
/// folder holds a run without checkpoints that nobody gave up.
Result<std::optional<Checkpoints::Found>>
findCheckpoint(const RunFolder &folder, const TrainOptions &options);

/// What the run is one of.
RunIdentity identityOf(const Executable &executable, const Device &device,
                       const Game &game, const TrainOptions &options);

/// Where the game was when the checkpoint was written.
Position placeOf(const Manifest &manifest);

/// Puts game and device to where the checkpoint was written. `Mismatch` where
/// that is one of another run, unless the options accept it.
Status goOn(const Checkpoints::Found &checkpoint, const Executable &executable,
            const TrainOptions &options, Device &device, Game &game);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_RESUME_H
