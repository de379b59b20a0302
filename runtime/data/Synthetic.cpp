// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Synthetic.h"
#include "runtime/base/Rng.h"
#include "runtime/data/Elements.h"
#include "runtime/executable/Executable.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

using namespace gan;
using namespace gan::runtime;

namespace {
// What every synthetic field needs: the stream's name and the extent of a
// sample.
class SyntheticReader : public FieldReader {
public:
  SyntheticReader(std::string stream, const format::DataField &field)
      : stream(std::move(stream)), element(field.element()),
        perSample(elementCount(*field.shape())) {}
  uint64_t records() const override { return 0; }

protected:
  // Writes `value(j, s)`, element j of sample s of the move, or of record s,
  // for all that is asked for.
  template <typename ValueFn>
  Status fill(const BatchRequest &request, std::span<std::byte> out,
              ValueFn value) const {
    for (size_t s = 0; s < request.records.size(); ++s)
      for (uint32_t j = 0; j < perSample; ++j)
        storeElement(element, out, s * perSample + j,
                     value(j, static_cast<uint32_t>(request.records[s])));
    return Status();
  }
  RandomStream draws(const BatchRequest &request) const {
    return RandomStream(stream, request.seed, request.move);
  }

private:
  std::string stream;
  format::ElementType element;
  uint64_t perSample;
};

class RandomImages : public SyntheticReader {
public:
  RandomImages(std::string stream, const format::DataField &field)
      : SyntheticReader(std::move(stream), field), low(field.low()),
        high(field.high()) {}
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    RandomStream stream = draws(request);
    return fill(request, out, [&](uint32_t j, uint32_t s) {
      return low + (high - low) * unit(stream.at(j, s)[0]);
    });
  }

private:
  double low, high;
};

// As wide as the mean of so many vectors.
class RandomVectors : public SyntheticReader {
public:
  RandomVectors(std::string stream, const format::DataField &field)
      : SyntheticReader(std::move(stream), field),
        narrowing(std::sqrt(
            static_cast<double>(std::max<uint64_t>(field.mean(), 1)))) {}
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    RandomStream stream = draws(request);
    return fill(request, out, [&](uint32_t j, uint32_t s) {
      return normal(stream.at(j, s)) / narrowing;
    });
  }

private:
  double narrowing;
};

// Labels, and maps and sequences of such.
class RandomClasses : public SyntheticReader {
public:
  RandomClasses(std::string stream, const format::DataField &field)
      : SyntheticReader(std::move(stream), field),
        classes(static_cast<double>(field.classes())) {}
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    RandomStream stream = draws(request);
    return fill(request, out, [&](uint32_t j, uint32_t s) {
      return std::floor(unit(stream.at(j, s)[0]) * classes);
    });
  }

private:
  double classes;
};

// Counts the samples where there are no records, else tells their numbers.
class Numbers : public SyntheticReader {
public:
  Numbers(const format::DataField &field, uint64_t count)
      : SyntheticReader("", field), count(count) {}
  uint64_t records() const override { return count; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    uint64_t batch = request.batch ? request.batch : request.records.size();
    uint64_t first = count ? 0 : request.move * batch;
    return fill(request, out, [&](uint32_t, uint32_t s) {
      return static_cast<double>((first + s) % (uint64_t{1} << 31));
    });
  }

private:
  uint64_t count;
};

// Points about places of their own.
class Points : public SyntheticReader {
public:
  Points(std::string stream, const format::DataField &field)
      : SyntheticReader(std::move(stream), field), std(field.std()),
        count(field.count()) {}
  uint64_t records() const override { return count; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    // Counted records are the same points whatever the run's seed.
    RandomStream stream = draws(count ? BatchRequest{} : request);
    return fill(request, out, [&](uint32_t j, uint32_t s) {
      return place(unit(stream.at(0, s)[0]), j) +
             std * normal(stream.at(1 + j, s));
    });
  }

private:
  // Element `j` of the place that `u` of [0, 1) chooses.
  virtual double place(double u, uint32_t j) const = 0;

  double std;
  uint64_t count;
};

class Mixture : public Points {
public:
  Mixture(std::string stream, const format::DataField &field)
      : Points(std::move(stream), field),
        centres(field.centres()->begin(), field.centres()->end()),
        dimension(elementCount(*field.shape())) {}

private:
  double place(double u, uint32_t j) const override {
    double centreCount = static_cast<double>(centres.size() / dimension);
    auto centre = static_cast<uint64_t>(std::floor(u * centreCount));
    return centres[centre * dimension + j];
  }

  std::vector<double> centres;
  uint64_t dimension;
};

// One and a half turns of a spiral.
class SwissRoll : public Points {
public:
  using Points::Points;

private:
  double place(double u, uint32_t j) const override {
    double t = 1.5 * std::numbers::pi * (1 + 2 * u);
    return t * (j == 0 ? std::cos(t) : std::sin(t)) / 7.5;
  }
};
} // namespace

bool gan::runtime::isSynthetic(std::string_view kind) {
  return kind == "mixture" || kind == "swiss_roll";
}

std::unique_ptr<FieldReader>
gan::runtime::makeSynthetic(const std::string &data,
                            const format::DataField &field) {
  std::string stream = "data/" + data + "." + field.name()->str();
  std::string_view kind = field.kind()->string_view();
  if (kind == "image")
    return std::make_unique<RandomImages>(stream, field);
  if (kind == "vector")
    return std::make_unique<RandomVectors>(stream, field);
  if (kind == "label" || kind == "map" || kind == "sequence")
    return std::make_unique<RandomClasses>(stream, field);
  if (kind == "index")
    return std::make_unique<Numbers>(field, 0);
  if (kind == "swiss_roll")
    return std::make_unique<SwissRoll>(stream, field);
  return std::make_unique<Mixture>(stream, field);
}

std::unique_ptr<FieldReader>
gan::runtime::makeRecordNumbers(const format::DataField &field,
                                uint64_t records) {
  return std::make_unique<Numbers>(field, records);
}
