// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Maps and sequences: arrays of classes, which are looked at when they are
// read, since such files may be larger than memory.
#include "runtime/data/Elements.h"
#include "runtime/data/ImageReader.h"
#include "runtime/data/array/Array.h"

#include <cmath>
#include <cstdio>

using namespace gan;
using namespace gan::runtime;

static std::string nameOfRecord(const std::string &where, uint64_t record) {
  return where + ": record " + std::to_string(record);
}

// A class that lies in an array; `Damaged`: no whole number below `classes`.
static Result<uint32_t> classAt(const Array &array, uint64_t record,
                                uint64_t index, uint64_t classes,
                                const std::string &where) {
  double value = array.at(record, index);
  if (value >= 0 && value < static_cast<double>(classes) &&
      value == std::floor(value))
    return static_cast<uint32_t>(value);
  char text[32];
  std::snprintf(text, sizeof(text), "%.9g", value);
  return Status(Code::Damaged,
                "number " + std::to_string(index) + " of the record is " +
                    text + ", but the model has " + std::to_string(classes) +
                    " classes",
                nameOfRecord(where, record));
}

namespace {
class ArrayMaps : public Pictures {
public:
  ArrayMaps(Array array, uint64_t classes, std::string where)
      : array(std::move(array)), classes(classes), where(std::move(where)) {}
  uint64_t count() const override { return array.sizes[0]; }
  std::string nameOf(uint64_t record) const override {
    return nameOfRecord(where, record);
  }
  Result<Picture> load(uint64_t record) const override {
    Picture picture = {static_cast<int64_t>(array.sizes[2]),
                       static_cast<int64_t>(array.sizes[1]),
                       1,
                       {}};
    picture.pixels.reserve(array.perRecord());
    for (uint64_t i = 0; i < array.perRecord(); ++i) {
      Result<uint32_t> value = classAt(array, record, i, classes, where);
      if (!value.ok())
        return value.status();
      picture.pixels.push_back(static_cast<uint8_t>(*value));
    }
    return picture;
  }

private:
  Array array;
  uint64_t classes; // at most 256
  std::string where;
};

class SequenceReader : public FieldReader {
public:
  SequenceReader(Array array, const format::DataField &field, std::string where)
      : array(std::move(array)), element(field.element()),
        classes(field.classes()), where(std::move(where)) {}
  uint64_t records() const override { return array.sizes[0]; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    std::vector<Status> statuses(request.records.size());
    for (size_t s = 0; s < statuses.size(); ++s)
      statuses[s] = readSample(request.records[s], s, out);
    return tellBad(request, statuses);
  }

private:
  Status readSample(uint64_t record, size_t sample,
                    std::span<std::byte> out) const {
    uint64_t length = array.sizes[1];
    for (uint64_t i = 0; i < length; ++i) {
      Result<uint32_t> value = classAt(array, record, i, classes, where);
      if (!value.ok())
        return value.status();
      storeElement(element, out, sample * length + i, *value);
    }
    return Status();
  }

  Array array;
  format::ElementType element;
  uint64_t classes;
  std::string where;
};
} // namespace

Result<std::unique_ptr<FieldReader>>
gan::runtime::readMaps(const Array &array, const std::string &data,
                       const format::DataField &field, const std::string &where,
                       Workers *workers) {
  if (array.sizes.size() != 3)
    return arrayMismatch(data + "." + field.name()->str(), "maps, N x H x W",
                         array, where);
  Result<Fit> fit = fitOf(data, field);
  if (!fit.ok())
    return fit.status();
  auto maps = std::make_unique<ArrayMaps>(array, field.classes(), where);
  return readImages(fitPictures(std::move(maps), *fit), *fit, data, field,
                    workers);
}

Result<std::unique_ptr<FieldReader>>
gan::runtime::readSequences(const Array &array, const std::string &name,
                            const format::DataField &field,
                            const std::string &where) {
  auto length = static_cast<uint64_t>(field.shape()->Get(0));
  if (array.sizes.size() != 2 || array.sizes[1] != length)
    return arrayMismatch(name,
                         "sequences of " + std::to_string(length) + " numbers",
                         array, where);
  return std::unique_ptr<FieldReader>(
      std::make_unique<SequenceReader>(array, field, where));
}
