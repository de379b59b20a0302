// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/TrainOptions.h"
#include "runtime/base/Json.h"

#include <algorithm>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

const char *gan::runtime::nameOf(Action action) {
  static constexpr const char *names[] = {"stop", "rollback", "warn"};
  return names[static_cast<unsigned>(action)];
}

static Status readAction(const Arguments &arguments, const char *option,
                         Action &action) {
  std::string word = arguments.text(option, nameOf(action));
  for (Action each : {Action::Stop, Action::Rollback, Action::Warn})
    if (word == nameOf(each)) {
      action = each;
      return Status();
    }
  return Status(Code::Usage,
                "expected stop, rollback or warn, found '" + word + "'",
                std::string("--") + option);
}

Result<TrainOptions>
gan::runtime::readTrainOptions(const Arguments &arguments) {
  TrainOptions options;
  options.runDir = arguments.text("run-dir", "");
  options.weights = arguments.text("weights", "");
  options.anew = arguments.has("new");
  options.profile = arguments.has("profile");
  options.acceptChanges = arguments.has("accept-changes");
  options.hasSampleEvery = arguments.has("sample-every");
  options.hasSaveEvery = arguments.has("save-every");
  options.quiet = arguments.has("quiet");
  options.dryRun = arguments.has("dry-run");
  Status actions = readAction(arguments, "on-nan", options.onNan);
  if (actions.ok())
    actions = readAction(arguments, "on-alarm", options.onAlarm);
  if (!actions.ok())
    return actions;
  struct Number {
    const char *name;
    uint64_t least;
    uint64_t *value;
  };
  for (const Number &number :
       {Number{"seed", 0, &options.seed}, Number{"steps", 1, &options.steps},
        Number{"log-every", 1, &options.logEvery},
        Number{"sample-every", 0, &options.sampleEvery},
        Number{"save-every", 0, &options.saveEvery},
        Number{"keep", 1, &options.keep}}) {
    Result<uint64_t> value =
        arguments.number(number.name, *number.value, number.least);
    if (!value.ok())
      return value.status();
    *number.value = *value;
  }
  return options;
}

bool gan::runtime::isLogged(const TrainOptions &options, uint64_t pass,
                            uint64_t passes) {
  uint64_t every = options.logEvery
                       ? options.logEvery
                       : std::clamp<uint64_t>(passes / 1000, 1, 50);
  return pass == 1 || pass == passes || pass % every == 0;
}

// Every `every` passes if the user said so, else every tenth of the run.
static bool isDue(bool isChosen, uint64_t every, uint64_t pass,
                  uint64_t passes) {
  if (!isChosen)
    every = std::max<uint64_t>(passes / 10, 100);
  return pass == passes || (every && pass % every == 0);
}

bool gan::runtime::isMeasured(uint64_t pass, uint64_t passes) {
  return pass % std::max<uint64_t>(passes / 100, 100) == 0;
}

bool gan::runtime::isSampled(const TrainOptions &options, uint64_t pass,
                             uint64_t passes) {
  return isDue(options.hasSampleEvery, options.sampleEvery, pass, passes);
}

bool gan::runtime::isSaved(const TrainOptions &options, uint64_t pass,
                           uint64_t passes) {
  return isDue(options.hasSaveEvery, options.saveEvery, pass, passes);
}

std::string gan::runtime::optionsText(const TrainOptions &options,
                                      const Arguments &arguments,
                                      const Executable &executable,
                                      const Device &device) {
  const format::Executable &tables = executable.tables();
  char hash[17];
  std::snprintf(hash, sizeof(hash), "%016llx",
                static_cast<unsigned long long>(tables.source_hash()));
  Json flags = Json::array();
  for (const flatbuffers::String *flag : *tables.flags())
    flags.push_back(flag->str());
  Json json = {{"command", "train"},
               {"model", tables.model()->str()},
               {"source", tables.source_name()->str()},
               {"source_hash", hash},
               {"compiler", tables.compiler()->str()},
               {"flags", flags},
               {"data", arguments.all("data")},
               {"seed", options.seed},
               {"device", device.info().name},
               {"device_description", device.info().description},
               {"threads", device.info().threads}};
  json["steps"] =
      options.steps == UINT64_MAX ? Json(nullptr) : Json(options.steps);
  json["on_nan"] = nameOf(options.onNan);
  json["on_alarm"] = nameOf(options.onAlarm);
  json["weights"] =
      options.weights.empty() ? Json(nullptr) : Json(options.weights);
  return json.dump(2, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace) +
         "\n";
}
