// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic with averaged latents, as Radford et al. 2016 show it in section
// 6.3: a man with glasses - a man + a woman.
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/Latents.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"
#include "runtime/data/Elements.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 15> kOptions = {{
    kRunOption,
    {"add", 0, "A,B,..", "add the average latent of these seeds",
     /*repeats=*/true},
    {"subtract", 0, "A,B,..", "subtract the average latent of these seeds",
     /*repeats=*/true},
    {"noise", 0, "X",
     "beside the result, results with uniform noise of (-X, X) (default: none; "
     "published with 0.25)"},
    {"out", 'o', "FILE",
     "a picture, of each average a row of its seeds and then its own sample, "
     "the result last (.png), or a table (.csv) (default: arithmetic.png)"},
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

namespace {
// An average that is added or subtracted.
struct Term {
  std::vector<uint64_t> seeds;
  double factor;
};

// What the options ask for.
struct Sum {
  Drawing drawing;
  std::vector<Term> terms;
  double noise;

  size_t columns() const {
    size_t most = 0;
    for (const Term &term : terms)
      most = std::max(most, term.seeds.size());
    return most + 1;
  }
};

// A picture in the making: latents row by row, with empty places.
struct Board {
  std::vector<Latent> latents;
  std::vector<size_t> places; // of each of them
  size_t next = 0;

  void put(Latent latent) {
    latents.push_back(std::move(latent));
    places.push_back(next++);
  }
  void leave(size_t count) { next += count; }
};
} // namespace

static Status addTerms(const Arguments &arguments, const char *option,
                       double factor, std::vector<Term> &terms) {
  Result<std::vector<std::vector<uint64_t>>> lists =
      arguments.numberLists(option);
  if (!lists.ok())
    return lists.status();
  for (std::vector<uint64_t> &list : *lists)
    terms.push_back({std::move(list), factor});
  return Status();
}

static Result<Sum> readSum(const CommandContext &context) {
  const Arguments &arguments = context.arguments;
  Result<Drawing> drawing = readDrawing(context, "arithmetic");
  if (!drawing.ok())
    return drawing.status();
  Sum sum{.drawing = drawing.take(), .terms = {}, .noise = 0};
  if (Status status = addTerms(arguments, "add", 1, sum.terms); !status.ok())
    return status;
  if (sum.terms.empty())
    return Status(Code::Usage, "expected the seeds of an average, as 1,2,3",
                  "--add");
  if (Status status = addTerms(arguments, "subtract", -1, sum.terms);
      !status.ok())
    return status;
  Result<double> noise = arguments.real("noise", 0);
  if (!noise.ok())
    return noise.status();
  sum.noise = *noise;
  return sum;
}

// Each average behind its seeds; the result below the averages, with those that
// have noise to the left of it.
static Result<Board> playOut(const Sum &sum, const Latents &latents,
                             Game &game) {
  Board board;
  std::optional<Latent> result;
  for (const Term &term : sum.terms) {
    Result<std::vector<Latent>> seeds = latents.ofSeeds(game, term.seeds);
    if (!seeds.ok())
      return seeds.status();
    Latent mean = meanOf(*seeds, latents.moves());
    if (!result)
      result = mean;
    else
      addTo(*result, term.factor, mean, latents.moves());
    for (Latent &seed : *seeds)
      board.put(std::move(seed));
    board.leave(sum.columns() - 1 - term.seeds.size());
    board.put(std::move(mean));
  }
  for (size_t i = 0; sum.noise > 0 && i + 1 < sum.columns(); ++i) {
    Latent other = *result;
    disturb(other, sum.noise, sum.terms.front().seeds.front(),
            static_cast<uint32_t>(i), latents.moves());
    board.put(std::move(other));
  }
  board.leave(sum.noise > 0 ? 0 : sum.columns() - 1);
  board.put(std::move(*result));
  return board;
}

// Samples at their places; what is empty is no number, which is black. A table
// has no empty places.
static Samples spread(const Samples &samples, const Board &board) {
  if (!isImage(samples.shape))
    return samples;
  uint64_t perSample = samples.perSample();
  Samples all{.shape = samples.shape, .element = samples.element, .bytes = {}};
  all.bytes.resize(board.next * perSample * elementBytes(samples.element));
  for (size_t i = 0; i < board.next * perSample; ++i)
    storeElement(all.element, all.bytes, i,
                 std::numeric_limits<double>::quiet_NaN());
  for (size_t i = 0; i < samples.size(); ++i)
    storeElement(all.element, all.bytes,
                 board.places[i / perSample] * perSample + i % perSample,
                 samples.value(i));
  return all;
}

static Status write(const Executable &executable, const Sum &sum,
                    const Samples &samples) {
  SampleView view = viewOf(*executable.tables().data(), samples.shape);
  view.columns = static_cast<int64_t>(sum.columns());
  Status status = writeSamplesTo(sum.drawing.file, samples, view);
  if (!status.ok())
    return status;
  std::string formula;
  for (const Term &term : sum.terms) {
    formula += formula.empty() ? "" : term.factor > 0 ? " + " : " - ";
    formula += "mean(";
    for (size_t i = 0; i < term.seeds.size(); ++i)
      formula += (i ? ", " : "") + std::to_string(term.seeds[i]);
    formula += ")";
  }
  logLine("samples: " + sum.drawing.file + ", the last is " + formula);
  return Status();
}

static Status arithmetic(const CommandContext &context) {
  Result<Sum> sum = readSum(context);
  if (!sum.ok())
    return sum.status();
  Result<Latents> latents = Latents::create(
      context.executable, sum->drawing.output, context.arguments);
  if (!latents.ok())
    return latents.status();
  if (Status status =
          latents->checkCount((sum->terms.size() + 1) * sum->columns());
      !status.ok())
    return status;
  Result<OpenedRun> opened =
      openRun(context, sum->drawing.run, sum->drawing.output, /*seed=*/0);
  if (!opened.ok())
    return opened.status();
  Result<Board> board = playOut(*sum, *latents, *opened->game);
  if (!board.ok())
    return board.status();
  Result<Samples> samples = latents->samplesOf(*opened->game, board->latents);
  if (!samples.ok())
    return samples.status();
  return write(context.executable, *sum, spread(*samples, *board));
}

constinit const Command gan::runtime::kArithmetic = {
    "arithmetic", "add and subtract averaged latents", kOptions, arithmetic,
    Share::AllShards};
