// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The latents of an output: those of seeds, and the samples of any.
#ifndef GAN_RUNTIME_APP_LATENTS_H
#define GAN_RUNTIME_APP_LATENTS_H

#include "runtime/app/Arguments.h"
#include "runtime/game/Game.h"
#include "runtime/game/Latent.h"
#include "runtime/report/Samples.h"

namespace gan::runtime {

inline constexpr OptionSpec kDrawOption = {
    "draw", 0, "NAME",
    "a draw of the model that changes, the others being those of the first "
    "seed; may be repeated (default: all outside networks that have several "
    "numbers for a sample, not classes)",
    /*repeats=*/true};

class Latents {
public:
  /// Of an output that is drawn from something, batch by batch: `Usage` for
  /// others, and for a `--draw` that it has not. `executable` outlives these.
  static Result<Latents> create(const Executable &executable, uint32_t output,
                                const Arguments &arguments);

  /// Which of the draws of a latent change, in the order of `drawInputs`.
  const std::vector<bool> &moves() const { return areMoved; }
  /// `Usage` for more of them, or of their samples, than memory should hold.
  Status checkCount(uint64_t count) const;
  /// What the first sample of this seed is drawn from, as `sample --seed` shows
  /// it.
  Result<Latent> ofSeed(Game &game, uint64_t seed) const;
  Result<std::vector<Latent>> ofSeeds(Game &game,
                                      std::span<const uint64_t> seeds) const;
  /// A sample of each.
  Result<Samples> samplesOf(Game &game, std::span<const Latent> latents) const;

private:
  Latents(const Executable &executable, uint32_t output)
      : executable(executable), output(output) {}
  Status prepare(const Arguments &arguments);
  Status choose(const std::vector<std::string> &names);
  Draws drawsOf(std::span<const Latent> latents) const;

  const Executable &executable;
  uint32_t output;
  std::vector<const format::Binding *> inputs; // of the draws
  std::vector<bool> areMoved;
  uint64_t batch = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_LATENTS_H
