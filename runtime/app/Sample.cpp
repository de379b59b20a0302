// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Commands.h"
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 14> kOptions = {{
    kRunOption,
    {"count", 0, "N", "how many samples (default: one batch, at most 64)"},
    {"seed", 0, "S", "of the latents (default: 0)"},
    {"out", 'o', "FILE",
     "a picture (.png), animation (.webp or .gif), table (.csv) or array (.npy "
     "or .npz), or FOLDER/ for a picture of each (default: samples.png)"},
    kRedrawOption,
    kOutputOption,
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

static Status sample(const CommandContext &context) {
  const Executable &executable = context.executable;
  const Arguments &arguments = context.arguments;
  Result<Drawing> drawing = readDrawing(context, "samples");
  if (!drawing.ok())
    return drawing.status();
  Result<uint64_t> count = arguments.number("count", 0, /*least=*/1);
  if (!count.ok())
    return count.status();
  Result<uint64_t> seed = arguments.number("seed", 0);
  if (!seed.ok())
    return seed.status();
  Result<Redraws> redraws =
      Redraws::read(executable, drawing->output, arguments, *seed);
  if (!redraws.ok())
    return redraws.status();
  Result<OpenedRun> opened =
      openRun(context, drawing->run, drawing->output, *seed);
  if (!opened.ok())
    return opened.status();
  Result<Samples> samples = computeSamples(executable, *opened->game,
                                           drawing->output, *count, *redraws);
  if (!samples.ok())
    return samples.status();
  Status status =
      writeSamplesTo(drawing->file, *samples,
                     viewOf(*executable.tables().data(), samples->shape));
  if (status.ok())
    logLine("samples: " + drawing->file);
  return status;
}

constinit const Command gan::runtime::kSample = {
    "sample", "draw samples with the weights of a run", kOptions, sample,
    Share::AllShards};
