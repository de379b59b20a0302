// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What units of a network answer to, as figure 5 of Radford et al. 2016 shows
// it: the records that a unit answers to most, and what in them moves it. Which
// network, which units and what moves means, the model says.
#include "runtime/app/DataOptions.h"
#include "runtime/app/DeviceOptions.h"
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

static constexpr std::array<OptionSpec, 15> kOptions = {{
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
// An output that shows what in a record moves the unit that one of its draws
// chooses.
struct Lens {
  uint32_t output;
  OwnInput own;
  size_t draw; // number among its draws
  uint64_t units;
  std::optional<uint32_t> answers; // an output: a number for each unit

  int64_t batch(const Executable &executable) const {
    return outputOf(*executable.tables().entries()->Get(output))
        .shape()
        ->Get(0);
  }
};

// A record by its place in the order of the game, and how much a unit answers.
struct Pick {
  uint64_t place;
  double answer;
};

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
  Status pickRecords(Game &game);
  Status showUnit(Game &game, size_t i);
  void tell() const;

  const Executable &executable;
  const CommandContext &context;
  const Arguments &arguments;
  Lens lens;
  std::string folder, file;
  std::vector<uint64_t> units;
  uint64_t count = 0, among = 0, seed = 0, batch = 0;
  std::vector<std::vector<Pick>> picks; // for each unit, `count` of them
  std::vector<double> means;            // of its answers to all records
  Samples shown;
};
} // namespace

// ---- what the model says

// The output that gives a number for each unit, of the same records.
static std::optional<uint32_t> findAnswers(const Executable &executable,
                                           const Lens &lens) {
  const format::Executable &tables = executable.tables();
  for (uint32_t output : outputEntries(executable)) {
    const format::Entry &entry = *tables.entries()->Get(output);
    const format::Binding &made = outputOf(entry);
    if (sampleShape(made) != std::vector<uint64_t>{lens.units} ||
        made.shape()->Get(0) != lens.batch(executable))
      continue;
    for (const format::Binding *input : *entry.inputs())
      if (input->kind() == format::BindingKind::Data &&
          findField(tables, input->name()->string_view()) == lens.own.field)
        return output;
  }
  return std::nullopt;
}

static std::optional<Lens> lensOf(const Executable &executable,
                                  uint32_t output) {
  const format::Entry &entry = *executable.tables().entries()->Get(output);
  std::optional<OwnInput> own = findOwnInput(executable.tables(), entry);
  std::optional<size_t> draw = findChoice(entry);
  if (!own || !draw)
    return std::nullopt;
  Lens lens{.output = output,
            .own = *own,
            .draw = *draw,
            .units = drawInputs(entry)[*draw]->classes(),
            .answers = std::nullopt};
  lens.answers = findAnswers(executable, lens);
  return lens;
}

static Result<Lens> chooseLens(const Executable &executable,
                               const Arguments &arguments) {
  Result<std::vector<uint32_t>> outputs = readOutputs(executable, arguments);
  if (!outputs.ok())
    return outputs.status();
  for (uint32_t output : *outputs)
    if (std::optional<Lens> lens = lensOf(executable, output))
      return *lens;
  return Status(
      Code::Usage,
      (arguments.has("output")
           ? "'" + arguments.text("output", "") + "' does not show"
           : std::string("no output of the model shows")) +
          " what in a record moves a unit; of a network D with N units that "
          "reads the data x this does: 'draw unit ~ categorical(N)' and "
          "'output features = saliency(D, x, unit)' in the model",
      "--output");
}

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
  batch = lens.batch(executable);
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

// The records that each unit answers to most, of equal ones the earlier; where
// the model does not tell, the first.
Status Looking::pickRecords(Game &game) {
  picks.resize(units.size());
  if (!lens.answers) {
    for (std::vector<Pick> &of : picks)
      for (uint64_t place = 0; place < count; ++place)
        of.push_back({place, 0});
    return Status();
  }
  for (uint64_t place = 0; place < among; place += batch) {
    Result<FileBytes> answers = game.compute(*lens.answers, place / batch);
    if (!answers.ok())
      return answers.status();
    for (uint64_t j = 0; j < std::min(batch, among - place); ++j)
      for (size_t i = 0; i < units.size(); ++i)
        picks[i].push_back({place + j, loadElement(shown.element, *answers,
                                                   j * lens.units + units[i])});
  }
  for (std::vector<Pick> &of : picks) {
    double sum = 0;
    for (const Pick &pick : of)
      sum += pick.answer;
    means.push_back(sum / static_cast<double>(among));
    std::sort(of.begin(), of.end(), [](const Pick &a, const Pick &b) {
      return a.answer != b.answer ? a.answer > b.answer : a.place < b.place;
    });
    of.resize(count);
  }
  return Status();
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
  for (const Pick &pick : picks[i]) {
    uint64_t move = pick.place / batch;
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
          std::span(from).subspan(pick.place % batch * bytes, bytes);
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
  if (!lens.answers)
    return;
  for (size_t i = 0; i < units.size(); ++i) {
    std::printf("unit %llu answers", static_cast<unsigned long long>(units[i]));
    for (const Pick &pick : picks[i])
      std::printf(" %.4g", pick.answer);
    std::printf(", to %llu records on average %.4g\n",
                static_cast<unsigned long long>(among), means[i]);
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
  if (Status status = pickRecords(game); !status.ok())
    return status;
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
