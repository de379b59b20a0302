// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/health/Diversity.h"
#include "runtime/executable/Executable.h"

#include <algorithm>
#include <cmath>

using namespace gan;
using namespace gan::runtime;

double gan::runtime::meanDistance(const Samples &samples) {
  uint64_t width = samples.perSample();
  std::vector<double> values(samples.size());
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = samples.value(i);
  uint64_t count = width ? values.size() / width : 0, pairs = 0;
  double sum = 0;
  for (uint64_t a = 0; a < count; ++a)
    for (uint64_t b = a + 1; b < count; ++b, ++pairs) {
      double square = 0;
      for (uint64_t i = 0; i < width; ++i) {
        double difference = values[a * width + i] - values[b * width + i];
        square += difference * difference;
      }
      sum += std::sqrt(square);
    }
  return pairs ? sum / static_cast<double>(pairs) : 0;
}

static bool hasShape(const format::DataField &field,
                     const std::vector<uint64_t> &shape) {
  return std::equal(
      field.shape()->begin(), field.shape()->end(), shape.begin(), shape.end(),
      [](int64_t a, uint64_t b) { return static_cast<uint64_t>(a) == b; });
}

std::optional<Samples> gan::runtime::samplesOfData(
    const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &data,
    const std::vector<Dataset> &datasets, const std::vector<uint64_t> &shape,
    uint64_t count) {
  for (uint32_t d = 0; d < data.size() && d < datasets.size(); ++d)
    for (uint32_t f = 0; f < data.Get(d)->fields()->size(); ++f) {
      const format::DataField &field = *data.Get(d)->fields()->Get(f);
      if (!hasShape(field, shape) || f >= datasets[d].fields.size())
        continue;
      const FieldReader &reader = *datasets[d].fields[f];
      std::vector<uint64_t> records(count);
      for (uint64_t i = 0; i < count; ++i)
        records[i] = reader.records() ? i * reader.records() / count : i;
      Samples samples{.shape = shape, .element = field.element(), .bytes = {}};
      samples.bytes.resize(count * samples.perSample() *
                           elementBytes(field.element()));
      if (!reader
               .read({.seed = 0, .move = 0, .records = records}, samples.bytes)
               .ok())
        return std::nullopt;
      return samples;
    }
  return std::nullopt;
}
