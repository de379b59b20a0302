// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Sources.h"
#include "runtime/data/Idx.h"
#include "runtime/data/Synthetic.h"

using namespace gan;
using namespace gan::runtime;

static Result<std::unique_ptr<FieldReader>>
openField(const format::Data &data, const format::DataField &field,
          const FieldSources &sources) {
  if (!needsSource(field))
    return makeSynthetic(data.name()->str(), field);
  auto source = sources.find(nameOf(data, field));
  if (source == sources.end())
    return Status(Code::Usage,
                  "'" + nameOf(data, field) + "' of kind '" +
                      field.kind()->str() + "' needs a source: --data " +
                      nameOf(data, field) + "=FILE, or random",
                  "--data");
  if (source->second == "random")
    return makeSynthetic(data.name()->str(), field);
  return openIdx(source->second, data.name()->str(), field);
}

static Result<Dataset> openData(const format::Data &data,
                                const FieldSources &sources) {
  Dataset dataset;
  dataset.name = data.name()->str();
  std::string counted; // the first field that has records
  for (const format::DataField *field : *data.fields()) {
    Result<std::unique_ptr<FieldReader>> reader =
        openField(data, *field, sources);
    if (!reader.ok())
      return reader.status();
    std::string name = field->name()->str();
    uint64_t records = (*reader)->records();
    if (records && counted.empty()) {
      dataset.records = records;
      counted = name;
    } else if (records && records != dataset.records) {
      return Status(Code::Mismatch,
                    "'" + counted + "' has " + std::to_string(dataset.records) +
                        " records, but '" + name + "' has " +
                        std::to_string(records),
                    dataset.name);
    }
    dataset.fieldNames.push_back(name);
    dataset.fields.push_back(reader.take());
  }
  for (size_t i = 0; i < dataset.fields.size() && dataset.records; ++i)
    if (data.fields()->Get(i)->kind()->string_view() == "index")
      dataset.fields[i] =
          makeRecordNumbers(*data.fields()->Get(i), dataset.records);
  return dataset;
}

Result<std::vector<Dataset>>
gan::runtime::bindData(const DataTables &tables,
                       std::span<const std::string> options) {
  Result<FieldSources> sources = assignSources(tables, options);
  if (!sources.ok())
    return sources.status();
  std::vector<Dataset> datasets;
  for (const format::Data *data : tables) {
    Result<Dataset> dataset = openData(*data, *sources);
    if (!dataset.ok())
      return dataset.status();
    datasets.push_back(dataset.take());
  }
  return datasets;
}
