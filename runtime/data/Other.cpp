// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Other.h"
#include "runtime/base/Rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

using namespace gan::runtime;

// Values that are read at a time.
static constexpr uint64_t kBunch = 4096;

namespace {
// Records sorted by the value, of equal ones by their number: those of one
// value lie together, and all but these are before and behind them.
class OtherReader : public FieldReader {
public:
  OtherReader(const FieldReader &of, std::vector<int32_t> values,
              const std::string &name);
  uint64_t records() const override { return of.records(); }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override;
  bool isAllOne() const {
    return values[sorted.front()] == values[sorted.back()];
  }

private:
  uint64_t choose(const BatchRequest &request, uint64_t record,
                  uint32_t word) const;

  const FieldReader &of;
  std::vector<int32_t> values;  // of each record
  std::vector<uint32_t> sorted; // records
  std::string stream;
};
} // namespace

OtherReader::OtherReader(const FieldReader &of, std::vector<int32_t> values,
                         const std::string &name)
    : of(of), values(std::move(values)), sorted(this->values.size()),
      stream("other/" + name) {
  std::iota(sorted.begin(), sorted.end(), 0u);
  std::sort(sorted.begin(), sorted.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(this->values[a], a) < std::pair(this->values[b], b);
  });
}

// ORDER.md: by their places among the records that differ, in a circle.
uint64_t OtherReader::choose(const BatchRequest &request, uint64_t record,
                             uint32_t word) const {
  auto equal = std::ranges::equal_range(
      sorted, values[record], {}, [&](uint32_t each) { return values[each]; });
  size_t before = equal.begin() - sorted.begin();
  size_t others = sorted.size() - equal.size();
  auto place = static_cast<uint64_t>(
      std::floor(unit(word) * static_cast<double>(others)));
  return goodFrom(request, place, others, [&](uint64_t i) -> uint64_t {
    return sorted[i < before ? i : i + equal.size()];
  });
}

Status OtherReader::read(const BatchRequest &request,
                         std::span<std::byte> out) const {
  RandomStream draws(stream, request.seed, request.move);
  std::vector<uint64_t> chosen;
  for (size_t s = 0; s < request.records.size(); ++s)
    chosen.push_back(
        choose(request, request.records[s],
               draws.at(0, static_cast<uint32_t>(request.first + s))[0]));
  BatchRequest other = request;
  other.records = chosen;
  return of.read(other, out);
}

Result<std::unique_ptr<FieldReader>>
gan::runtime::readOther(const FieldReader &of, const FieldReader &differs,
                        const std::string &name) {
  std::vector<int32_t> values(differs.records());
  std::vector<uint64_t> numbers;
  for (uint64_t first = 0; first < values.size(); first += kBunch) {
    numbers.resize(std::min<uint64_t>(kBunch, values.size() - first));
    std::iota(numbers.begin(), numbers.end(), first);
    std::span part = std::span(values).subspan(first, numbers.size());
    if (Status status = differs.read({.seed = 0, .move = 0, .records = numbers},
                                     std::as_writable_bytes(part));
        !status.ok())
      return status;
  }
  auto reader = std::make_unique<OtherReader>(of, std::move(values), name);
  if (reader->isAllOne())
    return Status(Code::Mismatch,
                  "it is of records that differ, but all of them are equal",
                  name);
  return std::unique_ptr<FieldReader>(std::move(reader));
}
