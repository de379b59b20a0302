// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Feed.h"
#include "runtime/base/Rng.h"
#include "runtime/executable/Executable.h"

#include <algorithm>
#include <optional>

using namespace gan;
using namespace gan::runtime;

// What an epoch is where data are made anew: the size of CIFAR-10's training
// set.
static constexpr uint64_t kMadeRecords = 50000;

Feed::Feed(std::vector<Dataset> datasets, uint64_t seed)
    : datasets(std::move(datasets)), cursors(this->datasets.size(), 0),
      firstSeed(seed), seed(seed) {}

void Feed::rewind(uint64_t newSeed) {
  seed = newSeed;
  std::fill(cursors.begin(), cursors.end(), 0);
}

uint64_t Feed::epochRecords() const {
  return datasets.empty() || !datasets.front().records
             ? kMadeRecords
             : datasets.front().records;
}

// A name is "data.field"; fields have no dots in their names.
Result<Feed::Place> Feed::find(const std::string &name) const {
  size_t dot = name.rfind('.');
  for (const Dataset &dataset : datasets)
    if (dot != std::string::npos && name.compare(0, dot, dataset.name) == 0 &&
        dot == dataset.name.size())
      for (size_t i = 0; i < dataset.fields.size(); ++i)
        if (name.compare(dot + 1, std::string::npos, dataset.fieldNames[i]) ==
            0)
          return Place{&dataset, dataset.fields[i].get()};
  return Status(Code::Internal, "there is no such field", name);
}

// The records at `count` positions from `position` on.
static std::vector<uint64_t> recordsAt(const Dataset &dataset, uint64_t seed,
                                       uint64_t position, uint64_t count) {
  std::vector<uint64_t> records(count);
  std::optional<KeyedPermutation> order;
  uint64_t present = 0;
  for (uint64_t i = 0; i < count; ++i, ++position) {
    uint64_t epoch = position / dataset.records;
    if (!order || epoch != present)
      order.emplace("order/" + dataset.name, seed, epoch, dataset.records);
    present = epoch;
    records[i] = (*order)(position % dataset.records);
  }
  return records;
}

Status Feed::read(const format::Binding &input, uint64_t position,
                  uint64_t orderSeed, uint64_t move,
                  std::span<std::byte> into) const {
  Result<Place> place = find(input.name()->str());
  if (!place.ok())
    return place.status();
  uint64_t batch = input.shape()->Get(0);
  std::vector<uint64_t> records(batch);
  if (place->reader->records())
    records = recordsAt(*place->dataset, orderSeed, position, batch);
  else
    for (uint64_t s = 0; s < batch; ++s)
      records[s] = s;
  return place->reader->read({orderSeed, move, records}, into);
}

// Reads every data input of `entry`; `positionOf(input)` tells from where.
template <typename PositionFn, typename ReadFn>
static Status forEachData(const format::Entry &entry, const Batches &into,
                          PositionFn positionOf, ReadFn read) {
  size_t count = 0;
  for (const format::Binding *input : *entry.inputs()) {
    if (input->kind() != format::BindingKind::Data)
      continue;
    if (Status status = read(*input, positionOf(*input), into[count++]);
        !status.ok())
      return status;
  }
  return Status();
}

Feed::Reading Feed::readingOf(const format::Binding &input) const {
  std::string_view name = input.name()->string_view();
  size_t data = 0;
  while (data < datasets.size() &&
         datasets[data].name != name.substr(0, name.rfind('.')))
    ++data;
  return {data, input.move()};
}

// The moves that read a data take their positions in the order of the moves,
// whatever the order of the inputs; fields of one move share them.
std::map<Feed::Reading, uint64_t>
Feed::takePositions(const format::Entry &entry) {
  std::map<Reading, uint64_t> batches, positions;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      batches[readingOf(*input)] = input->shape()->Get(0);
  for (auto &[reading, batch] : batches) {
    if (reading.first == datasets.size())
      continue; // `read` tells.
    positions[reading] = cursors[reading.first];
    cursors[reading.first] += batch;
  }
  return positions;
}

Status Feed::next(const format::Entry &entry, uint64_t move,
                  const Batches &into) {
  std::map<Reading, uint64_t> positions = takePositions(entry);
  return forEachData(
      entry, into,
      [&](const format::Binding &input) { return positions[readingOf(input)]; },
      [&](const format::Binding &input, uint64_t position,
          std::span<std::byte> bytes) {
        return read(input, position, seed, move + input.move(), bytes);
      });
}

Status Feed::first(const format::Entry &entry, uint64_t move,
                   const Batches &into) const {
  return forEachData(
      entry, into, [](const format::Binding &) { return uint64_t{0}; },
      [&](const format::Binding &input, uint64_t position,
          std::span<std::byte> bytes) {
        return read(input, position, firstSeed, move + input.move(), bytes);
      });
}
