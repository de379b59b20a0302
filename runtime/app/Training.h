// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One run of `train`, from its options to the files that it leaves.
#ifndef GAN_RUNTIME_APP_TRAINING_H
#define GAN_RUNTIME_APP_TRAINING_H

#include "runtime/app/Health.h"
#include "runtime/app/Resume.h"
#include "runtime/app/ScheduledEvaluation.h"
#include "runtime/app/Team.h"
#include "runtime/report/Journal.h"
#include "runtime/report/Progress.h"

#include <chrono>
#include <optional>

namespace gan::runtime {

class Training {
public:
  Training(const CommandContext &context, TrainOptions options)
      : context(context), executable(context.executable),
        options(std::move(options)), team(context.ranks) {}

  /// Data, device, game and first values: all that can be wrong.
  Status prepare();
  /// Instead of the run: what it would take. Some passes are played to see how
  /// long they take; nothing is written.
  Result<std::string> plan();
  /// The folder, with what is known before the first step.
  Status openFolder();
  Status run();
  /// What ranks do that have no folder.
  Status follow();
  bool hasFolder() const { return team.isFirst(); }
  Status tellEnd();
  /// Tells of a failure where people look, and gives it back.
  Status endBadly(Status status);

private:
  // ---- Train.cpp
  Status findRun();
  Status shareBeginning();
  Status makeFolder();
  Status createGame(std::vector<Dataset> data);
  Status giveFirstValues();
  Status openJournal();
  Status tellProfile();
  // What a user who ended the run early has to know; success if nobody did.
  Status interruption() const;

  // ---- TrainPlan.cpp
  std::string stepsText() const;
  std::string diskText() const;
  Result<std::string> timeText();

  // ---- TrainPasses.cpp
  Status finishPass(const PassReport &report);
  Status tell(StepReport line);
  Result<StepReport> lineOf(const PassReport &report);
  Status writeSamplesNow(uint64_t pass);
  Status saveNow(const std::optional<Rating> &rating = std::nullopt);
  Status evaluateNow();
  Status lookBeforeTheEnd();
  Status leaveWhatWasLearned();

  // ---- TrainRecovery.cpp
  // Does what is to be done about the troubles of the last look; a failure
  // where the run is over by that.
  Status resolve();
  Status resolve(Trouble trouble);
  Status resolveTogether();
  Status endBecauseOf(const Trouble &trouble);
  std::string keptText(bool isGood) const;
  Status rollBack(Trouble trouble);
  Status tellTrouble(const Trouble &trouble, const std::string &action,
                     const std::string &consequence, uint64_t rollbacks = 0);

  const CommandContext &context;
  const Executable &executable;
  TrainOptions options;
  Team team;
  Beginning beginning;
  std::unique_ptr<Device> device;
  std::optional<Game> game;
  std::optional<Health> health;
  std::optional<RunFolder> folder;
  std::optional<Checkpoints::Found> checkpoint; // from which the run goes on
  std::optional<ScheduledEvaluation> evaluation;
  std::optional<Journal> journal;
  std::optional<Progress> progress;
  uint64_t passes = 0;       // of the whole run
  uint64_t passesBefore = 0; // done when this process took it up
  uint64_t passesDone = 0;
  uint64_t passesSampled = 0;
  std::optional<uint64_t> passesSaved; // none: the run has no checkpoint
  uint64_t passesPlayed = 0; // by this process, the repeated ones, too
  uint64_t imagesSince = 0;  // images since `lastTime`
  bool hasWarnedOfBad = false;
  std::chrono::steady_clock::time_point lastTime;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_TRAINING_H
