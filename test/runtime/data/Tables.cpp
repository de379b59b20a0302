// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/data/Tables.h"

#include <memory>

using namespace gan;
using namespace gan::test;

format::DataFieldT gan::test::makeField(const std::string &name,
                                        const std::string &kind,
                                        std::vector<int64_t> shape) {
  format::DataFieldT field;
  field.name = name;
  field.kind = kind;
  field.shape = std::move(shape);
  if (kind == "label" || kind == "index" || kind == "map" || kind == "sequence")
    field.element = format::ElementType::I32;
  return field;
}

format::DataFieldT gan::test::makeImage(const std::string &name,
                                        std::vector<int64_t> shape) {
  format::DataFieldT field = makeField(name, "image", std::move(shape));
  field.low = -1;
  field.high = 1;
  return field;
}

void Tables::addData(const std::string &name,
                     const std::vector<format::DataFieldT> &fields) {
  auto data = std::make_unique<format::DataT>();
  data->name = name;
  for (const format::DataFieldT &field : fields)
    data->fields.push_back(std::make_unique<format::DataFieldT>(field));
  content.data.push_back(std::move(data));
}

void Tables::addEntry(const std::vector<Input> &inputs) {
  auto entry = std::make_unique<format::EntryT>();
  entry->kind = format::EntryKind::Step;
  for (const Input &input : inputs) {
    auto binding = std::make_unique<format::BindingT>();
    binding->kind = format::BindingKind::Data;
    binding->name = input.name;
    binding->move = input.move;
    for (const auto &data : content.data)
      for (const auto &field : data->fields)
        if (data->name + "." + field->name == input.name) {
          binding->element = field->element;
          binding->shape = field->shape;
        }
    binding->shape.insert(binding->shape.begin(), input.batch);
    entry->inputs.push_back(std::move(binding));
  }
  content.entries.push_back(std::move(entry));
}

const format::Executable &Tables::packed() {
  if (builder.GetSize() == 0)
    builder.Finish(format::Executable::Pack(builder, &content));
  return *format::GetExecutable(builder.GetBufferPointer());
}

const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &Tables::data() {
  return *packed().data();
}

const format::DataField &Tables::field(unsigned data, unsigned field) {
  return *packed().data()->Get(data)->fields()->Get(field);
}

const format::Entry &Tables::entry(unsigned index) {
  return *packed().entries()->Get(index);
}
