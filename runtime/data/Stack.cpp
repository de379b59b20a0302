// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Stack.h"
#include "runtime/base/Rng.h"

#include <algorithm>
#include <cmath>

using namespace gan;
using namespace gan::runtime;

namespace {
// A sample of a stack lies in memory as so many samples of one picture each.
class StackReader : public FieldReader {
public:
  StackReader(std::unique_ptr<FieldReader> pictures, const std::string &data,
              const format::DataField &field)
      : pictures(std::move(pictures)),
        stream("stack/" + data + "." + field.name()->str()),
        stack(stackOf(field)), count(field.count()) {}
  uint64_t records() const override {
    return count ? count : pictures->records();
  }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override;

private:
  std::vector<uint64_t> picturesOf(const BatchRequest &request) const;
  uint64_t draw(const RandomStream &draws, uint64_t k, uint64_t sample) const;

  std::unique_ptr<FieldReader> pictures;
  std::string stream;
  uint64_t stack, count; // pictures of an image; images, or 0: made anew
};
} // namespace

uint64_t StackReader::draw(const RandomStream &draws, uint64_t k,
                           uint64_t sample) const {
  double u = unit(
      draws.at(static_cast<uint32_t>(k), static_cast<uint32_t>(sample))[0]);
  return static_cast<uint64_t>(
      std::floor(u * static_cast<double>(pictures->records())));
}

// ORDER.md: of a fixed image all pictures follow from its number; of one that
// is made anew the first is that of the record, the others any that are good.
std::vector<uint64_t>
StackReader::picturesOf(const BatchRequest &request) const {
  RandomStream fixed(stream, /*seed=*/0, /*move=*/0);
  RandomStream anew(stream, request.seed, request.move);
  std::vector<uint64_t> chosen;
  for (size_t s = 0; s < request.records.size(); ++s)
    for (uint64_t k = 0; k < stack; ++k) {
      uint64_t record = request.records[s];
      if (count)
        record = draw(fixed, k, record);
      else if (k > 0)
        record = goodFrom(request, draw(anew, k, request.first + s),
                          pictures->records());
      chosen.push_back(record);
    }
  return chosen;
}

Status StackReader::read(const BatchRequest &request,
                         std::span<std::byte> out) const {
  std::vector<uint64_t> chosen = picturesOf(request);
  std::vector<BadSample> bad;
  BatchRequest each{.seed = request.seed,
                    .move = request.move,
                    .records = chosen,
                    .bad = request.bad ? &bad : nullptr,
                    .batch = request.batch * stack,
                    .first = request.first * stack};
  Status status = pictures->read(each, out);
  // A picture that is bad spoils the images that are known to have it.
  for (BadSample &found : bad) {
    size_t sample = found.sample / stack;
    uint64_t record = count ? request.records[sample] : found.record;
    request.bad->push_back({sample, record, std::move(found.why)});
  }
  return status;
}

uint64_t gan::runtime::stackOf(const format::DataField &field) {
  return std::max<uint64_t>(field.stack(), 1);
}

std::unique_ptr<FieldReader>
gan::runtime::stackPictures(std::unique_ptr<FieldReader> pictures,
                            const std::string &data,
                            const format::DataField &field) {
  return std::make_unique<StackReader>(std::move(pictures), data, field);
}
