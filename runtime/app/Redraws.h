// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Other distributions in place of a model's: `--draw z=truncated_normal(0, 1)`.
#ifndef GAN_RUNTIME_APP_REDRAWS_H
#define GAN_RUNTIME_APP_REDRAWS_H

#include "runtime/app/Arguments.h"
#include "runtime/base/Rng.h"
#include "runtime/game/Game.h"

namespace gan::runtime {

inline constexpr OptionSpec kRedrawOption = {
    "draw", 0, "NAME=DISTRIBUTION",
    "in place of the model's distribution: normal(mean, std), uniform(low, "
    "high) or truncated_normal(mean, std, cut), whose cut is 2 if not said; "
    "may be repeated",
    /*repeats=*/true};

class Redraws {
public:
  /// None: all is drawn as the model says.
  Redraws() = default;
  /// Of an output, as `--draw` says, in games of this seed. `Usage` for a draw
  /// that it has not, one of classes, and what is no distribution.
  static Result<Redraws> read(const Executable &executable, uint32_t output,
                              const Arguments &arguments, uint64_t seed);
  /// The output of a move, drawn as a model with these distributions would.
  Result<FileBytes> compute(Game &game, uint32_t output, uint64_t move) const;

private:
  void apply(Draws &draws, uint64_t move) const;
  using Formula = double (*)(const std::vector<double> &parameters,
                             const RandomWords &words);
  struct Redraw {
    size_t index; // of the draws
    const format::Binding *input;
    Formula value;
    std::vector<double> parameters = {};
  };
  struct Kind;
  static Status parse(const std::string &text, Redraw &redraw);
  std::vector<Redraw> redraws;
  uint64_t seed = 0;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_REDRAWS_H
