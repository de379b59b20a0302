// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/Stream.h"
#include "runtime/data/Elements.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

static constexpr uint64_t kBunch = 100;

static void showValues(const Subject &subject, format::ElementType element,
                       const FileBytes &bytes, std::vector<double> &values) {
  values.resize(bytes.size() / elementBytes(element));
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = visibleValue(*subject.table, loadElement(element, bytes, i));
}

Status RealStream::next(std::vector<double> &values) {
  const FieldReader &reader = *dataset.fields[subject.field];
  std::vector<uint64_t> records;
  // Of the last bunch only what there is; of made records always as many.
  uint64_t first = reader.records() ? bunch * kBunch : 0;
  uint64_t end = reader.records() ? std::min(first + kBunch, reader.records())
                                  : first + kBunch;
  for (uint64_t record = first; record < end; ++record)
    records.push_back(record);
  format::ElementType element = subject.table->element();
  FileBytes bytes(records.size() * subject.perSample() * elementBytes(element));
  if (Status status = reader.read({seed, bunch++, records}, bytes);
      !status.ok())
    return status;
  showValues(subject, element, bytes, values);
  return Status();
}

std::string RealStream::description() const {
  uint64_t records = dataset.fields[subject.field]->records();
  return (records ? "the first of " + std::to_string(records) + " records"
                  : std::string("records made anew")) +
         " of " + subject.name;
}

Status GeneratedStream::next(std::vector<double> &values) {
  const format::Entry &entry =
      *executable.tables().entries()->Get(subject.entry);
  Result<FileBytes> bytes = game.compute(subject.entry, move);
  if (!bytes.ok())
    return bytes.status();
  move += std::max(1u, entry.moves());
  for (const format::Binding *output : *entry.outputs())
    if (output->kind() == format::BindingKind::Output)
      showValues(subject, output->element(), *bytes, values);
  return Status();
}

std::string GeneratedStream::description() const {
  return "'" + subject.output + "' of the model";
}
