// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Sources.h"
#include "runtime/data/ImageReader.h"
#include "runtime/data/Other.h"
#include "runtime/data/Source.h"
#include "runtime/data/Stack.h"
#include "runtime/data/Synthetic.h"
#include "runtime/data/Workers.h"

#include <algorithm>

using namespace gan;
using namespace gan::runtime;

namespace {
// Opens the fields of one data.
class Binder {
public:
  Binder(const format::Data &data, const NamedSources &named,
         const DataOptions &options)
      : data(data), named(named), options(options) {}
  Result<Dataset> bind();

private:
  Status bindField(const format::DataField &field);
  Status bindOther(size_t i);
  const FieldReader &readerOf(const flatbuffers::String &name) const;
  Result<std::unique_ptr<FieldReader>>
  openField(const format::DataField &field);
  Result<std::unique_ptr<FieldReader>>
  openShared(const format::DataField &field, const std::string &path);
  Result<const Source *> open(const std::string &path);
  Status checkNames(const Source &source, const FieldRequest &request);

  const format::Data &data;
  const NamedSources &named;
  const DataOptions &options;
  Dataset dataset;
  std::map<std::string, const Source *> opened; // by their paths
  std::string counted;            // the first field that has records
  std::string namedField;         // the first field whose records have names
  std::vector<std::string> names; // of its records
};
} // namespace

Result<const Source *> Binder::open(const std::string &path) {
  if (auto found = opened.find(path); found != opened.end())
    return found->second;
  Result<std::unique_ptr<Source>> source =
      openSource(path, {options.scratch, options.keep, dataset.workers.get()});
  if (!source.ok())
    return source.status();
  dataset.sources.push_back(source.take());
  return opened[path] = dataset.sources.back().get();
}

static Status withoutSource(const std::string &name,
                            const format::DataField &field) {
  return Status(Code::Usage,
                "'" + name + "' of kind '" + field.kind()->str() +
                    "' needs a source: --data " + name + "=FILE, or random",
                "--data");
}

// The images of a pair have the same names, in the same order.
Status Binder::checkNames(const Source &source, const FieldRequest &request) {
  if (!isOfPictures(request.field))
    return Status();
  std::vector<std::string> found = source.recordNames(request);
  if (found.empty())
    return Status();
  if (names.empty()) {
    names = std::move(found);
    namedField = request.name();
    return Status();
  }
  size_t i = 0;
  while (i < names.size() && i < found.size() && names[i] == found[i])
    ++i;
  if (i == names.size() && i == found.size())
    return Status();
  // Sorted with their endings, so that without them the order says nothing.
  bool isFirst = i == found.size() ||
                 (i < names.size() && std::find(found.begin(), found.end(),
                                                names[i]) == found.end());
  return Status(Code::Mismatch,
                "the images of '" + namedField + "' and '" + request.name() +
                    "' are pairs by name, but only '" +
                    (isFirst ? namedField : request.name()) + "' has '" +
                    (isFirst ? names[i] : found[i]) + "'",
                dataset.name);
}

Result<std::unique_ptr<FieldReader>>
Binder::openShared(const format::DataField &field, const std::string &path) {
  Result<const Source *> source = open(path);
  if (!source.ok())
    return source.status();
  if (!(*source)->isShareable()) {
    Result<const format::DataField *> main = mainField(data);
    if (!main.ok())
      return main.status();
    if (*main != &field)
      return withoutSource(nameOf(data, field), field);
  }
  FieldRequest request{data, field, /*isShared=*/true};
  if (Status status = checkNames(**source, request); !status.ok())
    return status;
  return (*source)->read(request);
}

Result<std::unique_ptr<FieldReader>>
Binder::openField(const format::DataField &field) {
  auto own = named.fields.find(nameOf(data, field));
  auto shared = named.data.find(dataset.name);
  bool hasOwn = own != named.fields.end();
  if (!needsSource(field))
    return makeSynthetic(dataset.name, field);
  if (!hasOwn && shared == named.data.end())
    return withoutSource(nameOf(data, field), field);
  const std::string &path = hasOwn ? own->second : shared->second;
  if (path == "random")
    return makeSynthetic(dataset.name, field);
  if (!hasOwn)
    return openShared(field, path);
  Result<const Source *> source = open(path);
  if (!source.ok())
    return source.status();
  FieldRequest request{data, field, /*isShared=*/false};
  if (Status status = checkNames(**source, request); !status.ok())
    return status;
  return (*source)->read(request);
}

Status Binder::bindField(const format::DataField &field) {
  Result<std::unique_ptr<FieldReader>> reader = openField(field);
  if (!reader.ok())
    return reader.status();
  std::string name = field.name()->str();
  // What is made anew is made whole.
  if (stackOf(field) > 1 && (*reader)->records())
    reader = stackPictures(reader.take(), dataset.name, field);
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
  return Status();
}

const FieldReader &Binder::readerOf(const flatbuffers::String &name) const {
  size_t i = 0;
  while (data.fields()->Get(i)->name()->string_view() != name.string_view())
    ++i;
  return *dataset.fields[i];
}

// Where records are made anew, the values stay those that are made for the
// field itself.
Status Binder::bindOther(size_t i) {
  const format::DataField &field = *data.fields()->Get(i);
  if (!field.other() || !readerOf(*field.other()).records())
    return Status();
  std::string name = nameOf(data, field);
  const FieldReader &of = readerOf(*field.other()),
                    &differs = readerOf(*field.differs());
  if (!differs.records())
    return Status(Code::Usage,
                  "'" + name + "' is of records that differ in '" +
                      field.differs()->str() + "', which is random",
                  "--data");
  Result<std::unique_ptr<FieldReader>> other = readOther(of, differs, name);
  if (other.ok())
    dataset.fields[i] = other.take();
  return other.status();
}

Result<Dataset> Binder::bind() {
  dataset.name = data.name()->str();
  dataset.onBad = options.onBad;
  dataset.workers = std::make_unique<Workers>(options.threads);
  for (const format::DataField *field : *data.fields())
    if (Status status = bindField(*field); !status.ok())
      return status;
  for (size_t i = 0; i < dataset.fields.size() && dataset.records; ++i)
    if (data.fields()->Get(i)->kind()->string_view() == "index")
      dataset.fields[i] =
          makeRecordNumbers(*data.fields()->Get(i), dataset.records);
  for (size_t i = 0; i < dataset.fields.size(); ++i)
    if (Status status = bindOther(i); !status.ok())
      return status;
  return std::move(dataset);
}

Result<std::vector<Dataset>>
gan::runtime::bindData(const DataTables &tables, const DataOptions &options) {
  Result<NamedSources> named = assignSources(tables, options.sources);
  if (!named.ok())
    return named.status();
  std::vector<Dataset> datasets;
  for (const format::Data *data : tables) {
    Result<Dataset> dataset = Binder(*data, *named, options).bind();
    if (!dataset.ok())
      return dataset.status();
    datasets.push_back(dataset.take());
  }
  return datasets;
}
