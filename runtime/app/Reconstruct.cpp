// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"
#include "runtime/data/Elements.h"
#include "runtime/evaluation/Subject.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 13> kOptions = {{
    kRunOption,
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    {"count", 0, "N", "how many records (default: 8)"},
    {"seed", 0, "S", "of the order of records, and of latents (default: 0)"},
    {"output", 0, "NAME",
     "which output of the model (default: the first that reads data of its own "
     "shape)"},
    {"out", 'o', "FILE",
     "each record and behind it what the model makes of it, as a picture "
     "(.png) or table (.csv) (default: reconstructions.png)"},
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

// Records and what is made of them side by side: four pairs in a row.
static constexpr int64_t kColumns = 8;

namespace {
// An output and what it reads of its own shape.
struct Pairing {
  uint32_t output;
  OwnInput own;
};

// Records and what was made of them, one behind the other.
struct Pairs {
  Samples samples;
  std::vector<double> distances; // as `nearest` tells them
};
} // namespace

// An output that is asked for a class shows records in the light of that, as
// `features` does; unless it is named, it is not meant here.
static std::optional<Pairing> pairingOf(const format::Executable &tables,
                                        uint32_t output, bool isNamed) {
  const format::Entry &entry = *tables.entries()->Get(output);
  std::optional<OwnInput> own = findOwnInput(tables, entry);
  if (!own || (!isNamed && findChoice(entry)))
    return std::nullopt;
  return Pairing{output, *own};
}

static Result<Pairing> choosePairing(const Executable &executable,
                                     const Arguments &arguments) {
  Result<std::vector<uint32_t>> outputs = readOutputs(executable, arguments);
  if (!outputs.ok())
    return outputs.status();
  bool isNamed = arguments.has("output");
  for (uint32_t output : *outputs)
    if (std::optional<Pairing> found =
            pairingOf(executable.tables(), output, isNamed))
      return *found;
  return Status(Code::Usage,
                (isNamed ? "'" + arguments.text("output", "") + "' reads"
                         : "the outputs of the model read") +
                    " no data of the shape of what is made of it",
                "--output");
}

static void addPair(Pairs &pairs, const format::DataField &field,
                    std::span<const std::byte> record,
                    std::span<const std::byte> made) {
  FileBytes &bytes = pairs.samples.bytes;
  bytes.insert(bytes.end(), record.begin(), record.end());
  bytes.insert(bytes.end(), made.begin(), made.end());
  double sum = 0;
  for (uint64_t i = 0; i < pairs.samples.perSample(); ++i) {
    double difference =
        visibleValue(field, loadElement(pairs.samples.element, made, i)) -
        visibleValue(field, loadElement(pairs.samples.element, record, i));
    sum += difference * difference;
  }
  pairs.distances.push_back(std::sqrt(sum));
}

static Result<Pairs> makePairs(const Executable &executable, Game &game,
                               const Pairing &pairing, uint64_t count) {
  const format::Entry &entry =
      *executable.tables().entries()->Get(pairing.output);
  const format::Binding &output = outputOf(entry);
  Pairs pairs{.samples = {.shape = sampleShape(output),
                          .element = output.element(),
                          .bytes = {}},
              .distances = {}};
  size_t bytes = pairs.samples.perSample() * elementBytes(output.element());
  for (uint64_t move = 0; pairs.distances.size() < count; ++move) {
    Result<FileBytes> made = game.compute(pairing.output, move);
    if (!made.ok())
      return made.status();
    Result<std::vector<FileBytes>> records =
        game.batchesOf(pairing.output, move);
    if (!records.ok())
      return records.status();
    std::span<const std::byte> of(*made), from((*records)[pairing.own.number]);
    for (size_t at = 0; at < of.size() && pairs.distances.size() < count;
         at += bytes)
      addPair(pairs, *pairing.own.field, from.subspan(at, bytes),
              of.subspan(at, bytes));
  }
  return pairs;
}

static void tell(const std::vector<double> &distances) {
  double sum = 0;
  for (size_t i = 0; i < distances.size(); ++i) {
    std::printf("sample %zu: at %.4g\n", i, distances[i]);
    sum += distances[i];
  }
  std::printf("from a record to what is made of it: mean %.4g\n",
              sum / static_cast<double>(distances.size()));
}

static Status reconstruct(const CommandContext &context) {
  const Executable &executable = context.executable;
  const Arguments &arguments = context.arguments;
  Result<std::string> run = readRun(arguments);
  if (!run.ok())
    return run.status();
  Result<uint64_t> count = arguments.number("count", 8, /*least=*/1);
  if (!count.ok())
    return count.status();
  Result<uint64_t> seed = arguments.number("seed", 0);
  if (!seed.ok())
    return seed.status();
  Result<Pairing> pairing = choosePairing(executable, arguments);
  if (!pairing.ok())
    return pairing.status();
  Result<std::string> path = readSamplesPath(
      executable, arguments, pairing->output, "reconstructions");
  if (!path.ok())
    return path.status();
  std::vector<uint64_t> shape = sampleShape(
      outputOf(*executable.tables().entries()->Get(pairing->output)));
  if (Status status = checkFits(*count, 2 * numbersIn(shape)); !status.ok())
    return status;
  Result<OpenedRun> opened = openRun(context, *run, pairing->output, *seed);
  if (!opened.ok())
    return opened.status();
  Result<Pairs> pairs = makePairs(executable, *opened->game, *pairing, *count);
  if (!pairs.ok())
    return pairs.status();
  SampleView view = viewOf(*executable.tables().data(), shape);
  view.columns = std::min<int64_t>(kColumns, 2 * static_cast<int64_t>(*count));
  if (Status status = writeSamplesTo(*path, pairs->samples, view); !status.ok())
    return status;
  tell(pairs->distances);
  logLine("samples: " + *path);
  return Status();
}

constinit const Command gan::runtime::kReconstruct = {
    "reconstruct", "show records beside what the model makes of them", kOptions,
    reconstruct, Share::AllShards};
