// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Images that are several pictures.
#include "runtime/base/File.h"
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// Pictures of one pixel, as bright as their number; stacks of three, 0 to 255.
class Stacks : public ::testing::Test {
protected:
  static constexpr int kPictures = 7;

  Stacks() {
    std::vector<uint8_t> file = {0, 0, 8, 3, 0, 0, 0, kPictures,
                                 0, 0, 0, 1, 0, 0, 0, 1};
    for (uint8_t i = 0; i < kPictures; ++i)
      file.push_back(i);
    path = folder / "pictures";
    EXPECT_TRUE(writeFile(path, std::as_bytes(std::span(file))).ok());
  }
  // Ten batches of so many stacks of the feed, each as "0 3 5"; of a data with
  // `count` stacks.
  std::vector<std::string> taken(uint64_t count, uint64_t seed,
                                 const std::string &source) {
    Tables tables;
    format::DataFieldT field = makeImage("x", {3, 1, 1});
    field.low = 0;
    field.high = 255;
    field.stack = 3;
    field.count = count;
    tables.addData("digits", {field});
    tables.addEntry({{"digits.x", kBatch, 0}});
    Result<std::vector<Dataset>> data =
        bindData(tables.data(), {.sources = {source}, .threads = 2});
    EXPECT_TRUE(data.ok()) << data.status().text();
    records = (*data)[0].records;
    Feed feed(data.take(), seed);
    std::vector<std::string> stacks;
    for (uint64_t move = 0; move < 10; ++move) {
      std::vector<float> values(3 * kBatch);
      Batches into = {std::as_writable_bytes(std::span(values))};
      EXPECT_TRUE(feed.next(tables.entry(0), move, into).ok());
      for (size_t s = 0; s < values.size(); s += 3) {
        std::string stack;
        for (size_t k = 0; k < 3; ++k)
          stack += std::to_string(static_cast<int>(values[s + k])) + " ";
        stacks.push_back(stack);
      }
    }
    return stacks;
  }

  static constexpr int64_t kBatch = 70;
  ScratchFolder folder;
  std::string path;
  uint64_t records = 0; // of the data asked last
};
} // namespace

// Made anew: an epoch has each picture once in front, others behind it as they
// come.
TEST_F(Stacks, AreMadeAnew) {
  std::vector<std::string> stacks = taken(0, 5, path);
  EXPECT_EQ(records, 7u);
  for (size_t epoch = 0; epoch < stacks.size(); epoch += kPictures) {
    std::set<char> first;
    for (int i = 0; i < kPictures; ++i)
      first.insert(stacks[epoch + i][0]);
    EXPECT_EQ(first.size(), 7u);
  }
  // Each of the 49 pairs about 700 / 49 times.
  std::map<std::string, int> pairs;
  for (const std::string &stack : stacks)
    ++pairs[stack.substr(2)];
  EXPECT_EQ(pairs.size(), 49u);
  for (const auto &[pair, count] : pairs)
    EXPECT_LT(count, 35) << pair;
  EXPECT_EQ(stacks, taken(0, 5, path));
  EXPECT_NE(stacks, taken(0, 6, path));
}

// A fixed set: the same ones for every seed, in another order, all once in an
// epoch.
TEST_F(Stacks, AreAFixedSet) {
  std::vector<std::string> stacks = taken(35, 5, path);
  EXPECT_EQ(records, 35u);
  auto epoch = [&](const std::vector<std::string> &list, size_t number) {
    std::vector<std::string> part(list.begin() + 35 * number,
                                  list.begin() + 35 * (number + 1));
    std::sort(part.begin(), part.end());
    return part;
  };
  EXPECT_GT(std::set<std::string>(stacks.begin(), stacks.end()).size(), 28u);
  for (size_t number = 1; number < 20; ++number)
    EXPECT_EQ(epoch(stacks, number), epoch(stacks, 0));
  std::vector<std::string> others = taken(35, 6, path);
  EXPECT_NE(others, stacks);
  EXPECT_EQ(epoch(others, 0), epoch(stacks, 0));
}

// Images that are made without files have all their channels at once.
TEST_F(Stacks, AreRandomAsOneImage) {
  std::vector<std::string> stacks = taken(35, 5, "random");
  EXPECT_EQ(records, 0u);
  EXPECT_GT(std::set<std::string>(stacks.begin(), stacks.end()).size(), 690u);
}
