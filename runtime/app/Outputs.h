// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The outputs of a model, computed.
#ifndef GAN_RUNTIME_APP_OUTPUTS_H
#define GAN_RUNTIME_APP_OUTPUTS_H

#include "runtime/app/Redraws.h"
#include "runtime/game/Game.h"
#include "runtime/game/OutputTables.h"
#include "runtime/report/Samples.h"

namespace gan::runtime {

/// The file that `--out` names, or `base` with the ending that fits the output:
/// .png for images and points, else .csv. `Usage` for one that does not fit.
Result<std::string> readSamplesPath(const Executable &executable,
                                    const Arguments &arguments, uint32_t output,
                                    const std::string &base);

/// `Usage` for more samples than memory should hold.
Status checkFits(uint64_t count, uint64_t perSample);

/// The first `count` samples of an output: as many runs of its entry as they
/// take, the first with the latents of move 0, the last one cut. 0: those of
/// one run, at most 64. `Usage` for more than memory should hold.
Result<Samples> computeSamples(const Executable &executable, Game &game,
                               uint32_t entry, uint64_t count,
                               const Redraws &redraws = Redraws());

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_OUTPUTS_H
