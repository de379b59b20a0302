// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/app/Lens.h"
#include "runtime/app/OpenedRun.h"
#include "runtime/data/Elements.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static uint64_t batchOf(const format::Binding &made) {
  return made.shape()->size() ? made.shape()->Get(0) : 1;
}

static std::optional<Lens> lensOf(const Executable &executable,
                                  uint32_t output) {
  const format::Entry &entry = *executable.tables().entries()->Get(output);
  std::optional<OwnInput> own = findOwnInput(executable.tables(), entry);
  std::optional<size_t> draw = findChoice(entry);
  if (!own || !draw)
    return std::nullopt;
  return Lens{.output = output,
              .own = *own,
              .draw = *draw,
              .units = drawInputs(entry)[*draw]->classes(),
              .batch = batchOf(outputOf(entry)),
              .responses = std::nullopt};
}

// Whether an output gives a number for each unit, of the same records.
static bool responds(const Executable &executable, const Lens &lens,
                     uint32_t output) {
  const format::Executable &tables = executable.tables();
  const format::Entry &entry = *tables.entries()->Get(output);
  const format::Binding &made = outputOf(entry);
  if (sampleShape(made) != std::vector<uint64_t>{lens.units} ||
      batchOf(made) != lens.batch)
    return false;
  return std::any_of(entry.inputs()->begin(), entry.inputs()->end(),
                     [&](auto *input) {
                       return input->kind() == format::BindingKind::Data &&
                              findField(tables, input->name()->string_view()) ==
                                  lens.own.field;
                     });
}

static Result<std::optional<uint32_t>>
findResponses(const Executable &executable, const Arguments &arguments,
              const Lens &lens) {
  std::string name = arguments.text("responses", "responses");
  for (uint32_t output : outputEntries(executable)) {
    const format::Entry &entry = *executable.tables().entries()->Get(output);
    if (entry.name()->string_view() != name)
      continue;
    if (responds(executable, lens, output))
      return std::optional(output);
    // A model may show several networks, and tell of one of them.
    if (!arguments.has("responses"))
      return std::optional<uint32_t>();
    return Status(Code::Usage,
                  "'" + name + "' does not give a number for each of the " +
                      std::to_string(lens.units) +
                      " units, of the records that are shown",
                  "--responses");
  }
  if (!arguments.has("responses"))
    return std::optional<uint32_t>();
  return Status(Code::Usage, "the model has no output '" + name + "'",
                "--responses");
}

Result<Lens> gan::runtime::chooseLens(const Executable &executable,
                                      const Arguments &arguments) {
  Result<std::vector<uint32_t>> outputs = readOutputs(executable, arguments);
  if (!outputs.ok())
    return outputs.status();
  for (uint32_t output : *outputs)
    if (std::optional<Lens> lens = lensOf(executable, output)) {
      Result<std::optional<uint32_t>> responses =
          findResponses(executable, arguments, *lens);
      if (!responses.ok())
        return responses.status();
      lens->responses = *responses;
      return *lens;
    }
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

Result<std::vector<Picks>>
gan::runtime::pickRecords(const Executable &executable, Game &game,
                          const Lens &lens, const std::vector<uint64_t> &units,
                          uint64_t count, uint64_t among) {
  std::vector<Picks> picks(units.size());
  if (!lens.responses) {
    for (Picks &of : picks)
      for (uint64_t place = 0; place < count; ++place)
        of.records.push_back({place, 0});
    return picks;
  }
  format::ElementType element =
      outputOf(*executable.tables().entries()->Get(*lens.responses)).element();
  for (uint64_t place = 0; place < among; place += lens.batch) {
    Result<FileBytes> answers =
        game.compute(*lens.responses, place / lens.batch);
    if (!answers.ok())
      return answers.status();
    for (uint64_t j = 0; j < std::min(lens.batch, among - place); ++j)
      for (size_t i = 0; i < units.size(); ++i) {
        double answer =
            loadElement(element, *answers, j * lens.units + units[i]);
        picks[i].records.push_back({place + j, answer});
        picks[i].mean += answer / static_cast<double>(among);
      }
  }
  for (Picks &of : picks) {
    std::sort(
        of.records.begin(), of.records.end(), [](const Pick &a, const Pick &b) {
          return a.answer != b.answer ? a.answer > b.answer : a.place < b.place;
        });
    of.records.resize(count);
  }
  return picks;
}
