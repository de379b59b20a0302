// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/game/OutputTables.h"

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
