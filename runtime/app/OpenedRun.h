// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A run as the commands see it that look at what it has learned.
#ifndef GAN_RUNTIME_APP_OPENEDRUN_H
#define GAN_RUNTIME_APP_OPENEDRUN_H

#include "runtime/app/Commands.h"
#include "runtime/game/Game.h"

namespace gan::runtime {

inline constexpr OptionSpec kRunOption = {
    "run", 0, "DIR", "folder of the run whose weights to use"};
inline constexpr OptionSpec kOutputOption = {
    "output", 0, "NAME", "which output of the model (default: its first)"};

/// The folder that `--run` names; `Usage` without.
Result<std::string> readRun(const Arguments &arguments);

/// The entry of the output that `--output` names, or of the first; `Usage`
/// tells which there are.
Result<uint32_t> readOutput(const Executable &executable,
                            const Arguments &arguments);

/// The outputs that a command may choose from: that of --output, or all.
Result<std::vector<uint32_t>> readOutputs(const Executable &executable,
                                          const Arguments &arguments);

/// What commands that draw samples are asked for alike.
struct Drawing {
  std::string run; // the folder
  uint32_t output; // its entry
  std::string file;
};

/// The above, with `readSamplesPath(.., base)` for the file.
Result<Drawing> readDrawing(const CommandContext &context,
                            const std::string &base);

/// A game with the weights of a run, on a device.
struct OpenedRun {
  std::unique_ptr<Device> device; // outlives the game
  std::optional<Game> game;
};

/// Opens the device, the data (where `wantsData`, the output reads some, or
/// they are named), and the weights of the folder `run`. `seed` is that of what
/// is drawn.
Result<OpenedRun> openRun(const CommandContext &context, const std::string &run,
                          uint32_t output, uint64_t seed,
                          bool wantsData = false);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_OPENEDRUN_H
