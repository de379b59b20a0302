// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/OpenedRun.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/Outputs.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/data/Sources.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

Result<std::string> gan::runtime::readRun(const Arguments &arguments) {
  std::string run = arguments.text("run", "");
  if (run.empty())
    return Status(Code::Usage, "expected the folder of a run", "--run");
  return run;
}

Result<uint32_t> gan::runtime::readOutput(const Executable &executable,
                                          const Arguments &arguments) {
  std::string name = arguments.text("output", ""), known;
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

Result<std::vector<uint32_t>>
gan::runtime::readOutputs(const Executable &executable,
                          const Arguments &arguments) {
  Result<uint32_t> output = readOutput(executable, arguments);
  if (!output.ok())
    return output.status();
  return arguments.has("output") ? std::vector<uint32_t>{*output}
                                 : outputEntries(executable);
}

Result<Drawing> gan::runtime::readDrawing(const CommandContext &context,
                                          const std::string &base) {
  Result<std::string> run = readRun(context.arguments);
  if (!run.ok())
    return run.status();
  Result<uint32_t> output = readOutput(context.executable, context.arguments);
  if (!output.ok())
    return output.status();
  Result<std::string> file =
      readSamplesPath(context.executable, context.arguments, *output, base);
  if (!file.ok())
    return file.status();
  return Drawing{run.take(), *output, file.take()};
}

static Result<std::vector<Dataset>> openData(const Executable &executable,
                                             const Arguments &arguments,
                                             uint32_t output, bool wantsData) {
  const auto &inputs = *executable.tables().entries()->Get(output)->inputs();
  bool readsData =
      std::any_of(inputs.begin(), inputs.end(), [](const auto *input) {
        return input->kind() == format::BindingKind::Data;
      });
  if (!wantsData && !readsData && !arguments.has("data"))
    return std::vector<Dataset>();
  Result<DataOptions> options = readDataOptions(arguments);
  if (!options.ok())
    return options.status();
  return bindData(*executable.tables().data(), *options);
}

Result<OpenedRun> gan::runtime::openRun(const CommandContext &context,
                                        const std::string &run, uint32_t output,
                                        uint64_t seed, bool wantsData) {
  const Executable &executable = context.executable;
  Result<std::vector<Dataset>> data =
      openData(executable, context.arguments, output, wantsData);
  if (!data.ok())
    return data.status();
  Result<std::unique_ptr<Device>> device =
      openDevice(executable, context.arguments, /*profile=*/false);
  if (!device.ok())
    return device.status();
  if (Status status =
          loadStorage(executable, **device, run + "/" + kWeightsFile);
      !status.ok())
    return status;
  Result<Game> game =
      Game::create(executable, **device, data.take(), {.seed = seed});
  if (!game.ok())
    return game.status();
  return OpenedRun{device.take(), game.take()};
}
