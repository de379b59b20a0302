// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What `train` is asked for.
#ifndef GAN_RUNTIME_APP_TRAINOPTIONS_H
#define GAN_RUNTIME_APP_TRAINOPTIONS_H

#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/EvaluationOptions.h"

#include <array>

namespace gan::runtime {

/// What is done when a run goes wrong.
enum class Action : uint8_t { Stop, Rollback, Warn };

/// "stop", "rollback", "warn"
const char *nameOf(Action action);

struct TrainOptions {
  uint64_t seed = 0;
  uint64_t steps = UINT64_MAX; // all that the model says
  uint64_t logEvery = 0;       // 0: chosen by the number of steps
  uint64_t sampleEvery = 0;    // 0: chosen, if `hasSampleEvery` is not set
  bool hasSampleEvery = false; // then 0 means only at the end
  uint64_t saveEvery = 0;      // 0: chosen, if `hasSaveEvery` is not set
  bool hasSaveEvery = false;   // then 0 means only at the end
  uint64_t keep = 2;           // checkpoints
  std::string runDir;          // empty: the next of runs/
  std::string weights;         // empty: the model's first values
  bool anew = false;
  bool acceptChanges = false;
  bool profile = false;
  bool quiet = false;
  bool dryRun = false;
  Action onNan = Action::Stop;
  Action onAlarm = Action::Warn;
};

/// The options of `train`, in the order of its help.
inline constexpr std::array<OptionSpec, 29> kTrainOptions = {{
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    {"steps", 0, "N", "passes to train (default: what the model says)"},
    {"seed", 0, "S", "of all that is random (default: 0)"},
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
    {"run-dir", 0, "DIR",
     "folder for all that the run leaves (default: the next of runs/); a run "
     "that is in it goes on from its latest checkpoint"},
    {"new", 0, "", "begin a new run in the folder of an earlier one"},
    {"accept-changes", 0, "",
     "go on though model, code, options or data are not those of the run"},
    {"weights", 0, "FILE", "begin with these weights (.safetensors)"},
    {"log-every", 0, "K", "tell of every K-th step (default: by their number)"},
    {"sample-every", 0, "K",
     "draw samples every K steps; 0: at the end (default: a tenth of the run)"},
    {"save-every", 0, "K",
     "write a checkpoint every K steps; 0: at the end (default: a tenth of the "
     "run)"},
    {"keep", 0, "N",
     "checkpoints to keep, the latest (default: 2), and the best of each "
     "metric"},
    {"evaluate-every", 0, "K",
     "measure samples every K steps and at the end; the checkpoint with the "
     "best first value is kept"},
    kMetricOption,
    kFeaturesOption,
    kFeatureWeightsOption,
    kEvaluateCountOption,
    kSetsOption,
    {"on-nan", 0, "ACTION",
     "where a loss or a tensor is not finite: stop (default), rollback to the "
     "last checkpoint and go on with other random numbers, or warn"},
    {"on-alarm", 0, "ACTION",
     "where a loss blows up or a player has collapsed: warn (default), stop or "
     "rollback"},
    {"quiet", 0, "", "say nothing but warnings and errors"},
    {"dry-run", 0, "",
     "tell the plan, memory, steps, time and disk, and write nothing"},
    {"profile", 0, "",
     "show at the end where the time went, by kernel and by line; trace.json "
     "has the last steps, for ui.perfetto.dev"},
}};

Result<TrainOptions> readTrainOptions(const Arguments &arguments);

/// Whether pass number `pass` of `passes` is logged: the first, the last, and
/// between them, unless the user says otherwise, about a thousand, never more
/// than 50 passes apart. It depends on counts alone, so that two runs tell of
/// the same passes.
bool isLogged(const TrainOptions &options, uint64_t pass, uint64_t passes);

/// Whether the diversity of a batch is measured after it: after every hundredth
/// of the run, at least 100 passes apart.
bool isMeasured(uint64_t pass, uint64_t passes);

/// Whether samples are made after it: unless the user says otherwise after
/// every tenth of the run, at least 100 passes apart, and after the last.
bool isSampled(const TrainOptions &options, uint64_t pass, uint64_t passes);

/// Whether a checkpoint is written after it: unless the user says otherwise
/// after every tenth of the run, at least 100 passes apart, and after the last.
bool isSaved(const TrainOptions &options, uint64_t pass, uint64_t passes);

/// options.json: all that decides what a run computes, and by what it was
/// computed.
std::string optionsText(const TrainOptions &options, const Arguments &arguments,
                        const Executable &executable, const Device &device);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_TRAINOPTIONS_H
