// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/ScheduledEvaluation.h"
#include "runtime/app/EvaluationOptions.h"
#include "runtime/base/Log.h"

#include <cmath>
#include <cstdio>

using namespace gan::runtime;

Result<ScheduledEvaluation>
ScheduledEvaluation::create(const Arguments &arguments,
                            const Executable &executable, const Game &game,
                            uint64_t seed) {
  ScheduledEvaluation scheduled(executable);
  Result<uint64_t> every = arguments.number("evaluate-every", 0, /*least=*/1);
  if (!every.ok())
    return every.status();
  for (const char *name :
       {"metric", "features", "feature-weights", "count", "sets"})
    if (!*every && arguments.has(name))
      return Status(Code::Usage, "belongs to --evaluate-every",
                    std::string("--") + name);
  if (!*every)
    return scheduled;
  Result<EvaluationOptions> options =
      readEvaluationOptions(arguments, /*sets=*/1);
  if (!options.ok())
    return options.status();
  options->seed = seed; // which a run that goes on has from its checkpoint
  if (options->metrics.empty())
    options->metrics = "fid";
  Result<std::unique_ptr<Evaluator>> evaluator =
      Evaluator::create(executable, game.data(), options.take());
  if (!evaluator.ok())
    return evaluator.status();
  scheduled.evaluator = evaluator.take();
  scheduled.every = *every;
  return scheduled;
}

static std::string summaryOf(const Evaluation &evaluation, uint64_t pass) {
  std::string text = "step " + std::to_string(pass) + " evaluated:";
  for (const auto &[name, spread] : evaluation.values) {
    char number[32];
    std::snprintf(number, sizeof(number), " %.5g", spread.mean);
    text += "  " + name + number;
  }
  return text;
}

Result<ScheduledEvaluation::Found> ScheduledEvaluation::run(Game &game,
                                                            uint64_t pass) {
  const Subject &subject = evaluator->comparedSubject();
  GeneratedStream samples(executable, subject, game);
  Result<Evaluation> found =
      evaluator->evaluate(game.data()[subject.data], samples);
  if (!found.ok())
    return found.status();
  logLine(summaryOf(*found, pass));
  Found told{.line = jsonLine(*found, pass), .rating = std::nullopt};
  const auto &[metric, spread] = found->values.front();
  if (std::isfinite(spread.mean))
    told.rating = Rating{metric, spread.mean, evaluator->isHigherBetter()};
  return told;
}
