// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/Latents.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 15> kOptions = {{
    kRunOption,
    {"seeds", 0, "A,B,..", "between whose latents to go, one after another"},
    {"frames", 0, "N",
     "samples from one seed to the next, with both (default: 8; of an "
     "animation 24)"},
    {"path", 0, "NAME",
     "spherical (default), as is right for normal latents, or linear"},
    {"out", 'o', "FILE",
     "a picture with a row for each two seeds (.png), an animation (.webp or "
     ".gif), or a table (.csv) (default: path.png)"},
    kDrawOption,
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

static constexpr uint64_t kMostFrames = 100000;

namespace {
// What the options ask for.
struct Walk {
  Drawing drawing;
  std::vector<uint64_t> seeds;
  uint64_t frames;
  Path path;
  bool isAnimation;
};
} // namespace

static Result<Path> readPath(const Arguments &arguments) {
  std::string name = arguments.text("path", "spherical");
  if (name == "linear")
    return Path::Linear;
  if (name == "spherical")
    return Path::Spherical;
  return Status(Code::Usage,
                "expected spherical or linear, found '" + name + "'", "--path");
}

static Result<Walk> readWalk(const CommandContext &context) {
  const Arguments &arguments = context.arguments;
  Result<Drawing> drawing = readDrawing(context, "path");
  if (!drawing.ok())
    return drawing.status();
  Result<std::vector<std::vector<uint64_t>>> seeds =
      arguments.numberLists("seeds");
  if (!seeds.ok())
    return seeds.status();
  if (seeds->empty() || seeds->front().size() < 2)
    return Status(Code::Usage, "expected two seeds or more, as 1,2", "--seeds");
  Result<Path> path = readPath(arguments);
  if (!path.ok())
    return path.status();
  bool isMoving = isAnimation(drawing->file);
  Result<uint64_t> frames =
      arguments.number("frames", isMoving ? 24 : 8, /*least=*/2);
  if (!frames.ok())
    return frames.status();
  if (*frames > kMostFrames)
    return Status(Code::Usage,
                  "expected at most " + std::to_string(kMostFrames) +
                      " samples from one seed to the next, found " +
                      std::to_string(*frames),
                  "--frames");
  return Walk{drawing.take(), seeds->front(), *frames, *path, isMoving};
}

// An animation shows each seed once, a row of a picture begins and ends with
// one.
static std::vector<Latent> latentsOf(const Walk &walk, const Latents &latents,
                                     const std::vector<Latent> &seeds) {
  std::vector<Latent> way;
  for (size_t i = 0; i + 1 < seeds.size(); ++i) {
    // Of draws that stay there is one for the whole way.
    Latent from =
        between(seeds.front(), seeds[i], 1, walk.path, latents.moves());
    bool isShown = i > 0 && walk.isAnimation;
    for (uint64_t frame = isShown ? 1 : 0; frame < walk.frames; ++frame)
      way.push_back(between(from, seeds[i + 1],
                            static_cast<double>(frame) /
                                static_cast<double>(walk.frames - 1),
                            walk.path, latents.moves()));
  }
  return way;
}

static Status interpolate(const CommandContext &context) {
  const Executable &executable = context.executable;
  Result<Walk> walk = readWalk(context);
  if (!walk.ok())
    return walk.status();
  Result<Latents> latents =
      Latents::create(executable, walk->drawing.output, context.arguments);
  if (!latents.ok())
    return latents.status();
  if (Status status =
          latents->checkCount((walk->seeds.size() - 1) * walk->frames);
      !status.ok())
    return status;
  Result<OpenedRun> opened =
      openRun(context, walk->drawing.run, walk->drawing.output, /*seed=*/0);
  if (!opened.ok())
    return opened.status();
  Game &game = *opened->game;
  Result<std::vector<Latent>> seeds = latents->ofSeeds(game, walk->seeds);
  if (!seeds.ok())
    return seeds.status();
  Result<Samples> samples =
      latents->samplesOf(game, latentsOf(*walk, *latents, *seeds));
  if (!samples.ok())
    return samples.status();
  SampleView view = viewOf(*executable.tables().data(), samples->shape);
  view.columns = static_cast<int64_t>(walk->frames);
  Status status = writeSamplesTo(walk->drawing.file, *samples, view);
  if (status.ok())
    logLine("samples: " + walk->drawing.file);
  return status;
}

constinit const Command gan::runtime::kInterpolate = {
    "interpolate", "draw samples on the way from one latent to another",
    kOptions, interpolate, Share::AllShards};
