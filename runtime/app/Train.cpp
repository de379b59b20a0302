// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/Outputs.h"
#include "runtime/app/Profile.h"
#include "runtime/app/Trace.h"
#include "runtime/app/Training.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Sources.h"
#include "runtime/report/MemoryPlan.h"

#include <algorithm>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

Status Training::createGame(std::vector<Dataset> data) {
  Result<Game> created = Game::create(
      executable, *device, std::move(data),
      {.seed = options.seed,
       .steps = options.steps,
       .wantsMetrics =
           [this](uint64_t pass) {
             return isLogged(options, pass, passes) ||
                    isMeasured(pass, passes) ||
                    (health && health->isRepeating());
           },
       .isStopped = [this] { return team.anyOf(context.stop.load()); }});
  if (!created.ok())
    return created.status();
  game.emplace(created.take());
  passes = game->passes();
  health.emplace(context, options, *device, *game);
  if (team.isFirst() && context.arguments.has("steps") &&
      passes < options.steps)
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

// Rank 0 has the files, from which the others begin as well.
Status Training::giveFirstValues() {
  Status status;
  if (beginning.goesOn && !checkpoint)
    status = game->goTo(beginning.place);
  else
    status = game->initialise();
  if (status.ok())
    status = health->learn();
  if (status.ok() && checkpoint)
    status = goOn(*checkpoint, executable, options, *device, *game);
  if (status.ok() && team.isFirst() && !options.weights.empty())
    status = loadStorage(executable, *device, options.weights);
  if (status.ok() && beginning.hasFiles)
    status = team.shareStorage(executable, *device);
  return status.ok() && team.isFirst() ? health->begin() : status;
}

Status Training::shareBeginning() {
  beginning.seed = options.seed;
  beginning.goesOn = checkpoint.has_value();
  beginning.hasFiles = checkpoint || !options.weights.empty();
  if (checkpoint)
    beginning.place = placeOf(checkpoint->manifest);
  Status status = team.share(beginning);
  options.seed = beginning.seed;
  return status;
}

Status Training::prepare() {
  Status status = team.isFirst() ? findRun() : Status();
  if (status.ok())
    status = shareBeginning();
  if (!status.ok())
    return status;
  Result<DataOptions> dataOptions = readDataOptions(context.arguments);
  if (!dataOptions.ok())
    return dataOptions.status();
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), *dataOptions);
  if (!data.ok())
    return data.status();
  Result<std::unique_ptr<Device>> opened =
      openDevice(executable, context.arguments, options.profile, context.ranks);
  if (!opened.ok())
    return opened.status();
  device = opened.take();
  status = createGame(data.take());
  if (status.ok())
    status =
        team.compare(identityOf(executable, *device, *game, options), passes);
  if (status.ok())
    status = giveFirstValues();
  if (!status.ok())
    return status;
  if (team.isFirst()) {
    Result<ScheduledEvaluation> scheduled = ScheduledEvaluation::create(
        context.arguments, executable, *game, options.seed);
    if (!scheduled.ok())
      return scheduled.status();
    evaluation.emplace(scheduled.take());
  }
  passesBefore = game->position().passes;
  passesDone = passesSampled = passesBefore;
  if (checkpoint)
    passesSaved = passesBefore;
  return status;
}

Status Training::makeFolder() {
  if (checkpoint) {
    Status status = folder->goOn(passesDone, game->position().rollbacks);
    // A process that was killed may have saved it and not yet named it.
    return status.ok() ? Checkpoints(folder->path())
                             .nameInRun(executable, *device, checkpoint->path)
                       : status;
  }
  if (!folder) {
    Result<RunFolder> made =
        RunFolder::createNumbered(executable.tables().model()->str());
    if (!made.ok())
      return made.status();
    folder.emplace(made.take());
  }
  // Before all else of an earlier run: without its checkpoints nothing goes on
  // from what may be left of it.
  Status status = Checkpoints(folder->path()).clear();
  return status.ok() ? folder->begin() : status;
}

Status Training::openFolder() {
  const format::Executable &tables = executable.tables();
  Status status = makeFolder();
  // Unsynced until something is saved: a disk is not to be waited for before
  // the first step.
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
  return openJournal();
}

// What pictures of points have beside the points (writeSamples).
static std::string toldOfMarks(const Executable &executable) {
  for (uint32_t entry : outputEntries(executable)) {
    std::vector<uint64_t> shape =
        sampleShape(outputOf(*executable.tables().entries()->Get(entry)));
    if (isPoint(shape) &&
        !viewOf(*executable.tables().data(), shape).marks.empty())
      return "Red crosses are the centres of the data.";
  }
  return "";
}

Status Training::openJournal() {
  const format::Executable &tables = executable.tables();
  Result<Json> asked = parseJson(
      optionsText(options, context.arguments, executable, *device), "options");
  JournalFacts facts{.title = tables.model()->str(),
                     .about = device->info().description + ". " +
                              tables.compiler()->str() + ".",
                     .steps = passes,
                     .memory = memoryPlan(executable),
                     .options = asked.ok() ? asked.take() : Json::object(),
                     .source = tables.source()->str(),
                     .marks = toldOfMarks(executable)};
  Result<Journal> opened = Journal::open(*folder, std::move(facts), passesDone);
  if (!opened.ok())
    return opened.status();
  journal.emplace(opened.take());
  return health->recall(folder->metricsPath());
}

Status Training::interruption() const {
  if (passesDone == passes || game->isOver())
    return Status();
  return Status(Code::Interrupted, "the run was ended early, after " +
                                       std::to_string(passesDone) + " of " +
                                       std::to_string(passes) + " steps");
}

Status Training::tellProfile() {
  Profile profile = device->profile();
  logLine(profileText(executable, profile, device->info().threads,
                      std::max<uint64_t>(passesPlayed, 1)));
  journal->setKernels(kernelRows(executable, profile));
  if (profile.spans.empty())
    return Status();
  return writeFile(folder->tracePath(), bytesOf(traceText(executable, profile)),
                   Durability::Unsynced);
}

Status Training::follow() {
  Status status = game->play([this](const PassReport &report) {
    passesDone = report.pass;
    return Status();
  });
  return status.ok() ? interruption() : status;
}

// The page is the last to tell, whatever happened.
Status Training::endBadly(Status status) {
  progress.reset();
  if (journal)
    journal->close("ended: " + status.sentence());
  return status;
}

Status Training::tellEnd() {
  progress.reset();
  Status status = options.profile ? tellProfile() : Status();
  Status early = interruption();
  journal->close(early.ok() ? "done" : early.sentence());
  if (!options.quiet)
    logLine((passesSaved
                 ? "weights: " + folder->path() + "/" + kWeightsFile + ", "
                 : "") +
            "samples: " + folder->samplesPath() +
            ", report: " + folder->pagePath());
  return status.ok() ? early : status;
}

static Status tellPlan(Training &training) {
  Result<std::string> plan = training.plan();
  if (plan.ok())
    std::fputs(plan->c_str(), stdout);
  return plan.status();
}

static Status train(const CommandContext &context) {
  Result<TrainOptions> options = readTrainOptions(context.arguments);
  if (!options.ok())
    return options.status();
  if (context.ranks && options->dryRun)
    return Status(Code::Usage, "a plan is made by one rank", "--dry-run");
  bool isPlanned = options->dryRun;
  Training training(context, options.take());
  Status status = training.prepare();
  if (!training.hasFolder())
    return status.ok() ? training.follow() : status;
  if (status.ok() && isPlanned)
    return tellPlan(training);
  if (status.ok())
    status = training.openFolder();
  if (status.ok())
    status = training.run();
  if (!status.ok())
    return training.endBadly(std::move(status));
  return training.tellEnd();
}

constinit const Command gan::runtime::kTrain = {
    "train",       "train the model, and leave a folder with all of the run",
    kTrainOptions, train,
    Share::Rank,   /*endsEarly=*/true};
