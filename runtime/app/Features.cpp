// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What units of a network answer to, as figure 5 of Radford et al. 2016 shows
// it: the records that a unit answers to most, and what in them moves it. Which
// network, which units and what moves means, the model says.
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
#include "runtime/app/Lens.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/app/Outputs.h"
#include "runtime/base/Log.h"
#include "runtime/data/Elements.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

using namespace gan;
using namespace gan::runtime;

static constexpr std::array<OptionSpec, 16> kOptions = {{
    kRunOption,
    kDataOption,
    kOnBadDataOption,
    kDataThreadsOption,
    kDataCacheOption,
    {"units", 0, "A,B,..", "which units, from 0 (default: the first 6)"},
    {"count", 0, "N", "records for each unit (default: 4)"},
    {"among", 0, "N",
     "the first so many records, of which those are shown that a unit answers "
     "to most (default: 1000)"},
    {"seed", 0, "S", "of the order of records (default: 0)"},
    {"output", 0, "NAME",
     "which output of the model (default: the first that reads data of its own "
     "shape and draws a class)"},
    {"responses", 0, "NAME",
     "which output tells how much each unit answers to a record (default: "
     "responses, if there is one; else the first records are shown)"},
    {"out", 'o', "FILE",
     "each record and behind it what moves the unit, a row for each unit, as a "
     "picture, where grey moves nothing (.png), or table (.csv) (default: "
     "features.png)"},
    kThreadsOption,
    kDeviceOption,
    kIsaOption,
    kSimScheduleOption,
}};

static constexpr uint64_t kFirstUnits = 6;

namespace {
// One call of `features`.
class Looking {
public:
  explicit Looking(const CommandContext &context)
      : executable(context.executable), context(context),
        arguments(context.arguments) {}
  Status run();

private:
  Status readOptions();
  Status readUnits();
  Status readNumbers();
  Status limitRecords(const Game &game);
  Status showUnit(Game &game, size_t i);
  void tell() const;

  const Executable &executable;
  const CommandContext &context;
  const Arguments &arguments;
  Lens lens;
  std::string folder, file;
  std::vector<uint64_t> units;
  uint64_t count = 0, among = 0, seed = 0;
  std::vector<Picks> picks; // for each unit
  Samples shown;
};
} // namespace

// ---- what the user asks for

Status Looking::readUnits() {
  Result<std::vector<std::vector<uint64_t>>> lists =
      arguments.numberLists("units");
  if (!lists.ok())
    return lists.status();
  if (lists->empty()) {
    units.resize(std::min(kFirstUnits, lens.units));
    std::iota(units.begin(), units.end(), uint64_t{0});
  } else {
    units = lists->front();
  }
  for (uint64_t unit : units)
    if (unit >= lens.units)
      return Status(Code::Usage,
                    "there are " + std::to_string(lens.units) +
                        " units, from 0: there is no unit " +
                        std::to_string(unit),
                    "--units");
  return Status();
}

Status Looking::readNumbers() {
  Result<uint64_t> number = arguments.number("count", 4, /*least=*/1);
  if (!number.ok())
    return number.status();
  count = *number;
  number = arguments.number("among", std::max<uint64_t>(count, 1000),
                            /*least=*/count);
  if (!number.ok())
    return number.status();
  among = *number;
  number = arguments.number("seed", 0);
  seed = number.ok() ? *number : 0;
  return number.status();
}

Status Looking::readOptions() {
  Result<std::string> run = readRun(arguments);
  if (!run.ok())
    return run.status();
  folder = run.take();
  Result<Lens> chosen = chooseLens(executable, arguments);
  if (!chosen.ok())
    return chosen.status();
  lens = *chosen;
  if (Status status = readUnits(); !status.ok())
    return status;
  if (Status status = readNumbers(); !status.ok())
    return status;
  Result<std::string> path =
      readSamplesPath(executable, arguments, lens.output, "features");
  if (!path.ok())
    return path.status();
  file = path.take();
  const format::Binding &made =
      outputOf(*executable.tables().entries()->Get(lens.output));
  shown = {.shape = sampleShape(made), .element = made.element(), .bytes = {}};
  if (Status status = checkFits(among, lens.units); !status.ok())
    return status;
  return checkFits(count, 2 * units.size() * shown.perSample());
}

// ---- what is shown

// No record twice: the order begins anew behind the last.
Status Looking::limitRecords(const Game &game) {
  for (const Dataset &data : game.data())
    for (size_t i = 0; i < data.fieldNames.size(); ++i) {
      const std::string name = data.name + "." + data.fieldNames[i];
      if (findField(executable.tables(), name) == lens.own.field &&
          data.records > 0)
        among = std::min(among, data.records);
    }
  if (among >= count)
    return Status();
  return Status(Code::Usage,
                "there are " + std::to_string(among) + " records, expected " +
                    std::to_string(count) + " or more",
                "--count");
}

// The largest of an image's numbers becomes black or white.
static void stretch(Samples &gradient, const format::DataField &field) {
  double most = 0, half = (field.high() - field.low()) / 2;
  for (size_t i = 0; i < gradient.size(); ++i)
    most = std::max(most, std::abs(gradient.value(i)));
  for (size_t i = 0; i < gradient.size(); ++i)
    storeElement(gradient.element, gradient.bytes, i,
                 field.low() + half +
                     (most > 0 ? half * gradient.value(i) / most : 0));
}

Status Looking::showUnit(Game &game, size_t i) {
  const format::Entry &entry = *executable.tables().entries()->Get(lens.output);
  const format::Binding &draw = *drawInputs(entry)[lens.draw];
  size_t bytes = shown.perSample() * elementBytes(shown.element);
  for (const Pick &pick : picks[i].records) {
    uint64_t move = pick.place / lens.batch;
    Result<Draws> draws = game.draw(lens.output, move);
    if (!draws.ok())
      return draws.status();
    for (uint64_t j = 0; j < elementCount(*draw.shape()); ++j)
      storeElement(draw.element(), (*draws)[lens.draw], j,
                   (static_cast<double>(units[i]) + 0.5) /
                       static_cast<double>(lens.units));
    Result<std::vector<FileBytes>> records = game.batchesOf(lens.output, move);
    if (!records.ok())
      return records.status();
    Result<FileBytes> made = game.compute(lens.output, move, *draws);
    if (!made.ok())
      return made.status();
    auto cut = [&](const FileBytes &from) {
      std::span<const std::byte> part =
          std::span(from).subspan(pick.place % lens.batch * bytes, bytes);
      return FileBytes(part.begin(), part.end());
    };
    Samples gradient{shown.shape, shown.element, cut(*made)};
    if (isImage(shown.shape) && !file.ends_with(".csv"))
      stretch(gradient, *lens.own.field);
    for (const FileBytes &part :
         {cut((*records)[lens.own.number]), gradient.bytes})
      shown.bytes.insert(shown.bytes.end(), part.begin(), part.end());
  }
  return Status();
}

void Looking::tell() const {
  if (!lens.responses)
    return;
  for (size_t i = 0; i < units.size(); ++i) {
    std::printf("unit %llu answers", static_cast<unsigned long long>(units[i]));
    for (const Pick &pick : picks[i].records)
      std::printf(" %.4g", pick.answer);
    std::printf(", to %llu records on average %.4g\n",
                static_cast<unsigned long long>(among), picks[i].mean);
  }
}

Status Looking::run() {
  if (Status status = readOptions(); !status.ok())
    return status;
  Result<OpenedRun> opened = openRun(context, folder, lens.output, seed);
  if (!opened.ok())
    return opened.status();
  Game &game = *opened->game;
  if (Status status = limitRecords(game); !status.ok())
    return status;
  Result<std::vector<Picks>> picked =
      pickRecords(executable, game, lens, units, count, among);
  if (!picked.ok())
    return picked.status();
  picks = picked.take();
  for (size_t i = 0; i < units.size(); ++i)
    if (Status status = showUnit(game, i); !status.ok())
      return status;
  SampleView view = viewOf(*executable.tables().data(), shown.shape);
  view.columns = 2 * static_cast<int64_t>(count);
  if (Status status = writeSamplesTo(file, shown, view); !status.ok())
    return status;
  tell();
  logLine("samples: " + file);
  return Status();
}

static Status features(const CommandContext &context) {
  return Looking(context).run();
}

constinit const Command gan::runtime::kFeatures = {
    "features", "show what in records moves units of a network", kOptions,
    features, Share::AllShards};
