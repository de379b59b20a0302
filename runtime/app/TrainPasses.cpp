// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes of a run, and what is done behind each.
#include "runtime/app/Outputs.h"
#include "runtime/app/Training.h"
#include "runtime/base/Log.h"

using namespace gan;
using namespace gan::runtime;

// What is logged of a pass whose metrics are there.
Result<StepReport> Training::lineOf(const PassReport &report) {
  auto now = std::chrono::steady_clock::now();
  double seconds = std::chrono::duration<double>(now - lastTime).count();
  StepReport line{.step = report.pass,
                  .phase = report.phase->name()->str(),
                  .imagesPerSecond = static_cast<double>(imagesSince) / seconds,
                  .metrics = report.metrics};
  if (isMeasured(report.pass, passes)) {
    Result<Metrics> diversity = health->measureDiversity();
    if (!diversity.ok())
      return diversity.status();
    line.metrics.insert(line.metrics.end(), diversity->begin(),
                        diversity->end());
  }
  lastTime = now;
  imagesSince = 0;
  return line;
}

Status Training::tell(StepReport line) {
  progress->show(line);
  return journal->append(line);
}

Status Training::writeSamplesNow(uint64_t pass) {
  std::vector<uint32_t> outputs = outputEntries(executable);
  for (uint32_t entry : outputs) {
    Result<Samples> samples =
        computeSamples(executable, *game, entry, /*count=*/0);
    if (!samples.ok())
      return samples.status();
    std::string name = executable.tables().entries()->Get(entry)->name()->str();
    if (outputs.size() == 1)
      name.clear();
    std::string base = folder->samplesBase(pass, name);
    Result<std::string> path = writeSamples(
        base, *samples, viewOf(*executable.tables().data(), samples->shape));
    if (!path.ok())
      return path.status();
    if (isImage(samples->shape) || isPoint(samples->shape))
      journal->addPicture(pass, name, base + ".png");
  }
  passesSampled = pass;
  return Status();
}

Status Training::saveNow(const std::optional<Rating> &rating) {
  const Position &place = game->position();
  // Before the checkpoint that goes on from them.
  Status status = folder->sync();
  if (status.ok())
    status = Checkpoints(folder->path())
                 .save(executable, *device,
                       {.run = identityOf(executable, *device, *game, options),
                        .passes = passesDone,
                        .phaseEnds = place.phaseEnds,
                        .rollbacks = place.rollbacks,
                        .files = {}},
                       options.keep, rating, health->suspectSince());
  if (status.ok()) {
    passesSaved = passesDone;
    journal->writeTable();
  }
  return status;
}

// What was measured is saved with what was measured, so that the best is never
// one that is gone. What could not be measured is saved, too.
Status Training::evaluateNow() {
  progress->endLine();
  Result<ScheduledEvaluation::Found> found = evaluation->run(*game, passesDone);
  Status status =
      found.ok() ? journal->appendEvaluation(found->line) : found.status();
  if (status.ok())
    return saveNow(found->rating);
  logWarning(status.text() + "; step " + std::to_string(passesDone) +
             " is not rated, training goes on");
  return saveNow();
}

Status Training::finishPass(const PassReport &report) {
  passesDone = report.pass;
  ++passesPlayed;
  imagesSince += report.phase->batch();
  bool isSampledNow = isSampled(options, report.pass, passes);
  bool isRated = evaluation->isDue(report.pass, passes);
  bool isSavedNow = isRated || isSaved(options, report.pass, passes);
  std::optional<StepReport> line;
  if (report.hasMetrics) {
    Result<StepReport> made = lineOf(report);
    if (!made.ok())
      return made.status();
    line = made.take();
  }
  Status status = line ? tell(*line) : Status();
  if (status.ok())
    status = health->look(report, line ? &*line : nullptr,
                          /*isDue=*/isSampledNow || isSavedNow);
  for (const Trouble &warning : health->takeWarnings())
    if (status.ok())
      status = tellTrouble(warning, "warn", "");
  // What is not well is neither drawn nor saved before somebody has decided.
  if (!status.ok() || health->isInTrouble())
    return status;
  if (isSampledNow)
    status = writeSamplesNow(report.pass);
  if (!status.ok() || !isSavedNow || (report.pass == passes && !isRated))
    return status;
  if (health->isBad()) {
    if (!hasWarnedOfBad)
      logWarning("step " + std::to_string(report.pass) +
                 " and what follows is not saved while it is not finite");
    hasWarnedOfBad = true;
    return Status();
  }
  // What has been learned is worth more than a save that may succeed later.
  if (Status saved = isRated ? evaluateNow() : saveNow(); !saved.ok())
    logWarning(saved.text() + "; step " + std::to_string(report.pass) +
               " is not saved, training goes on");
  return Status();
}

// A user's stop may have come between two looks.
Status Training::lookBeforeTheEnd() {
  PassReport last;
  last.pass = passesDone;
  return passesSaved == passesDone
             ? Status()
             : health->look(last, /*line=*/nullptr, /*isDue=*/true);
}

// A run that the user ends early leaves what it has learned.
Status Training::leaveWhatWasLearned() {
  Status status =
      passesSampled != passesDone ? writeSamplesNow(passesDone) : Status();
  if (!status.ok() || passesSaved == passesDone)
    return status;
  if (!health->isBad())
    return saveNow();
  logWarning("the end is not saved, as it is not finite; " +
             (passesSaved
                  ? "the weights in " + folder->path() + " are those after " +
                        std::to_string(*passesSaved) + " steps"
                  : "the run leaves no weights"));
  return Status();
}

Status Training::run() {
  progress.emplace("step", passes, passesBefore, options.quiet);
  lastTime = std::chrono::steady_clock::now();
  for (;;) {
    Status status = game->play(
        [this](const PassReport &report) { return finishPass(report); },
        [this] {
          if (passesPlayed == 0 && !options.quiet)
            logLine("run: " + folder->path() +
                    (checkpoint ? ", which goes on after step " +
                                      std::to_string(passesBefore)
                                : ""));
        });
    if (status.ok() && !health->isInTrouble())
      status = lookBeforeTheEnd();
    if (!status.ok())
      return status;
    if (!health->isInTrouble())
      break;
    if (status = context.ranks ? resolveTogether() : resolve(); !status.ok())
      return status;
    if (passesDone == passes || context.stop)
      break;
  }
  return leaveWhatWasLearned();
}
