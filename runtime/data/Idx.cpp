// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Idx.h"
#include "runtime/data/Elements.h"
#include "runtime/data/IdxFile.h"

#include <array>

using namespace gan;
using namespace gan::runtime;

namespace {
class IdxImages : public FieldReader {
public:
  IdxImages(IdxContent file, const format::DataField &field)
      : content(std::move(file)), element(field.element()),
        channels(content.sizes.size() == 4 ? content.sizes[3] : 1),
        plane(content.sizes[1] * content.sizes[2]) {
    // Computed in double and rounded once, when stored.
    for (size_t level = 0; level < levels.size(); ++level)
      levels[level] = field.low() + (field.high() - field.low()) *
                                        static_cast<double>(level) / 255;
  }
  uint64_t records() const override { return content.sizes[0]; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    size_t at = 0;
    for (uint64_t record : request.records) {
      const std::byte *pixels =
          content.bytes.data() + record * plane * channels;
      for (uint64_t channel = 0; channel < channels; ++channel)
        for (uint64_t pixel = 0; pixel < plane; ++pixel)
          storeElement(element, out, at++,
                       levels[std::to_integer<size_t>(
                           pixels[pixel * channels + channel])]);
    }
    return Status();
  }

private:
  IdxContent content;
  format::ElementType element;
  uint64_t channels;
  uint64_t plane; // pixels of an image
  std::array<double, 256> levels;
};

class IdxLabels : public FieldReader {
public:
  IdxLabels(IdxContent file, const format::DataField &field)
      : content(std::move(file)), element(field.element()) {}
  uint64_t records() const override { return content.sizes[0]; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    for (size_t s = 0; s < request.records.size(); ++s)
      storeElement(element, out, s,
                   std::to_integer<int>(content.bytes[request.records[s]]));
    return Status();
  }

private:
  IdxContent content;
  format::ElementType element;
};
} // namespace

static std::string imageText(uint64_t height, uint64_t width,
                             uint64_t channels) {
  return textOfSizes(std::array{height, width}) + " with " +
         std::to_string(channels) + (channels == 1 ? " channel" : " channels");
}

static Status checkImages(const IdxContent &content, const std::string &name,
                          const format::DataField &field,
                          const std::string &path) {
  const flatbuffers::Vector<int64_t> &shape = *field.shape();
  if (content.sizes.size() < 3)
    return Status(Code::Mismatch,
                  "'" + name +
                      "' takes images, N x H x W or N x H x W x C, but "
                      "the file holds " +
                      textOfSizes(content.sizes),
                  path);
  uint64_t channels = content.sizes.size() == 4 ? content.sizes[3] : 1;
  std::string found = imageText(content.sizes[1], content.sizes[2], channels);
  std::string expected = imageText(shape.Get(1), shape.Get(2), shape.Get(0));
  if (found == expected)
    return Status();
  return Status(Code::Mismatch,
                "its images are " + found + ", but '" + name +
                    "' of the model is " + expected,
                path);
}

static Status checkLabels(const IdxContent &content, const std::string &name,
                          const format::DataField &field,
                          const std::string &path) {
  if (content.sizes.size() != 1)
    return Status(Code::Mismatch,
                  "'" + name +
                      "' takes labels, one number a record, but the "
                      "file holds " +
                      textOfSizes(content.sizes),
                  path);
  for (size_t record = 0; record < content.bytes.size(); ++record)
    if (auto label = std::to_integer<uint64_t>(content.bytes[record]);
        label >= field.classes())
      return Status(Code::Mismatch,
                    "record " + std::to_string(record) + " has label " +
                        std::to_string(label) + ", but '" + name +
                        "' of the model has " +
                        std::to_string(field.classes()) + " classes",
                    path);
  return Status();
}

Result<std::unique_ptr<FieldReader>>
gan::runtime::openIdx(const std::string &path, const std::string &data,
                      const format::DataField &field) {
  std::string name = data + "." + field.name()->str();
  std::string_view kind = field.kind()->string_view();
  if (kind != "image" && kind != "label")
    return Status(Code::Usage,
                  "'" + name + "' is of kind '" + std::string(kind) +
                      "', which is not read from files",
                  path);
  Result<IdxContent> content = readIdxFile(path);
  if (!content.ok())
    return content.status();
  bool isImage = kind == "image";
  Status fits = isImage ? checkImages(*content, name, field, path)
                        : checkLabels(*content, name, field, path);
  if (!fits.ok())
    return fits;
  std::unique_ptr<FieldReader> reader;
  if (isImage)
    reader = std::make_unique<IdxImages>(content.take(), field);
  else
    reader = std::make_unique<IdxLabels>(content.take(), field);
  return reader;
}
