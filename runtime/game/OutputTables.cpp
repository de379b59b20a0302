// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/OutputTables.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

std::vector<uint32_t>
gan::runtime::outputEntries(const Executable &executable) {
  std::vector<uint32_t> indices;
  const auto &entries = *executable.tables().entries();
  for (uint32_t i = 0; i < entries.size(); ++i)
    if (entries.Get(i)->kind() == format::EntryKind::Output)
      indices.push_back(i);
  return indices;
}

const format::Binding &gan::runtime::outputOf(const format::Entry &entry) {
  for (const format::Binding *output : *entry.outputs())
    if (output->kind() == format::BindingKind::Output)
      return *output;
  return *entry.outputs()->Get(0);
}

std::vector<uint64_t> gan::runtime::sampleShape(const format::Binding &output) {
  const auto &shape = *output.shape();
  return {shape.begin() + (shape.size() ? 1 : 0), shape.end()};
}

const format::DataField *
gan::runtime::findField(const format::Executable &tables,
                        std::string_view name) {
  for (const format::Data *data : *tables.data())
    for (const format::DataField *field : *data->fields())
      if (data->name()->str() + "." + field->name()->str() == name)
        return field;
  return nullptr;
}

std::optional<OwnInput>
gan::runtime::findOwnInput(const format::Executable &tables,
                           const format::Entry &entry) {
  const format::Binding &made = outputOf(entry);
  size_t number = 0;
  for (const format::Binding *input : *entry.inputs()) {
    if (input->kind() != format::BindingKind::Data)
      continue;
    if (input->element() == made.element() &&
        std::equal(input->shape()->begin(), input->shape()->end(),
                   made.shape()->begin(), made.shape()->end()))
      return OwnInput{number, findField(tables, input->name()->string_view())};
    ++number;
  }
  return std::nullopt;
}

std::vector<const format::Binding *>
gan::runtime::drawInputs(const format::Entry &entry) {
  std::vector<const format::Binding *> inputs;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Draw)
      inputs.push_back(input);
  return inputs;
}

std::optional<size_t> gan::runtime::findChoice(const format::Entry &entry) {
  std::vector<const format::Binding *> draws = drawInputs(entry);
  for (size_t i = 0; i < draws.size(); ++i)
    if (draws[i]->classes() > 0)
      return i;
  return std::nullopt;
}
