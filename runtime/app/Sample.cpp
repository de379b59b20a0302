// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Sources.h"

#include <algorithm>
#include <array>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 13> kOptions = {{
    {"run", 0, "DIR", "folder of the run whose weights to use"},
    {"count", 0, "N", "how many samples (default: one batch, at most 64)"},
    {"seed", 0, "S", "of the latents (default: 0)"},
    {"out", 'o', "FILE",
     "a picture (.png) or table (.csv) (default: samples.png)"},
    {"output", 0, "NAME", "which output of the model (default: its first)"},
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

static Result<uint32_t> chooseOutput(const Executable &executable,
                                     const std::string &name) {
  std::string known;
  for (uint32_t entry : outputEntries(executable)) {
    std::string each = executable.tables().entries()->Get(entry)->name()->str();
    if (name.empty() || each == name)
      return entry;
    known += (known.empty() ? "'" : ", '") + each + "'";
  }
  if (known.empty())
    return Status(Code::Usage, "the model has no output");
  return Status(Code::Usage,
                "the model has no output '" + name + "', it has " + known,
                "--output");
}

static Result<std::string> choosePath(const Arguments &arguments,
                                      const std::vector<uint64_t> &shape) {
  bool hasPicture = isImage(shape) || isPoint(shape);
  std::string path =
      arguments.text("out", hasPicture ? "samples.png" : "samples.csv");
  Status status = checkSamplesPath(path, shape);
  return status.ok() ? Result(path) : status;
}

// Data are opened only for an output that reads some.
static Result<std::vector<Dataset>> openData(const Executable &executable,
                                             const Arguments &arguments,
                                             uint32_t entry) {
  const auto &inputs = *executable.tables().entries()->Get(entry)->inputs();
  bool readsData =
      std::any_of(inputs.begin(), inputs.end(), [](const auto *input) {
        return input->kind() == format::BindingKind::Data;
      });
  if (!readsData && !arguments.has("data"))
    return std::vector<Dataset>();
  Result<DataOptions> options = readDataOptions(arguments);
  if (!options.ok())
    return options.status();
  return bindData(*executable.tables().data(), *options);
}

static Status sample(const CommandContext &context) {
  const Executable &executable = context.executable;
  const Arguments &arguments = context.arguments;
  std::string run = arguments.text("run", "");
  if (run.empty())
    return Status(Code::Usage, "expected the folder of a run", "--run");
  Result<uint64_t> count = arguments.number("count", 0, /*least=*/1);
  if (!count.ok())
    return count.status();
  Result<uint64_t> seed = arguments.number("seed", 0);
  if (!seed.ok())
    return seed.status();
  Result<uint32_t> entry =
      chooseOutput(executable, arguments.text("output", ""));
  if (!entry.ok())
    return entry.status();
  std::vector<uint64_t> shape =
      sampleShape(outputOf(*executable.tables().entries()->Get(*entry)));
  Result<std::string> path = choosePath(arguments, shape);
  if (!path.ok())
    return path.status();
  Result<std::vector<Dataset>> data = openData(executable, arguments, *entry);
  if (!data.ok())
    return data.status();
  Result<std::unique_ptr<Device>> device =
      openDevice(executable, arguments, /*profile=*/false);
  if (!device.ok())
    return device.status();
  if (Status status =
          loadStorage(executable, **device, run + "/" + kWeightsFile);
      !status.ok())
    return status;
  Result<Game> game =
      Game::create(executable, **device, data.take(), {.seed = *seed});
  if (!game.ok())
    return game.status();
  Result<Samples> samples = computeSamples(executable, *game, *entry, *count);
  if (!samples.ok())
    return samples.status();
  Status status = writeSamplesTo(*path, *samples,
                                 viewOf(*executable.tables().data(), shape));
  if (status.ok())
    logLine("samples: " + *path);
  return status;
}

constinit const Command gan::runtime::kSample = {
    "sample", "draw samples with the weights of a run", kOptions, sample,
    Share::AllShards};
