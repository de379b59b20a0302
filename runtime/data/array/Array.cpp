// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/array/Array.h"
#include "runtime/data/Elements.h"
#include "runtime/data/ImageReader.h"
#include "runtime/executable/Executable.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <optional>

using namespace gan;
using namespace gan::runtime;

uint64_t gan::runtime::scalarBytes(Scalar scalar) {
  constexpr uint64_t kBytes[] = {1, 1, 2, 2, 4, 4, 8, 4, 8};
  return kBytes[static_cast<size_t>(scalar)];
}

std::string gan::runtime::textOfSizes(std::span<const uint64_t> sizes) {
  std::string text;
  for (uint64_t size : sizes)
    text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

uint64_t Array::perRecord() const {
  uint64_t count = 1;
  for (size_t i = 1; i < sizes.size(); ++i)
    count *= sizes[i];
  return count;
}

template <typename T> static double numberAt(const std::byte *bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return static_cast<double>(value);
}

double Array::at(uint64_t record, uint64_t index) const {
  const std::byte *number =
      &bytes[offset + record * stride + index * scalarBytes(scalar)];
  switch (scalar) {
  case Scalar::U8:
    return numberAt<uint8_t>(number);
  case Scalar::I8:
    return numberAt<int8_t>(number);
  case Scalar::U16:
    return numberAt<uint16_t>(number);
  case Scalar::I16:
    return numberAt<int16_t>(number);
  case Scalar::U32:
    return numberAt<uint32_t>(number);
  case Scalar::I32:
    return numberAt<int32_t>(number);
  case Scalar::I64:
    return numberAt<int64_t>(number);
  case Scalar::F32:
    return numberAt<float>(number);
  case Scalar::F64:
    return numberAt<double>(number);
  }
  return 0;
}

namespace {
// Pictures that lie in an array of bytes.
class ArrayPictures : public Pictures {
public:
  // Sizes of a record; `isPlanar`: channels outermost.
  struct Layout {
    uint64_t height, width, channels;
    bool isPlanar;
  };
  ArrayPictures(Array array, Layout layout, std::string where)
      : array(std::move(array)), layout(layout), where(std::move(where)) {}
  uint64_t count() const override { return array.sizes[0]; }
  std::string nameOf(uint64_t record) const override {
    return where + ": record " + std::to_string(record);
  }
  Result<Picture> load(uint64_t record) const override {
    Picture picture = {static_cast<int64_t>(layout.width),
                       static_cast<int64_t>(layout.height),
                       static_cast<int64_t>(layout.channels),
                       std::vector<uint8_t>(array.perRecord())};
    const std::byte *from = &array.bytes[array.offset + record * array.stride];
    if (!layout.isPlanar) {
      std::memcpy(picture.pixels.data(), from, picture.pixels.size());
      return picture;
    }
    uint64_t plane = layout.height * layout.width;
    for (uint64_t c = 0; c < layout.channels; ++c)
      for (uint64_t i = 0; i < plane; ++i)
        picture.pixels[i * layout.channels + c] =
            std::to_integer<uint8_t>(from[c * plane + i]);
    return picture;
  }

private:
  Array array;
  Layout layout;
  std::string where; // the file
};
} // namespace

std::unique_ptr<FieldReader>
gan::runtime::readLabels(std::vector<uint32_t> labels,
                         const format::DataField &field) {
  class Labels : public FieldReader {
  public:
    Labels(std::vector<uint32_t> labels, format::ElementType element)
        : labels(std::move(labels)), element(element) {}
    uint64_t records() const override { return labels.size(); }
    Status read(const BatchRequest &request,
                std::span<std::byte> out) const override {
      for (size_t s = 0; s < request.records.size(); ++s)
        storeElement(element, out, s, labels[request.records[s]]);
      return Status();
    }

  private:
    std::vector<uint32_t> labels;
    format::ElementType element;
  };
  return std::make_unique<Labels>(std::move(labels), field.element());
}

// How images lie in an array; none where they cannot.
static std::optional<ArrayPictures::Layout> layoutOf(const Array &array) {
  const std::vector<uint64_t> &sizes = array.sizes;
  auto isChannels = [](uint64_t size) { return size >= 1 && size <= 4; };
  if (sizes.size() == 3)
    return ArrayPictures::Layout{sizes[1], sizes[2], 1, false};
  if (sizes.size() == 4 && isChannels(sizes[3]))
    return ArrayPictures::Layout{sizes[1], sizes[2], sizes[3], false};
  if (sizes.size() == 4 && isChannels(sizes[1]))
    return ArrayPictures::Layout{sizes[2], sizes[3], sizes[1], true};
  return std::nullopt;
}

static Result<std::unique_ptr<FieldReader>>
readArrayImages(const Array &array, const std::string &data,
                const format::DataField &field, const std::string &where,
                Workers *workers) {
  std::string name = data + "." + field.name()->str();
  std::optional<ArrayPictures::Layout> layout = layoutOf(array);
  if (!layout)
    return arrayMismatch(name,
                         "images, N x H x W, N x H x W x C or N x C x H x W",
                         array, where);
  if (array.scalar != Scalar::U8)
    return Status(Code::Mismatch,
                  "'" + name +
                      "' takes images of unsigned bytes, but the file holds "
                      "other numbers",
                  where);
  Result<Fit> fit = fitOf(data, field);
  if (!fit.ok())
    return fit.status();
  bool isAsIs = !fit->cutsAnywhere && fit->resize == 0 &&
                layout->height == static_cast<uint64_t>(fit->height) &&
                layout->width == static_cast<uint64_t>(fit->width);
  return readImages(
      fitPictures(std::make_unique<ArrayPictures>(array, *layout, where), *fit),
      *fit, data, field, isAsIs ? nullptr : workers);
}

static Result<std::unique_ptr<FieldReader>>
readArrayLabels(const Array &array, const std::string &name,
                const format::DataField &field, const std::string &where) {
  if (array.perRecord() != 1)
    return arrayMismatch(name, "labels, one number a record", array, where);
  std::vector<uint32_t> labels;
  for (uint64_t record = 0; record < array.sizes[0]; ++record) {
    double label = array.at(record, 0);
    if (!(label >= 0 && label < static_cast<double>(field.classes()) &&
          label == std::floor(label))) {
      char text[32];
      std::snprintf(text, sizeof(text), "%.9g", label);
      return Status(Code::Mismatch,
                    "record " + std::to_string(record) + " has label " + text +
                        ", but '" + name + "' of the model has " +
                        std::to_string(field.classes()) + " classes",
                    where);
    }
    labels.push_back(static_cast<uint32_t>(label));
  }
  return readLabels(std::move(labels), field);
}

Result<std::unique_ptr<FieldReader>>
gan::runtime::readArray(const Array &array, const std::string &data,
                        const format::DataField &field,
                        const std::string &where, Workers *workers) {
  std::string name = data + "." + field.name()->str();
  std::string_view kind = field.kind()->string_view();
  if (kind == "image")
    return readArrayImages(array, data, field, where, workers);
  if (kind == "label")
    return readArrayLabels(array, name, field, where);
  if (kind == "map")
    return readMaps(array, data, field, where, workers);
  if (kind == "sequence")
    return readSequences(array, name, field, where);
  return readVectors(array, name, field, where);
}
