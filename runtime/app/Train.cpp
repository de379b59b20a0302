// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/Outputs.h"
#include "runtime/app/Profile.h"
#include "runtime/app/TrainOptions.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Checkpoint.h"
#include "runtime/data/Sources.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/Progress.h"
#include "runtime/report/RunFolder.h"

#include <chrono>

using namespace gan;
using namespace gan::runtime;

namespace {
// One run of `train`, from the first step to the files that it leaves.
class Training {
public:
  Training(const Executable &executable, Device &device, Game &game,
           const TrainOptions &options, RunFolder folder, MetricsLog log)
      : executable(executable), device(device), game(game), options(options),
        folder(std::move(folder)), log(std::move(log)), passes(game.passes()),
        progress(passes), lastTime(std::chrono::steady_clock::now()) {}

  Status run();
  /// What a user who ended the run early has to know; success if nobody did.
  Status interruption() const;

private:
  Status finishPass(const PassReport &report);
  Status tell(const PassReport &report);
  Status writeSamplesNow(uint64_t pass);

  const Executable &executable;
  Device &device;
  Game &game;
  const TrainOptions &options;
  RunFolder folder;
  MetricsLog log;
  uint64_t passes;
  Progress progress;
  uint64_t passesDone = 0;
  uint64_t passesSampled = 0;
  uint64_t imagesSince = 0; // images since `lastTime`
  std::chrono::steady_clock::time_point lastTime;
};
} // namespace

Status Training::tell(const PassReport &report) {
  auto now = std::chrono::steady_clock::now();
  double seconds = std::chrono::duration<double>(now - lastTime).count();
  StepReport line{.step = report.pass,
                  .phase = report.phase->name()->str(),
                  .imagesPerSecond = static_cast<double>(imagesSince) / seconds,
                  .metrics = report.metrics};
  lastTime = now;
  imagesSince = 0;
  progress.show(line);
  return log.append(line);
}

Status Training::writeSamplesNow(uint64_t pass) {
  std::vector<uint32_t> outputs = outputEntries(executable);
  for (uint32_t entry : outputs) {
    Result<Samples> samples =
        computeSamples(executable, game, entry, /*count=*/0);
    if (!samples.ok())
      return samples.status();
    std::string name = executable.tables().entries()->Get(entry)->name()->str();
    Result<std::string> path = writeSamples(
        folder.samplesBase(pass, outputs.size() > 1 ? name : ""), *samples,
        viewOf(*executable.tables().data(), samples->shape));
    if (!path.ok())
      return path.status();
  }
  passesSampled = pass;
  return Status();
}

Status Training::finishPass(const PassReport &report) {
  passesDone = report.pass;
  imagesSince += report.phase->batch();
  Status status = report.hasMetrics ? tell(report) : Status();
  if (status.ok() && isSampled(options, report.pass, passes))
    status = writeSamplesNow(report.pass);
  bool isSaved = options.saveEvery && report.pass % options.saveEvery == 0 &&
                 report.pass != passes;
  if (status.ok() && isSaved)
    status = saveStorage(executable, device, folder.path());
  return status;
}

Status Training::run() {
  Status status =
      game.play([&](const PassReport &report) { return finishPass(report); });
  // A run that the user ends early leaves what it has learned.
  if (status.ok() && passesSampled != passesDone)
    status = writeSamplesNow(passesDone);
  if (status.ok())
    status = saveStorage(executable, device, folder.path());
  return status;
}

Status Training::interruption() const {
  if (passesDone == passes)
    return Status();
  return Status(Code::Interrupted, "the run was ended early, after " +
                                       std::to_string(passesDone) + " of " +
                                       std::to_string(passes) + " steps");
}

// Makes the folder, with what is known before the first step.
static Result<RunFolder> makeFolder(const Executable &executable,
                                    const Arguments &arguments,
                                    const TrainOptions &options,
                                    const Device &device) {
  const format::Executable &tables = executable.tables();
  Result<RunFolder> folder =
      options.runDir.empty()
          ? RunFolder::createNumbered(tables.model()->str())
          : RunFolder::create(options.runDir, options.overwrite);
  if (!folder.ok())
    return folder.status();
  Status status =
      writeFile(folder->modelPath(), bytesOf(tables.source()->string_view()));
  if (status.ok())
    status =
        writeFile(folder->optionsPath(),
                  bytesOf(optionsText(options, arguments, executable, device)));
  if (!status.ok())
    return status;
  return folder;
}

static Status train(const CommandContext &context) {
  const Executable &executable = context.executable;
  Result<TrainOptions> options = readTrainOptions(context.arguments);
  if (!options.ok())
    return options.status();
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), context.arguments.all("data"));
  if (!data.ok())
    return data.status();
  Result<std::unique_ptr<Device>> device =
      openDevice(executable, context.arguments, options->profile);
  if (!device.ok())
    return device.status();
  uint64_t passes = 0; // known when the game is
  Result<Game> game = Game::create(
      executable, **device, data.take(),
      {.seed = options->seed,
       .steps = options->steps,
       .wantsMetrics =
           [&](uint64_t pass) { return isLogged(*options, pass, passes); },
       .stop = &context.stop});
  if (!game.ok())
    return game.status();
  passes = game->passes();
  if (context.arguments.has("steps") && passes < options->steps)
    logWarning("the phases of the model end after " + std::to_string(passes) +
               " of the " + std::to_string(options->steps) + " steps");
  Status status = game->initialise();
  if (status.ok() && !options->weights.empty())
    status = loadStorage(executable, **device, options->weights);
  if (!status.ok())
    return status;
  Result<RunFolder> folder =
      makeFolder(executable, context.arguments, *options, **device);
  if (!folder.ok())
    return folder.status();
  std::string path = folder->path();
  Result<MetricsLog> log = MetricsLog::open(folder->metricsPath());
  if (!log.ok())
    return log.status();
  Training training(executable, **device, *game, *options, folder.take(),
                    log.take());
  status = training.run();
  if (!status.ok())
    return status;
  if (options->profile)
    logLine(profileText(executable, (*device)->profile()));
  logLine("weights: " + path + "/" + kWeightsFile + ", samples: " + path +
          "/samples");
  return training.interruption();
}

constinit const Command gan::runtime::kTrain = {
    "train", "train the model, and leave a folder with all of the run",
    kTrainOptions, train};
