// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Feed.h"
#include "runtime/base/Log.h"
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
      firstSeed(seed), seed(seed) {
  for (size_t i = 0; i < this->datasets.size(); ++i)
    badRecords.push_back(std::make_unique<BadRecords>());
}

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

// Samples of the move that reads the input, in all shards.
static uint64_t batchOf(const format::Binding &input) {
  return input.batch() ? input.batch() : input.shape()->Get(0);
}

bool Feed::isLeftOut(size_t data, uint64_t record) const {
  BadRecords &bad = *badRecords[data];
  std::lock_guard lock(bad.mutex);
  return bad.records.contains(record);
}

Status Feed::leaveOut(size_t data, uint64_t record, const Status &why) const {
  const Dataset &dataset = datasets[data];
  if (dataset.onBad == OnBadData::Stop)
    return Status(why.code(),
                  why.sentence() + "; --on-bad-data skip leaves it out",
                  why.where());
  BadRecords &bad = *badRecords[data];
  std::lock_guard lock(bad.mutex);
  if (bad.records.insert(record).second)
    logWarning(why.text() + "; it is left out, another stands in");
  if (bad.records.size() <= std::max<uint64_t>(1, dataset.records / 100) &&
      bad.records.size() < dataset.records)
    return Status();
  return Status(Code::Damaged,
                std::to_string(bad.records.size()) + " of " +
                    std::to_string(dataset.records) +
                    " records cannot be read: at most one in 100 is left out",
                dataset.name);
}

// `isWhole` becomes false where a record has been left out: it is then to be
// read again, with all that is read at the same positions.
Status Feed::read(const format::Binding &input, uint64_t position,
                  uint64_t orderSeed, uint64_t move, std::span<std::byte> into,
                  bool &isWhole) const {
  Result<Place> place = find(input.name()->str());
  if (!place.ok())
    return place.status();
  size_t data = place->dataset - datasets.data();
  uint64_t count = input.shape()->Get(0), first = input.first();
  std::vector<uint64_t> records(count);
  bool hasRecords = place->reader->records();
  if (hasRecords)
    records = recordsAt(*place->dataset, orderSeed, position + first, count);
  std::vector<BadSample> bad;
  std::function<bool(uint64_t)> isBad = [&](uint64_t record) {
    return isLeftOut(data, record);
  };
  BatchRequest request{.seed = orderSeed,
                       .move = move,
                       .records = records,
                       .bad = &bad,
                       .batch = batchOf(input),
                       .first = first,
                       .isBad = &isBad};
  for (uint64_t s = 0; s < count; ++s)
    records[s] = hasRecords
                     ? goodFrom(request, records[s], place->dataset->records)
                     : first + s;
  Status status = place->reader->read(request, into);
  for (const BadSample &each : bad) {
    isWhole = false;
    if (status.ok())
      status = leaveOut(data, each.record, each.why);
  }
  return status;
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
Feed::Positions Feed::takePositions(const format::Entry &entry) {
  Positions batches, positions;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      batches[readingOf(*input)] = batchOf(*input);
  for (auto &[reading, batch] : batches) {
    if (reading.first == datasets.size())
      continue; // `read` tells.
    positions[reading] = cursors[reading.first];
    cursors[reading.first] += batch;
  }
  return positions;
}

Status Feed::readOnce(const format::Entry &entry, const Positions &positions,
                      uint64_t orderSeed, uint64_t move, const Batches &into,
                      bool &isWhole) const {
  size_t count = 0;
  for (const format::Binding *input : *entry.inputs()) {
    if (input->kind() != format::BindingKind::Data)
      continue;
    auto position = positions.find(readingOf(*input));
    if (Status status =
            read(*input, position == positions.end() ? 0 : position->second,
                 orderSeed, move + input->move(), into[count++], isWhole);
        !status.ok())
      return status;
  }
  return Status();
}

// Each further round leaves out at least one more record, or goes without one
// that another thread has left out.
Status Feed::readAll(const format::Entry &entry, const Positions &positions,
                     uint64_t orderSeed, uint64_t move,
                     const Batches &into) const {
  Status status;
  for (bool isWhole = false; status.ok() && !isWhole;) {
    isWhole = true;
    status = readOnce(entry, positions, orderSeed, move, into, isWhole);
  }
  return status;
}

Status Feed::next(const format::Entry &entry, uint64_t move,
                  const Batches &into) {
  return readAll(entry, takePositions(entry), seed, move, into);
}

Status Feed::first(const format::Entry &entry, uint64_t move,
                   const Batches &into) const {
  Positions positions;
  for (const format::Binding *input : *entry.inputs())
    if (input->kind() == format::BindingKind::Data)
      positions[readingOf(*input)] = move * batchOf(*input);
  return readAll(entry, positions, firstSeed, move, into);
}
