// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a run measures of its own samples while it goes on.
#ifndef GAN_RUNTIME_APP_SCHEDULEDEVALUATION_H
#define GAN_RUNTIME_APP_SCHEDULEDEVALUATION_H

#include "runtime/app/Arguments.h"
#include "runtime/checkpoint/Rating.h"
#include "runtime/evaluation/Evaluator.h"

namespace gan::runtime {

class ScheduledEvaluation {
public:
  /// By --evaluate-every and the options that belong to it, with the seed of
  /// the run; without it nothing is ever due. Tells all that a user can have
  /// got wrong.
  static Result<ScheduledEvaluation> create(const Arguments &arguments,
                                            const Executable &executable,
                                            const Game &game, uint64_t seed);

  /// After every K-th pass and after the last.
  bool isDue(uint64_t pass, uint64_t passes) const {
    return every && (pass % every == 0 || pass == passes);
  }

  struct Found {
    std::string line;             // of the log
    std::optional<Rating> rating; // by the first value; none: it is not finite
  };
  /// Measures samples on the same latents each time, and tells in a line.
  Result<Found> run(Game &game, uint64_t pass);

private:
  explicit ScheduledEvaluation(const Executable &executable)
      : executable(executable) {}

  const Executable &executable;
  uint64_t every = 0;
  std::unique_ptr<Evaluator> evaluator;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_SCHEDULEDEVALUATION_H
