// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/EvaluationOptions.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Json.h"
#include "runtime/base/Log.h"
#include "runtime/data/Elements.h"
#include "runtime/evaluation/NearestRecords.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 17> kOptions = {{
    kRunOption,
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    {"count", 0, "N", "how many samples (default: 8)"},
    {"neighbours", 0, "K", "records for each sample (default: 5)"},
    {"seed", 0, "S", "of the latents (default: 0)"},
    kFeaturesOption,
    kFeatureWeightsOption,
    {"output", 0, "NAME",
     "which output of the model (default: the first of the shape of its data)"},
    {"out", 'o', "FILE",
     "each sample and behind it the nearest records, as a picture (.png) or "
     "table (.csv) (default: nearest.png)"},
    {"json", 0, "FILE", "write the records and their distances there"},
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

namespace {
// One call of `nearest`.
class Looking {
public:
  explicit Looking(const CommandContext &context)
      : context(context), arguments(context.arguments) {}
  Status run();

private:
  Status readOptions();
  Status openNetwork();
  Status tell(const Collected &samples, const NearestRecords &found) const;
  Json describe(const NearestRecords &found) const;

  const CommandContext &context;
  const Arguments &arguments;
  EvaluationOptions options;
  std::string folder, file;
  uint64_t neighbours = 0;
  Subject subject;
  std::unique_ptr<FeatureNetwork> network; // may be null
};
} // namespace

Status Looking::readOptions() {
  Result<std::string> run = readRun(arguments);
  if (!run.ok())
    return run.status();
  folder = run.take();
  Result<EvaluationOptions> read = readEvaluationOptions(arguments, /*sets=*/1);
  if (!read.ok())
    return read.status();
  options = read.take();
  options.count = options.count ? options.count : 8;
  Result<uint64_t> number = arguments.number("neighbours", 5, /*least=*/1);
  if (!number.ok())
    return number.status();
  neighbours = *number;
  Result<Subject> chosen = chooseSubject(context.executable, options.output);
  if (!chosen.ok())
    return chosen.status();
  subject = chosen.take();
  Result<std::string> path =
      readSamplesPath(context.executable, arguments, subject.entry, "nearest");
  if (!path.ok())
    return path.status();
  file = path.take();
  return checkFits(options.count, subject.perSample());
}

Status Looking::openNetwork() {
  if (options.features.empty() && !options.featureWeights.empty())
    return Status(Code::Usage, "belongs to --features", "--feature-weights");
  if (options.features.empty())
    return Status();
  Result<std::unique_ptr<FeatureNetwork>> opened = FeatureNetwork::open(
      options.features, options.featureWeights, options.threads);
  if (!opened.ok())
    return opened.status();
  network = opened.take();
  return network->checkTakes(subject);
}

Status Looking::run() {
  if (Status status = readOptions(); !status.ok())
    return status;
  if (Status status = openNetwork(); !status.ok())
    return status;
  Result<OpenedRun> opened =
      openRun(context, folder, subject.entry, options.seed, /*wantsData=*/true);
  if (!opened.ok())
    return opened.status();
  Game &game = *opened->game;
  const Dataset &dataset = game.data()[subject.data];
  if (Status status =
          checkHasRecords(subject, dataset, neighbours, "--neighbours");
      !status.ok())
    return status;
  // The records that are held are as many as the samples times neighbours.
  if (Status status =
          checkFits(options.count, subject.perSample() * neighbours);
      !status.ok())
    return status;
  GeneratedStream stream(context.executable, subject, game);
  Result<Collected> samples =
      collect(stream, subject, options.count, network.get(), options.count);
  if (!samples.ok())
    return samples.status();
  Result<NearestRecords> found =
      findNearest(*samples, subject, dataset, network.get(), neighbours,
                  options.seed, options.threads);
  return found.ok() ? tell(*samples, *found) : found.status();
}

// Each sample, then its neighbours.
static Samples rowsOf(const Subject &subject, const Collected &samples,
                      const NearestRecords &found) {
  std::vector<double> values;
  for (size_t i = 0; i < found.ofSamples.size(); ++i) {
    std::span<const double> sample = samples.samples.row(i);
    values.insert(values.end(), sample.begin(), sample.end());
    for (const Neighbour &each : found.ofSamples[i])
      values.insert(values.end(), each.values.begin(), each.values.end());
  }
  Samples rows{.shape = subject.shape,
               .element = format::ElementType::F32,
               .bytes = FileBytes(values.size() * sizeof(float))};
  for (size_t i = 0; i < values.size(); ++i)
    storeElement(rows.element, rows.bytes, i, values[i]);
  return rows;
}

static std::string textOf(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4g", value);
  return text;
}

// "mean 3.1, least 1.2"
static std::string spreadOf(const std::vector<double> &distances) {
  double sum = std::accumulate(distances.begin(), distances.end(), 0.0);
  return "mean " + textOf(sum / static_cast<double>(distances.size())) +
         ", least " +
         textOf(*std::min_element(distances.begin(), distances.end()));
}

static std::string tableOf(const NearestRecords &found) {
  std::string text;
  std::vector<double> least;
  for (size_t i = 0; i < found.ofSamples.size(); ++i) {
    text += "sample " + std::to_string(i) + ":";
    for (const Neighbour &each : found.ofSamples[i])
      text += "  record " + std::to_string(each.record) + " at " +
              textOf(each.distance);
    text += "\n";
    least.push_back(found.ofSamples[i].front().distance);
  }
  return text + "from a sample to its nearest record: " + spreadOf(least) +
         "\nfrom a record to its nearest other, of the first " +
         std::to_string(found.ofRecords.size()) + ": " +
         spreadOf(found.ofRecords) + "\n";
}

Json Looking::describe(const NearestRecords &found) const {
  Json samples = Json::array();
  for (const std::vector<Neighbour> &list : found.ofSamples) {
    Json neighbours = Json::array();
    for (const Neighbour &each : list)
      neighbours.push_back(
          {{"record", each.record}, {"distance", each.distance}});
    samples.push_back(std::move(neighbours));
  }
  return {{"output", subject.output},
          {"data", subject.name},
          {"seed", options.seed},
          {"features", network ? network->description() : "visible values"},
          {"samples", std::move(samples)},
          {"records", found.ofRecords}};
}

Status Looking::tell(const Collected &samples,
                     const NearestRecords &found) const {
  SampleView view = viewOf(*context.executable.tables().data(), subject.shape);
  // Visible values of images.
  if (subject.isImage())
    view = {.low = 0, .high = 1, .marks = {}};
  view.columns = static_cast<int64_t>(neighbours) + 1;
  Status status = writeSamplesTo(file, rowsOf(subject, samples, found), view);
  std::string json = arguments.text("json", "");
  if (status.ok() && !json.empty())
    status = writeFile(json, bytesOf(printJson(describe(found)) + "\n"));
  if (!status.ok())
    return status;
  std::fputs(tableOf(found).c_str(), stdout);
  logLine("nearest: " + file);
  return Status();
}

static Status nearest(const CommandContext &context) {
  return Looking(context).run();
}

constinit const Command gan::runtime::kNearest = {
    "nearest", "find the records of the data that are nearest to samples",
    kOptions, nearest, Share::AllShards};
