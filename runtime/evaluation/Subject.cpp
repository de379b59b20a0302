// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/Subject.h"

#include <algorithm>
#include <cmath>

using namespace gan;
using namespace gan::runtime;

uint64_t Subject::perSample() const {
  uint64_t count = 1;
  for (uint64_t extent : shape)
    count *= extent;
  return count;
}

bool Subject::isImage() const {
  return table->kind()->string_view() == "image";
}

// The first field of this shape that holds reals.
static bool findField(const format::Executable &tables, Subject &subject) {
  for (uint32_t d = 0; d < tables.data()->size(); ++d) {
    const format::Data &data = *tables.data()->Get(d);
    for (uint32_t f = 0; f < data.fields()->size(); ++f) {
      const format::DataField &field = *data.fields()->Get(f);
      if (field.element() != format::ElementType::F32 &&
          field.element() != format::ElementType::F64)
        continue;
      if (!std::equal(subject.shape.begin(), subject.shape.end(),
                      field.shape()->begin(), field.shape()->end()))
        continue;
      subject.data = d;
      subject.field = f;
      subject.table = &field;
      subject.name = data.name()->str() + "." + field.name()->str();
      return true;
    }
  }
  return false;
}

Result<Subject> gan::runtime::chooseSubject(const Executable &executable,
                                            const std::string &name) {
  const format::Executable &tables = executable.tables();
  for (uint32_t i = 0; i < tables.entries()->size(); ++i) {
    const format::Entry &entry = *tables.entries()->Get(i);
    if (entry.kind() != format::EntryKind::Output ||
        (!name.empty() && entry.name()->string_view() != name))
      continue;
    Subject subject;
    subject.entry = i;
    subject.output = entry.name()->str();
    for (const format::Binding *binding : *entry.outputs())
      if (binding->kind() == format::BindingKind::Output &&
          binding->shape()->size() > 0)
        subject.shape.assign(binding->shape()->begin() + 1,
                             binding->shape()->end());
    if (findField(tables, subject))
      return subject;
  }
  return Status(Code::Usage,
                (name.empty() ? "no output of the model has"
                              : "the model has no output '" + name + "' with") +
                    " the shape of one of its data",
                "--output");
}

double gan::runtime::visibleValue(const format::DataField &field,
                                  double value) {
  if (field.kind()->string_view() != "image")
    return value;
  double part = (value - field.low()) / (field.high() - field.low());
  // What is not a number is black.
  double level = part > 0 ? std::min(part, 1.0) * 255 : 0;
  return std::floor(level + 0.5) / 255;
}
