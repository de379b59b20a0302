// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Health.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/NodeView.h"
#include "runtime/app/Outputs.h"
#include "runtime/data/Sources.h"
#include "runtime/health/Diversity.h"

#include <cmath>

using namespace gan;
using namespace gan::runtime;

// A look at the storage that took a second is not repeated for so many.
static constexpr int kCheckShare = 100;

// ---- looking

Result<bool> Health::checkStorage(bool isElseGood) {
  auto begin = std::chrono::steady_clock::now();
  Result<std::optional<BadStorage>> result = guard.check(device);
  auto end = std::chrono::steady_clock::now();
  nextCheck = end + kCheckShare * (end - begin);
  if (!result.ok())
    return result.status();
  bad = result->has_value();
  if (bad)
    found = guard.textOf(**result);
  if (!bad && isElseGood) {
    if (Status status = guard.keep(device); !status.ok())
      return status;
    goodPosition = game.position();
  }
  return !bad;
}

Status Health::begin() {
  Result<bool> isGood = checkStorage();
  isTold = bad;
  if (!isGood.ok() || *isGood || options.onNan == Action::Warn)
    return isGood.status();
  return Status(Code::Diverged, found + " before the first step",
                options.weights);
}

Status Health::recall(const std::string &metricsPath) {
  detectors = Detectors(game.passes());
  troubles.clear();
  return MetricsLog::read(
      metricsPath, [&](const StepReport &line) { (void)detectors.add(line); },
      [](const RunEvent &) {});
}

static const std::pair<std::string, double> *
notFiniteOf(const Metrics &metrics) {
  for (const auto &metric : metrics)
    if (!std::isfinite(metric.second))
      return &metric;
  return nullptr;
}

static std::string textOf(const std::pair<std::string, double> &metric) {
  return "'" + metric.first + "' is " + nameOfNotFinite(metric.second);
}

Status Health::look(const PassReport &report, const StepReport *line,
                    bool isDue) {
  bool wasTold = isTold;
  std::string what; // is not finite
  // Not those of `line`: the diversity of samples is among them, of which
  // nothing is learned, and which is not measured where steps are repeated.
  const auto *metric = notFiniteOf(report.metrics);
  if (isDue || (line && std::chrono::steady_clock::now() >= nextCheck)) {
    Result<bool> isGood = checkStorage(/*isElseGood=*/!metric);
    if (!isGood.ok())
      return isGood.status();
    what = *isGood ? "" : found;
    isTold = bad;
  }
  if (metric) {
    what = ::textOf(*metric);
    isTold = true;
  }
  // Who wants to be warned is warned once.
  if (!what.empty() && !wasTold)
    troubles.push_back({.kind = "nan",
                        .action = options.onNan,
                        .sentence = what,
                        .first = report.pass,
                        .noticed = report.pass,
                        .isFinite = false});
  if (line)
    for (Alarm &alarm : detectors.add(*line))
      (options.onAlarm == Action::Warn ? warnings : troubles)
          .push_back({.kind = alarm.kind,
                      .action = options.onAlarm,
                      .sentence = std::move(alarm.sentence),
                      .first = alarm.since,
                      .noticed = report.pass});
  if (!troubles.empty())
    game.pause();
  return Status();
}

Result<Metrics> Health::measureDiversity() {
  Metrics metrics;
  for (uint32_t entry : outputEntries(executable)) {
    std::string name = executable.tables().entries()->Get(entry)->name()->str();
    Result<Samples> samples =
        computeSamples(executable, game, entry, /*count=*/0);
    if (!samples.ok())
      return samples.status();
    auto known = dataDistances.find(name);
    if (known == dataDistances.end()) {
      std::optional<Samples> data =
          samplesOfData(*executable.tables().data(), game.data(),
                        samples->shape, samples->size() / samples->perSample());
      known = dataDistances.emplace(name, data ? meanDistance(*data) : 0).first;
    }
    if (known->second > 0)
      metrics.emplace_back(name + std::string(kDiversitySuffix),
                           meanDistance(*samples) / known->second);
  }
  return metrics;
}

// ---- finding

Status Health::goToLastGood() {
  bad = false;
  Status status = writeStorage(executable, device, guard.lastGood());
  return status.ok() ? game.goTo(goodPosition) : status;
}

Status Health::findFirst(Trouble &trouble) {
  Position good = goodPosition;
  if (Status status = goToLastGood(); !status.ok())
    return status;
  std::string what;
  repeating = true;
  Status status = game.play([&](const PassReport &report) {
    const auto *metric = notFiniteOf(report.metrics);
    Result<bool> isGood = metric ? Result<bool>(false) : checkStorage();
    if (!isGood.ok())
      return isGood.status();
    if (!*isGood) {
      what = metric ? ::textOf(*metric) : found;
      trouble.first = report.pass;
    }
    if (!*isGood || report.pass >= trouble.noticed)
      game.pause();
    return Status();
  });
  repeating = false;
  if (!status.ok())
    return status;
  if (what.empty() && game.position().passes < trouble.noticed) {
    trouble.sentence += " (the user ended the search for its first step)";
    return goToLastGood();
  }
  if (what.empty()) {
    trouble.isFinite = true;
    trouble.sentence += ", but not when the steps after step " +
                        std::to_string(good.passes) +
                        " were repeated: the machine has computed two things "
                        "from the same numbers";
    return game.goTo(game.position());
  }
  trouble.sentence = what + " at step " + std::to_string(trouble.first);
  if (Status back = goToLastGood(); !back.ok())
    return back;
  trouble.sentence += findOrigin();
  return Status();
}

Status Health::catchUp(const Trouble &trouble) {
  Status status = game.play([&](const PassReport &report) {
    if (report.pass >= trouble.noticed)
      game.pause();
    return Status();
  });
  if (status.ok())
    status = checkStorage(/*isElseGood=*/false).status();
  isTold = true;
  return status.ok() ? game.goTo(game.position()) : status;
}

// The pass after the last good state once more, node by node. Where that cannot
// be done, the run is in trouble enough: nothing is said.
std::string Health::findOrigin() {
  OriginFinder finder(executable);
  std::unique_ptr<Device> cpu;
  Status status;
  DeviceOptions wanted;
  wanted.threads = 1;
  wanted.afterNode = [&](uint32_t entry, uint32_t node) {
    if (status.ok())
      status = finder.afterNode(*cpu, entry, node);
  };
  Result<std::unique_ptr<Device>> made = createDevice("cpu", wanted);
  Result<DataOptions> dataOptions = readDataOptions(context.arguments);
  if (!made.ok() || !dataOptions.ok())
    return "";
  Result<std::vector<Dataset>> data =
      bindData(*executable.tables().data(), *dataOptions);
  if (!data.ok())
    return "";
  cpu = made.take();
  if (!cpu->load(executable).ok())
    return "";
  Result<Game> again =
      Game::create(executable, *cpu, data.take(),
                   {.seed = options.seed, .steps = options.steps});
  if (!again.ok() || !again->goTo(goodPosition).ok() ||
      !writeStorage(executable, *cpu, guard.lastGood()).ok())
    return "";
  Status played = again->play([&](const PassReport &) {
    again->pause();
    return Status();
  });
  std::optional<Origin> origin = finder.find(guard.watched());
  if (!played.ok() || !status.ok())
    return "";
  return origin ? textOf(*origin)
                : ", but not on the cpu, where every value of that step is "
                  "finite";
}

std::string Health::textOf(const Origin &origin) const {
  const format::Entry &entry =
      *executable.tables().entries()->Get(origin.entry);
  std::string value = nameOfNotFinite(origin.found.value);
  NodeView view = viewOfNode(executable, origin.entry, origin.node);
  std::string place;
  if (!view.location.empty())
    place = " of " + view.location;
  if (uint32_t line = lineOfModel(executable, view.location))
    place += ": '" + textOfLine(executable, line) + "'";
  if (!origin.isInput)
    return "; the first " + value + " was made of finite values by kernel '" +
           view.name + "'" + place;
  std::string holder = "a buffer";
  for (const format::Binding *input : *entry.inputs())
    if (input->buffer() == origin.buffer && !input->name()->str().empty())
      holder = "the batch of '" + input->name()->str() + "'";
  for (const format::Storage *storage : *executable.tables().storage())
    if (storage->buffer() == origin.buffer)
      holder = "'" + storage->name()->str() + "'";
  return "; " + holder + " held " + value + " already when kernel '" +
         view.name + "'" + place + " read it";
}
