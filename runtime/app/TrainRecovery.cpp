// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is done about a run that has gone wrong.
#include "runtime/app/Training.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"

using namespace gan;
using namespace gan::runtime;

// Back to the same checkpoint so often and no more.
static constexpr uint64_t kMostRollbacks = 3;

Status Training::tellTrouble(const Trouble &trouble, const std::string &action,
                             const std::string &consequence,
                             uint64_t rollbacks) {
  progress->endLine();
  std::string text = trouble.sentence + consequence;
  logWarning(text);
  return journal->append(RunEvent{.step = passesDone,
                                  .kind = trouble.kind,
                                  .action = action,
                                  .first = trouble.first,
                                  .text = text,
                                  .rollbacks = rollbacks});
}

// Ranks cannot go back together: the run ends, and its next start goes on from
// the latest checkpoint.
Status Training::resolveTogether() {
  Trouble trouble = health->takeTroubles().front();
  Status status = tellTrouble(trouble, nameOf(Action::Stop), "");
  return status.ok() ? Status(Code::Diverged,
                              "training has gone wrong: " + trouble.sentence)
                     : status;
}

Status Training::resolve() {
  for (Trouble &trouble : health->takeTroubles()) {
    // After one that changed where the run stands the others are of the past.
    bool isOver = passesDone < trouble.noticed;
    if (Status status = isOver ? Status() : resolve(std::move(trouble));
        !status.ok())
      return status;
  }
  return Status();
}

Status Training::resolve(Trouble trouble) {
  Status status;
  if (!trouble.isFinite) {
    status = health->findFirst(trouble);
    if (!status.ok())
      return status;
    // The machine erred, and has now computed what is right.
    if (trouble.isFinite && trouble.action == Action::Rollback)
      trouble.action = Action::Warn;
  }
  switch (trouble.action) {
  case Action::Stop:
    return endBecauseOf(trouble);
  case Action::Rollback:
    return rollBack(std::move(trouble));
  case Action::Warn:
    break;
  }
  // What went well the second time stands where it stood.
  status = trouble.isFinite ? Status() : health->catchUp(trouble);
  passesDone = game->position().passes;
  return status.ok() ? tellTrouble(trouble, "warn", "") : status;
}

// What was good last is saved, so that nothing is lost and everybody can see
// the next step go wrong.
Status Training::endBecauseOf(const Trouble &trouble) {
  Status told = tellTrouble(trouble, "stop", "");
  passesDone = game->position().passes;
  // An alarm looks at losses: nobody has asked whether the rest is finite.
  Result<bool> isGood = health->isFinite();
  Status status = isGood.status();
  if (status.ok() && *isGood && passesDone > 0 && passesSaved != passesDone)
    status = saveNow();
  if (status.ok())
    status = told;
  if (!status.ok())
    return status;
  return Status(Code::Diverged,
                "training has gone wrong: " + trouble.sentence + "; " +
                    keptText(*isGood) +
                    " (--on-nan and --on-alarm say what is to be done)");
}

// Of a run that has gone wrong: what its folder has.
std::string Training::keptText(bool isGood) const {
  std::string place = " is in " + folder->path() + "/checkpoints";
  std::string end = "the state after " + std::to_string(passesDone) + " steps";
  if (isGood)
    return passesSaved ? end + place : "nothing is saved, as no step went well";
  return end + " is not finite and not saved" +
         (passesSaved ? ", that after " + std::to_string(*passesSaved) + place
                      : "");
}

// The names in the run are the checkpoint's before others go, so that they are
// always those of one that is there. Removes what lies behind the checkpoint,
// so that the run, when it is cut off and goes on, takes the same way again.
Status Training::rollBack(Trouble trouble) {
  std::vector<Status> passedOver;
  Checkpoints checkpoints(folder->path());
  Result<std::optional<Checkpoints::Found>> found =
      checkpoints.findLatest(passedOver, trouble.first);
  for (const Status &problem : passedOver)
    logWarning(problem.text() +
               (found.ok() ? "; an earlier checkpoint is taken" : ""));
  if (!found.ok())
    return found.status();
  Position place = *found ? placeOf((*found)->manifest) : Position();
  uint64_t number = game->position().rollbacks + 1;
  if (number - place.rollbacks > kMostRollbacks) {
    trouble.sentence += ", and after " + std::to_string(kMostRollbacks) +
                        " rollbacks to step " + std::to_string(place.passes);
    return endBecauseOf(trouble);
  }
  place.rollbacks = number;
  Status status = *found ? restoreStorage(executable, *device, (*found)->path)
                         : game->initialise();
  if (status.ok() && *found)
    status = checkpoints.nameInRun(executable, *device, (*found)->path);
  if (status.ok())
    status = checkpoints.removeAfter(place.passes);
  if (status.ok() && !*found && !options.weights.empty())
    status = loadStorage(executable, *device, options.weights);
  if (status.ok())
    status = game->goTo(place);
  if (status.ok())
    status = journal->goBack(place.passes);
  if (status.ok())
    status = health->recall(folder->metricsPath());
  if (status.ok())
    status = health->begin();
  if (!status.ok())
    return status;
  passesDone = passesSampled = place.passes;
  passesSaved = *found ? std::optional(place.passes) : std::nullopt;
  progress->goBack(passesDone);
  return tellTrouble(trouble, "rollback",
                     "; the run goes on after step " +
                         std::to_string(place.passes) +
                         ", with other random numbers and another order of "
                         "the data than before (rollback " +
                         std::to_string(number) + ")",
                     number);
}
