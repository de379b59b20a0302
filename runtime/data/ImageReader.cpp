// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/ImageReader.h"
#include "runtime/base/Rng.h"
#include "runtime/data/Elements.h"
#include "runtime/data/Stack.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

using namespace gan;
using namespace gan::runtime;

namespace {
class ImageReader : public FieldReader {
public:
  ImageReader(std::unique_ptr<Pictures> pictures, const Fit &fit,
              const std::string &data, const format::DataField &field,
              Workers *workers)
      : pictures(std::move(pictures)), stream("augment/" + data),
        element(field.element()), fit(fit), flips(field.flip()),
        workers(workers) {
    // Computed in double and rounded once, when stored. Classes stay numbers.
    double low = isMap(field) ? 0 : field.low(),
           high = isMap(field) ? 255 : field.high();
    for (size_t level = 0; level < levels.size(); ++level)
      levels[level] = low + (high - low) * static_cast<double>(level) / 255;
  }
  uint64_t records() const override { return pictures->count(); }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override;

private:
  Status readSample(const BatchRequest &request, size_t sample,
                    std::span<std::byte> out) const;

  std::unique_ptr<Pictures> pictures;
  std::string stream;
  format::ElementType element;
  Fit fit;
  bool flips;
  Workers *workers;
  std::array<double, 256> levels;
};
} // namespace

// `u` of [0, 1) to one of 0 .. `last`.
static int64_t placeOf(uint32_t word, int64_t last) {
  return static_cast<int64_t>(
      std::floor(unit(word) * static_cast<double>(last + 1)));
}

// IMAGES.md: `out` is that of the sample.
Status ImageReader::readSample(const BatchRequest &request, size_t sample,
                               std::span<std::byte> out) const {
  Result<Picture> loaded = pictures->load(request.records[sample]);
  if (!loaded.ok())
    return loaded.status();
  const Picture &picture = *loaded;
  RandomWords draw = RandomStream(stream, request.seed, request.move)
                         .at(0, static_cast<uint32_t>(request.first + sample));
  int64_t left = placeOf(draw[0], picture.width - fit.width);
  int64_t top = placeOf(draw[1], picture.height - fit.height);
  bool isFlipped = flips && unit(draw[2]) < 0.5;
  size_t at = 0;
  for (int64_t c = 0; c < fit.channels; ++c)
    for (int64_t y = top; y < top + fit.height; ++y)
      for (int64_t x = 0; x < fit.width; ++x) {
        int64_t column = left + (isFlipped ? fit.width - 1 - x : x);
        storeElement(
            element, out, at++,
            levels[picture.pixels[(y * picture.width + column) * fit.channels +
                                  c]]);
      }
  return Status();
}

Status ImageReader::read(const BatchRequest &request,
                         std::span<std::byte> out) const {
  size_t count = request.records.size(), bytes = out.size() / count;
  std::vector<Status> statuses(count);
  std::function<void(size_t)> work = [&](size_t sample) {
    statuses[sample] =
        readSample(request, sample, out.subspan(sample * bytes, bytes));
  };
  if (workers)
    workers->forEach(count, work);
  else
    for (size_t sample = 0; sample < count; ++sample)
      work(sample);
  return tellBad(request, statuses);
}

bool gan::runtime::isMap(const format::DataField &field) {
  return field.kind()->string_view() == "map";
}

bool gan::runtime::isOfPictures(const format::DataField &field) {
  return field.kind()->string_view() == "image" || isMap(field);
}

Result<Fit> gan::runtime::fitOf(const std::string &data,
                                const format::DataField &field) {
  const flatbuffers::Vector<int64_t> &shape = *field.shape();
  uint32_t rank = shape.size();
  int64_t channels =
      rank == 2 ? 1 : shape.Get(0) / static_cast<int64_t>(stackOf(field));
  if (channels > 4)
    return Status(Code::Mismatch,
                  "it has " + std::to_string(channels) +
                      " channels, images that are read have 1 to 4",
                  data + "." + field.name()->str());
  std::optional<Filter> filter;
  if (field.filter())
    filter = filterNamed(field.filter()->string_view());
  if (isMap(field))
    filter = Filter::Nearest; // There is no class between two others.
  return Fit{.channels = channels,
             .height = shape.Get(rank - 2),
             .width = shape.Get(rank - 1),
             .resize = static_cast<int64_t>(field.resize()),
             .filter = filter.value_or(Filter::Bilinear),
             .cutsAnywhere = field.random_crop()};
}

std::unique_ptr<FieldReader>
gan::runtime::readImages(std::unique_ptr<Pictures> fitted, const Fit &fit,
                         const std::string &data,
                         const format::DataField &field, Workers *workers) {
  return std::make_unique<ImageReader>(std::move(fitted), fit, data, field,
                                       workers);
}
