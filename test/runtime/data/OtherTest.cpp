// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values of another record than the one that is due.
#include "runtime/base/File.h"
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// Eight records whose only number is their own, with labels.
class Others : public ::testing::Test {
protected:
  Others() {
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 3;
    format::DataFieldT other = makeField("w", "vector", {1});
    other.other = "x";
    other.differs = "y";
    tables.addData("d", {makeField("x", "vector", {1}), label, other});
    tables.addEntry(
        {{"d.x", kBatch, 0}, {"d.y", kBatch, 0}, {"d.w", kBatch, 0}});
  }
  std::string write(const std::vector<int> &labels) {
    std::string text;
    for (size_t i = 0; i < labels.size(); ++i)
      text += std::to_string(i) + "," + std::to_string(labels[i]) + "\n";
    std::string path = folder / "d.csv";
    EXPECT_TRUE(writeFile(path, std::as_bytes(std::span(text))).ok());
    return path;
  }
  Result<std::vector<Dataset>> bind(const std::vector<std::string> &sources) {
    return bindData(tables.data(), {.sources = sources, .threads = 1});
  }
  // How often which record stood beside which, in a hundred batches.
  std::map<std::pair<int, int>, int> pairs(std::vector<Dataset> data,
                                           uint64_t seed) {
    Feed feed(std::move(data), seed);
    std::map<std::pair<int, int>, int> found;
    for (uint64_t move = 0; move < 100; ++move) {
      std::vector<float> x(kBatch), w(kBatch);
      std::vector<int32_t> y(kBatch);
      Batches into = {std::as_writable_bytes(std::span(x)),
                      std::as_writable_bytes(std::span(y)),
                      std::as_writable_bytes(std::span(w))};
      Status status = feed.next(tables.entry(0), move, into);
      EXPECT_TRUE(status.ok()) << status.text();
      for (int64_t s = 0; s < kBatch; ++s)
        ++found[{static_cast<int>(x[s]), static_cast<int>(w[s])}];
    }
    return found;
  }

  static constexpr int64_t kBatch = 56;
  ScratchFolder folder;
  Tables tables;
};
} // namespace

// Each of 8 records has 700 turns, shared by those with other labels.
TEST_F(Others, DifferAndAreEquallyOften) {
  const std::vector<int> labels = {0, 1, 0, 2, 2, 0, 1, 0};
  Result<std::vector<Dataset>> data = bind({write(labels)});
  ASSERT_TRUE(data.ok()) << data.status().text();
  const std::map<std::pair<int, int>, int> found = pairs(data.take(), 5);
  for (int a = 0; a < 8; ++a) {
    int others = 0;
    for (int b = 0; b < 8; ++b)
      others += labels[a] != labels[b];
    for (int b = 0; b < 8; ++b) {
      int expected = labels[a] == labels[b] ? 0 : 700 / others;
      auto pair = found.find({a, b});
      EXPECT_NEAR(pair == found.end() ? 0 : pair->second, expected,
                  expected ? 50 : 0)
          << a << " " << b;
    }
  }
  EXPECT_EQ(found, pairs(bind({write(labels)}).take(), 5));
  EXPECT_NE(found, pairs(bind({write(labels)}).take(), 6));
}

// A rank reads of its part of the batch what the whole has there.
TEST_F(Others, AreThoseOfTheirPlacesInTheBatch) {
  Result<std::vector<Dataset>> data = bind({write({0, 1, 0, 2, 2, 0, 1, 0})});
  ASSERT_TRUE(data.ok());
  std::vector<uint64_t> records = {3, 1, 4, 1, 5, 2, 6, 0};
  std::vector<float> whole(8), part(3);
  const FieldReader &reader = *(*data)[0].fields[2];
  ASSERT_TRUE(
      reader.read({7, 2, records}, std::as_writable_bytes(std::span(whole)))
          .ok());
  BatchRequest request{7, 2, std::span(records).last(3)};
  request.batch = 8;
  request.first = 5;
  ASSERT_TRUE(
      reader.read(request, std::as_writable_bytes(std::span(part))).ok());
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 5));
}

// One that is known to be bad is passed over.
TEST_F(Others, AreGood) {
  Result<std::vector<Dataset>> data = bind({write({0, 1, 0, 2, 2, 0, 1, 0})});
  ASSERT_TRUE(data.ok());
  std::vector<uint64_t> records(200, 0);
  std::vector<float> values(200);
  std::function<bool(uint64_t)> isBad = [](uint64_t record) {
    return record == 1 || record == 6 || record == 3;
  };
  BatchRequest request{7, 2, records};
  request.isBad = &isBad;
  ASSERT_TRUE((*data)[0]
                  .fields[2]
                  ->read(request, std::as_writable_bytes(std::span(values)))
                  .ok());
  EXPECT_EQ(values, std::vector<float>(200, 4));
}

TEST_F(Others, NeedRecordsThatDiffer) {
  EXPECT_EQ(bind({write({2, 2, 2})}).status().text(),
            "d.w: it is of records that differ, but all of them are equal");
  EXPECT_TRUE(bind({"random"}).ok());
  std::string path = folder / "x.csv";
  std::string text = "1\n2\n";
  ASSERT_TRUE(writeFile(path, std::as_bytes(std::span(text))).ok());
  EXPECT_EQ(bind({"d.x=" + path, "d.y=random"}).status().text(),
            "--data: 'd.w' is of records that differ in 'y', which is random");
}
