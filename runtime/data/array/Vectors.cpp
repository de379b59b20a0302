// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Rng.h"
#include "runtime/data/Elements.h"
#include "runtime/data/array/Array.h"
#include "runtime/executable/Executable.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace gan;
using namespace gan::runtime;

namespace {
class VectorReader : public FieldReader {
public:
  VectorReader(Array array, const std::string &name,
               const format::DataField &field)
      : array(std::move(array)), stream("choice/" + name),
        element(field.element()), length(elementCount(*field.shape())),
        of(std::max<uint64_t>(field.of(), 1)),
        taken(std::max<uint64_t>(field.mean(), 1)) {}
  uint64_t records() const override { return array.sizes[0]; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override;

private:
  std::vector<uint64_t> choose(const RandomStream &draws,
                               uint64_t sample) const;

  Array array;
  std::string stream;
  format::ElementType element;
  uint64_t length, of, taken; // numbers, vectors of a record, those averaged
};
} // namespace

// The first cards of a pack that is shuffled from the top: each is one of those
// below it that are left.
std::vector<uint64_t> VectorReader::choose(const RandomStream &draws,
                                           uint64_t sample) const {
  std::vector<uint64_t> cards(of);
  std::iota(cards.begin(), cards.end(), uint64_t{0});
  for (uint64_t j = 0; j < taken; ++j) {
    double u = unit(
        draws.at(static_cast<uint32_t>(j), static_cast<uint32_t>(sample))[0]);
    auto below =
        static_cast<uint64_t>(std::floor(u * static_cast<double>(of - j)));
    std::swap(cards[j], cards[j + below]);
  }
  cards.resize(taken);
  // In the order of the record, so that all of them have one mean.
  std::sort(cards.begin(), cards.end());
  return cards;
}

Status VectorReader::read(const BatchRequest &request,
                          std::span<std::byte> out) const {
  RandomStream draws(stream, request.seed, request.move);
  size_t at = 0;
  for (size_t s = 0; s < request.records.size(); ++s) {
    std::vector<uint64_t> chosen = choose(draws, request.first + s);
    for (uint64_t i = 0; i < length; ++i) {
      double sum = 0;
      for (uint64_t vector : chosen)
        sum += array.at(request.records[s], vector * length + i);
      storeElement(element, out, at++, sum / static_cast<double>(taken));
    }
  }
  return Status();
}

Status gan::runtime::arrayMismatch(const std::string &name,
                                   const std::string &wanted,
                                   const Array &array,
                                   const std::string &where) {
  return Status(Code::Mismatch,
                "'" + name + "' takes " + wanted + ", but the file holds " +
                    textOfSizes(array.sizes),
                where);
}

Result<std::unique_ptr<FieldReader>>
gan::runtime::readVectors(const Array &array, const std::string &name,
                          const format::DataField &field,
                          const std::string &where) {
  uint64_t length = elementCount(*field.shape());
  std::string numbers = std::to_string(length) + " numbers";
  if (field.of() > 1) {
    if (array.sizes.size() != 3 || array.sizes[1] != field.of() ||
        array.sizes[2] != length)
      return arrayMismatch(name,
                           std::to_string(field.of()) + " vectors of " +
                               numbers + " a record",
                           array, where);
  } else if (array.sizes.size() != 2 || array.sizes[1] != length) {
    return arrayMismatch(name, "vectors of " + numbers, array, where);
  }
  return std::unique_ptr<FieldReader>(
      std::make_unique<VectorReader>(array, name, field));
}
