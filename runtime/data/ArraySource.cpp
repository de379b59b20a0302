// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files of numbers.
#include "runtime/data/Source.h"
#include "runtime/data/array/ArrayFile.h"
#include "runtime/executable/Executable.h"

using namespace gan;
using namespace gan::runtime;

namespace {
class ArraySource : public Source {
public:
  ArraySource(std::string path, ArrayFile file, Workers *workers)
      : path(std::move(path)), file(std::move(file)), workers(workers) {}
  bool isShareable() const override {
    return file.arrays.size() > 1 || file.isTable;
  }
  Result<std::unique_ptr<FieldReader>>
  read(const FieldRequest &request) const override;
  std::vector<std::string> recordNames(const FieldRequest &) const override {
    return {};
  }

private:
  Result<Array> columnsOf(const FieldRequest &request) const;
  Result<Array> arrayOf(const FieldRequest &request) const;
  std::string path;
  ArrayFile file;
  Workers *workers;
};
} // namespace

// The fields take columns one after another, as many as each has numbers.
Result<Array> ArraySource::columnsOf(const FieldRequest &request) const {
  Array columns = file.arrays[0];
  uint64_t before = 0, all = 0;
  for (const format::DataField *field : *request.data.fields()) {
    if (!needsSource(*field))
      continue;
    before = field == &request.field ? all : before;
    all += elementCount(*field->shape());
  }
  if (all != columns.sizes[1])
    return Status(Code::Mismatch,
                  "its lines have " + std::to_string(columns.sizes[1]) +
                      " numbers, but the fields of '" +
                      request.data.name()->str() + "' take " +
                      std::to_string(all),
                  path);
  columns.offset += before * scalarBytes(columns.scalar);
  columns.sizes[1] = elementCount(*request.field.shape());
  return columns;
}

Result<Array> ArraySource::arrayOf(const FieldRequest &request) const {
  if (file.isTable && request.isShared)
    return columnsOf(request);
  if (file.arrays.size() == 1)
    return file.arrays[0];
  std::string known;
  for (const Array &array : file.arrays) {
    if (array.name == request.field.name()->string_view())
      return array;
    known += (known.empty() ? "'" : ", '") + array.name + "'";
  }
  for (const Array &array : file.arrays)
    if (array.kind == request.field.kind()->string_view())
      return array;
  return Status(Code::Mismatch,
                "it has no array for '" + request.name() + "', it has " + known,
                path);
}

Result<std::unique_ptr<FieldReader>>
ArraySource::read(const FieldRequest &request) const {
  Result<Array> array = arrayOf(request);
  if (!array.ok())
    return array.status();
  return readArray(*array, request.data.name()->str(), request.field, path,
                   workers);
}

std::unique_ptr<Source> gan::runtime::arraySource(const std::string &path,
                                                  ArrayFile file,
                                                  Workers *workers) {
  return std::make_unique<ArraySource>(path, std::move(file), workers);
}
