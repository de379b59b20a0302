// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Feed.h"
#include "runtime/data/Prefetch.h"
#include "runtime/data/Sources.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <set>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// Tells the number of each record, so that a test sees which were taken.
class Numbered : public FieldReader {
public:
  explicit Numbered(uint64_t count) : count(count) {}
  uint64_t records() const override { return count; }
  Status read(const BatchRequest &request,
              std::span<std::byte> out) const override {
    for (size_t s = 0; s < request.records.size(); ++s) {
      auto value = static_cast<int32_t>(count ? request.records[s]
                                              : 1000 * request.move +
                                                    request.records[s]);
      std::memcpy(&out[4 * s], &value, 4);
    }
    return Status();
  }

private:
  uint64_t count;
};
} // namespace

using Bytes = std::vector<FileBytes>; // one batch for each input

// Memory for the batches of an entry; a number is four bytes.
static Bytes memoryFor(const format::Entry &entry) {
  Bytes memory;
  for (const format::Binding *input : *entry.inputs())
    memory.emplace_back(4 * input->shape()->Get(0));
  return memory;
}

static Bytes nextOf(Feed &feed, const format::Entry &entry, uint64_t move) {
  Bytes memory = memoryFor(entry);
  Status status = feed.next(entry, move, Batches(memory.begin(), memory.end()));
  EXPECT_TRUE(status.ok()) << status.text();
  return memory;
}

static Bytes firstOf(const Feed &feed, const format::Entry &entry,
                     uint64_t move = 0) {
  Bytes memory = memoryFor(entry);
  Status status =
      feed.first(entry, move, Batches(memory.begin(), memory.end()));
  EXPECT_TRUE(status.ok()) << status.text();
  return memory;
}

static std::vector<int32_t> numbersOf(const FileBytes &bytes) {
  std::vector<int32_t> numbers(bytes.size() / 4);
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

static Dataset makeDataset(const std::string &name, uint64_t records,
                           std::vector<std::string> fields) {
  Dataset dataset(name, records, fields);
  for (size_t i = 0; i < fields.size(); ++i)
    dataset.fields.push_back(std::make_unique<Numbered>(records));
  return dataset;
}

// `photos` of 7 records with two fields, and `points` made anew.
static Feed makeFeed(uint64_t seed) {
  std::vector<Dataset> datasets;
  datasets.push_back(makeDataset("photos", 7, {"x", "y"}));
  datasets.push_back(makeDataset("points", 0, {"x"}));
  return Feed(std::move(datasets), seed);
}

static Tables makeTables(const std::vector<Tables::Input> &inputs) {
  Tables tables;
  tables.addData("photos",
                 {makeField("x", "index", {}), makeField("y", "index", {})});
  tables.addData("points", {makeField("x", "index", {})});
  tables.addEntry(inputs);
  return tables;
}

// What outputs look at from move to move is what moves would have read.
TEST(Feed, GivesOutputsOneBatchAfterAnother) {
  Feed feed = makeFeed(5);
  Tables tables = makeTables({{"photos.x", 4, 0}, {"photos.y", 4, 0}});
  for (int move = 0; move < 5; ++move)
    EXPECT_EQ(firstOf(feed, tables.entry(0), move),
              nextOf(feed, tables.entry(0), move));
}

TEST(Feed, TakesEveryRecordOnceInAnEpoch) {
  Feed feed = makeFeed(5);
  Tables tables = makeTables({{"photos.x", 4, 0}});
  std::vector<int32_t> taken;
  for (int run = 0; run < 7; ++run) {
    std::vector<int32_t> numbers =
        numbersOf(nextOf(feed, tables.entry(0), run)[0]);
    taken.insert(taken.end(), numbers.begin(), numbers.end());
  }
  std::set<std::vector<int32_t>> orders;
  for (int epoch = 0; epoch < 4; ++epoch) {
    std::vector<int32_t> order(taken.begin() + 7 * epoch,
                               taken.begin() + 7 * (epoch + 1));
    orders.insert(order);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, (std::vector<int32_t>{0, 1, 2, 3, 4, 5, 6}));
  }
  EXPECT_GT(orders.size(), 1u);
}

TEST(Feed, GivesFieldsOfAMoveTheSameRecords) {
  Feed feed = makeFeed(5), other = makeFeed(5);
  // The inputs are not in the order of the moves.
  Tables tables =
      makeTables({{"photos.x", 2, 1}, {"photos.x", 3, 0}, {"photos.y", 3, 0}});
  Tables plain = makeTables({{"photos.x", 5, 0}});
  Bytes batches = nextOf(feed, tables.entry(0), 0),
        all = nextOf(other, plain.entry(0), 0);
  std::vector<int32_t> first = numbersOf(batches[1]),
                       second = numbersOf(batches[0]);
  EXPECT_EQ(first, numbersOf(batches[2]));
  first.insert(first.end(), second.begin(), second.end());
  EXPECT_EQ(first, numbersOf(all[0]));
}

TEST(Feed, CountsMovesWhereDataAreMade) {
  Feed feed = makeFeed(5);
  Tables tables = makeTables({{"points.x", 2, 0}, {"points.x", 2, 3}});
  Bytes batches = nextOf(feed, tables.entry(0), 10);
  EXPECT_EQ(numbersOf(batches[0]), (std::vector<int32_t>{10000, 10001}));
  EXPECT_EQ(numbersOf(batches[1]), (std::vector<int32_t>{13000, 13001}));
}

TEST(Feed, LooksAtTheFirstWithoutMoving) {
  Feed feed = makeFeed(5);
  Tables tables = makeTables({{"photos.x", 3, 0}});
  Bytes first = firstOf(feed, tables.entry(0));
  EXPECT_EQ(first, nextOf(feed, tables.entry(0), 0));
  EXPECT_EQ(first, firstOf(feed, tables.entry(0)));
}

TEST(Feed, KnowsItsEpoch) {
  EXPECT_EQ(makeFeed(0).epochRecords(), 7u);
  std::vector<Dataset> made;
  made.push_back(makeDataset("points", 0, {"x"}));
  EXPECT_EQ(Feed(std::move(made), 0).epochRecords(), 50000u);
  EXPECT_EQ(Feed({}, 0).epochRecords(), 50000u);
}

TEST(Prefetch, KeepsTheOrderAndTheItemInUse) {
  int made = 0;
  Prefetch<int> numbers([&](int &item) {
    item = made++;
    return item < 999;
  });
  for (int i = 0; i < 1000; ++i) {
    int &item = numbers.take();
    EXPECT_EQ(item, i);
    if (i % 100 == 0) // Time for the thread to run ahead, if it would.
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(item, i);
  }
}

TEST(Prefetch, EndsBeforeItsLastItem) {
  Prefetch<int> numbers([](int &item) { return ++item > 0; });
  numbers.take();
}
