// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/Outputs.h"
#include "runtime/app/Profile.h"
#include "runtime/app/Resume.h"
#include "runtime/app/ScheduledEvaluation.h"
#include "runtime/app/Trace.h"
#include "runtime/app/TrainOptions.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Sources.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/Progress.h"

#include <chrono>
#include <optional>

using namespace gan;
using namespace gan::runtime;

namespace {
// One run of `train`, from its options to the files that it leaves.
class Training {
public:
  Training(const CommandContext &context, TrainOptions options)
      : context(context), executable(context.executable),
        options(std::move(options)) {}

  /// Data, device, game and first values: all that can be wrong.
  Status prepare();
  /// The folder, with what is known before the first step.
  Status openFolder();
  Status run();
  Status tellEnd() const;

private:
  Status tellProfile() const;
  // What a user who ended the run early has to know; success if nobody did.
  Status interruption() const;
  Status findRun();
  Status makeFolder();
  Status createGame(std::vector<Dataset> data);
  Status giveFirstValues();
  Status finishPass(const PassReport &report);
  Status tell(const PassReport &report);
  Status writeSamplesNow(uint64_t pass);
  Status saveNow(const std::optional<Rating> &rating = std::nullopt);
  Status evaluateNow();

  const CommandContext &context;
  const Executable &executable;
  TrainOptions options;
  std::unique_ptr<Device> device;
  std::optional<Game> game;
  std::optional<RunFolder> folder;
  std::optional<Checkpoints::Found> checkpoint; // from which the run goes on
  std::optional<ScheduledEvaluation> evaluation;
  std::optional<MetricsLog> log;
  std::optional<Progress> progress;
  uint64_t passes = 0;       // of the whole run
  uint64_t passesBefore = 0; // done when this process took it up
  uint64_t passesDone = 0;
  uint64_t passesSampled = 0, passesSaved = 0;
  uint64_t imagesSince = 0; // images since `lastTime`
  std::chrono::steady_clock::time_point lastTime;
};
} // namespace

Status Training::createGame(std::vector<Dataset> data) {
  Result<Game> created = Game::create(
      executable, *device, std::move(data),
      {.seed = options.seed,
       .steps = options.steps,
       .wantsMetrics =
           [this](uint64_t pass) { return isLogged(options, pass, passes); },
       .stop = &context.stop});
  if (!created.ok())
    return created.status();
  game.emplace(created.take());
  passes = game->passes();
  if (context.arguments.has("steps") && passes < options.steps)
    logWarning("the phases of the model end after " + std::to_string(passes) +
               " of the " + std::to_string(options.steps) + " steps");
  return Status();
}

// What stands in the folder decides about the seed, so it comes first.
Status Training::findRun() {
  if (options.runDir.empty())
    return Status();
  Result<RunFolder> claimed = RunFolder::claim(options.runDir);
  if (!claimed.ok())
    return claimed.status();
  folder.emplace(claimed.take());
  Result<std::optional<Checkpoints::Found>> found =
      findCheckpoint(*folder, options);
  if (!found.ok())
    return found.status();
  checkpoint = found.take();
  if (checkpoint && !options.weights.empty())
    return Status(Code::Usage,
                  "a run that goes on has its own weights; name another folder "
                  "for a new run",
                  "--weights");
  if (checkpoint && !context.arguments.has("seed"))
    options.seed = checkpoint->manifest.run.seed;
  return Status();
}

Status Training::giveFirstValues() {
  if (checkpoint)
    return goOn(*checkpoint, executable, options, *device, *game);
  Status status = game->initialise();
  return !status.ok() || options.weights.empty()
             ? status
             : loadStorage(executable, *device, options.weights);
}

Status Training::prepare() {
  if (Status status = findRun(); !status.ok())
    return status;
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), context.arguments.all("data"));
  if (!data.ok())
    return data.status();
  Result<std::unique_ptr<Device>> opened =
      openDevice(executable, context.arguments, options.profile);
  if (!opened.ok())
    return opened.status();
  device = opened.take();
  Status status = createGame(data.take());
  if (status.ok())
    status = giveFirstValues();
  if (!status.ok())
    return status;
  Result<ScheduledEvaluation> scheduled =
      ScheduledEvaluation::create(context.arguments, executable, *game);
  if (!scheduled.ok())
    return scheduled.status();
  evaluation.emplace(scheduled.take());
  passesBefore = game->position().passes;
  passesDone = passesSampled = passesSaved = passesBefore;
  return status;
}

Status Training::makeFolder() {
  if (checkpoint)
    return folder->goOn(passesDone);
  if (!folder) {
    Result<RunFolder> made =
        RunFolder::createNumbered(executable.tables().model()->str());
    if (!made.ok())
      return made.status();
    folder.emplace(made.take());
  }
  Status status = folder->begin();
  return status.ok() ? Checkpoints(folder->path()).clear() : status;
}

Status Training::openFolder() {
  const format::Executable &tables = executable.tables();
  Status status = makeFolder();
  // Unsynced: a disk is not to be waited for before the first step.
  if (status.ok())
    status =
        writeFile(folder->modelPath(), bytesOf(tables.source()->string_view()),
                  Durability::Unsynced);
  if (status.ok())
    status = writeFile(
        folder->optionsPath(),
        bytesOf(optionsText(options, context.arguments, executable, *device)),
        Durability::Unsynced);
  if (!status.ok())
    return status;
  Result<MetricsLog> opened = MetricsLog::open(folder->metricsPath());
  if (!opened.ok())
    return opened.status();
  log.emplace(opened.take());
  return Status();
}

Status Training::tell(const PassReport &report) {
  auto now = std::chrono::steady_clock::now();
  double seconds = std::chrono::duration<double>(now - lastTime).count();
  StepReport line{.step = report.pass,
                  .phase = report.phase->name()->str(),
                  .imagesPerSecond = static_cast<double>(imagesSince) / seconds,
                  .metrics = report.metrics};
  lastTime = now;
  imagesSince = 0;
  progress->show(line);
  return log->append(line);
}

Status Training::writeSamplesNow(uint64_t pass) {
  std::vector<uint32_t> outputs = outputEntries(executable);
  for (uint32_t entry : outputs) {
    Result<Samples> samples =
        computeSamples(executable, *game, entry, /*count=*/0);
    if (!samples.ok())
      return samples.status();
    std::string name = executable.tables().entries()->Get(entry)->name()->str();
    Result<std::string> path = writeSamples(
        folder->samplesBase(pass, outputs.size() > 1 ? name : ""), *samples,
        viewOf(*executable.tables().data(), samples->shape));
    if (!path.ok())
      return path.status();
  }
  passesSampled = pass;
  return Status();
}

Status Training::saveNow(const std::optional<Rating> &rating) {
  Status status = Checkpoints(folder->path())
                      .save(executable, *device,
                            {.run = identityOf(executable, *game, options),
                             .passes = passesDone,
                             .phaseEnds = game->position().phaseEnds,
                             .files = {}},
                            options.keep, rating);
  if (status.ok())
    passesSaved = passesDone;
  return status;
}

// What was measured is saved with what was measured, so that the best is never
// one that is gone.
Status Training::evaluateNow() {
  Result<std::optional<Rating>> rating =
      evaluation->run(*game, passesDone, folder->metricsPath());
  return rating.ok() ? saveNow(*rating) : rating.status();
}

Status Training::finishPass(const PassReport &report) {
  passesDone = report.pass;
  imagesSince += report.phase->batch();
  Status status = report.hasMetrics ? tell(report) : Status();
  if (status.ok() && isSampled(options, report.pass, passes))
    status = writeSamplesNow(report.pass);
  if (!status.ok())
    return status;
  bool isRated = evaluation->isDue(report.pass, passes);
  if (!isRated &&
      (!isSaved(options, report.pass, passes) || report.pass == passes))
    return Status();
  // What has been learned is worth more than a save that may succeed later.
  if (Status saved = isRated ? evaluateNow() : saveNow(); !saved.ok())
    logWarning(saved.text() + "; step " + std::to_string(report.pass) +
               " is not saved, training goes on");
  return Status();
}

Status Training::run() {
  progress.emplace(passes, passesBefore);
  lastTime = std::chrono::steady_clock::now();
  Status status = game->play(
      [this](const PassReport &report) { return finishPass(report); },
      [this] {
        logLine("run: " + folder->path() +
                (checkpoint ? ", which goes on after step " +
                                  std::to_string(passesBefore)
                            : ""));
      });
  // A run that the user ends early leaves what it has learned.
  if (status.ok() && passesSampled != passesDone)
    status = writeSamplesNow(passesDone);
  if (status.ok() && (passesSaved != passesDone || passesDone == 0))
    status = saveNow();
  return status;
}

Status Training::interruption() const {
  if (passesDone == passes || game->isOver())
    return Status();
  return Status(Code::Interrupted, "the run was ended early, after " +
                                       std::to_string(passesDone) + " of " +
                                       std::to_string(passes) + " steps");
}

Status Training::tellProfile() const {
  Profile profile = device->profile();
  logLine(profileText(executable, profile, device->info().threads,
                      passesDone - passesBefore));
  if (profile.spans.empty())
    return Status();
  return writeFile(folder->tracePath(), bytesOf(traceText(executable, profile)),
                   Durability::Unsynced);
}

Status Training::tellEnd() const {
  Status status = options.profile ? tellProfile() : Status();
  logLine("weights: " + folder->path() + "/" + kWeightsFile +
          ", samples: " + folder->path() + "/samples");
  return status.ok() ? interruption() : status;
}

static Status train(const CommandContext &context) {
  Result<TrainOptions> options = readTrainOptions(context.arguments);
  if (!options.ok())
    return options.status();
  Training training(context, options.take());
  Status status = training.prepare();
  if (status.ok())
    status = training.openFolder();
  if (status.ok())
    status = training.run();
  if (!status.ok())
    return status;
  return training.tellEnd();
}

constinit const Command gan::runtime::kTrain = {
    "train", "train the model, and leave a folder with all of the run",
    kTrainOptions, train};
