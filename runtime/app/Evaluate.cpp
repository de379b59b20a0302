// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/EvaluationOptions.h"
#include "runtime/base/File.h"
#include "runtime/checkpoint/Checkpoints.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Sources.h"
#include "runtime/report/MetricsLog.h"

#include <array>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 18> kOptions = {{
    {"run", 0, "DIR", "folder of the run whose weights to use"},
    {"against", 0, "SOURCE",
     "records of another file of the data in place of samples, as --data names "
     "one"},
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    kMetricOption,
    kFeaturesOption,
    kFeatureWeightsOption,
    kEvaluateCountOption,
    kSetsOption,
    {"seed", 0, "S", "of the latents (default: 0)"},
    {"output", 0, "NAME",
     "which output of the model (default: the first of the shape of its data)"},
    {"keep-features", 0, "DIR", "leave the features there, as .npy"},
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

// The line of the run, of the step of its latest checkpoint; a folder without
// metrics, as a checkpoint is one, gets none.
static Status append(const Evaluation &evaluation, const std::string &run) {
  if (!exists(run + "/metrics.jsonl"))
    return Status();
  std::vector<Status> passedOver;
  Result<std::optional<Checkpoints::Found>> found =
      Checkpoints(run).findLatest(passedOver);
  if (!found.ok())
    return found.status();
  Result<MetricsLog> log = MetricsLog::open(run + "/metrics.jsonl");
  if (!log.ok())
    return log.status();
  return log->append(
      jsonLine(evaluation, *found ? (*found)->manifest.passes : 0));
}

namespace {
// One call of `evaluate`.
class Measuring {
public:
  explicit Measuring(const CommandContext &context)
      : executable(context.executable), arguments(context.arguments) {}
  Status run();

private:
  Result<Evaluation> ofFile(const std::string &source);
  Result<Evaluation> ofRun(const std::string &folder);

  const Executable &executable;
  const Arguments &arguments;
  std::vector<Dataset> data;
  std::unique_ptr<Evaluator> evaluator;
  uint64_t seed = 0;
};
} // namespace

// Records of another file in place of samples.
Result<Evaluation> Measuring::ofFile(const std::string &source) {
  Result<DataOptions> options = readDataOptions(arguments);
  if (!options.ok())
    return options.status();
  options->sources = {source};
  Result<std::vector<Dataset>> others =
      bindData(*executable.tables().data(), *options);
  if (!others.ok())
    return others.status();
  const Subject &subject = evaluator->comparedSubject();
  RealStream stream(subject, (*others)[subject.data], seed);
  return evaluator->evaluate(data[subject.data], stream);
}

Result<Evaluation> Measuring::ofRun(const std::string &folder) {
  Result<std::unique_ptr<Device>> device =
      openDevice(executable, arguments, /*profile=*/false);
  if (!device.ok())
    return device.status();
  if (Status status =
          loadStorage(executable, **device, folder + "/" + kWeightsFile);
      !status.ok())
    return status;
  Result<Game> game =
      Game::create(executable, **device, std::move(data), {.seed = seed});
  if (!game.ok())
    return game.status();
  const Subject &subject = evaluator->comparedSubject();
  GeneratedStream stream(executable, subject, *game);
  return evaluator->evaluate(game->data()[subject.data], stream);
}

Status Measuring::run() {
  std::string folder = arguments.text("run", "");
  std::string against = arguments.text("against", "");
  if (folder.empty() == against.empty())
    return Status(Code::Usage,
                  "expected the folder of a run, or else --against", "--run");
  Result<EvaluationOptions> options =
      readEvaluationOptions(arguments, /*sets=*/against.empty() ? 3 : 1);
  if (!options.ok())
    return options.status();
  seed = options->seed;
  Result<DataOptions> dataOptions = readDataOptions(arguments);
  if (!dataOptions.ok())
    return dataOptions.status();
  Result<std::vector<Dataset>> bound =
      bindData(*executable.tables().data(), *dataOptions);
  if (!bound.ok())
    return bound.status();
  data = bound.take();
  Result<std::unique_ptr<Evaluator>> made =
      Evaluator::create(executable, data, options.take());
  if (!made.ok())
    return made.status();
  evaluator = made.take();
  Result<Evaluation> found = folder.empty() ? ofFile(against) : ofRun(folder);
  if (!found.ok())
    return found.status();
  std::fputs(textOf(*found).c_str(), stdout);
  return folder.empty() ? Status() : append(*found, folder);
}

static Status evaluate(const CommandContext &context) {
  return Measuring(context).run();
}

constinit const Command gan::runtime::kEvaluate = {
    "evaluate", "measure samples of a run against data", kOptions, evaluate,
    Share::AllShards};
