// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Sources.h"
#include "runtime/base/File.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// Data `photos` with an image, a label and a number, and `points`, a mixture.
class Sources : public ::testing::Test {
protected:
  Sources() {
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 10;
    format::DataFieldT mixture = makeField("p", "mixture", {2});
    mixture.centres = {0, 0, 1, 1};
    tables.addData("photos", {makeImage("x", {1, 1, 2}), label,
                              makeField("i", "index", {})});
    tables.addData("points", {mixture});
    write("images",
          {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6});
    write("labels", {0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9});
    write("few", {0, 0, 8, 1, 0, 0, 0, 2, 7, 8});
  }
  void write(const std::string &name, const std::vector<uint8_t> &bytes) {
    EXPECT_TRUE(writeFile(folder / name, std::as_bytes(std::span(bytes))).ok());
  }
  std::string refusal(const std::vector<std::string> &options) {
    return bindData(tables.data(), {.sources = options}).status().text();
  }

  ScratchFolder folder;
  Tables tables;
};
} // namespace

TEST_F(Sources, BindsFilesAndNumbers) {
  for (const std::string &images :
       {folder / "images", "photos=" + (folder / "images"),
        "photos.x=" + (folder / "images")}) {
    std::vector<std::string> options = {images,
                                        "photos.y=" + (folder / "labels")};
    Result<std::vector<Dataset>> data =
        bindData(tables.data(), {.sources = options});
    ASSERT_TRUE(data.ok()) << data.status().text();
    EXPECT_EQ((*data)[0].records, 3u);
    EXPECT_EQ((*data)[0].fields[2]->records(), 3u); // the index
    EXPECT_EQ((*data)[1].records, 0u);
    std::vector<uint64_t> records = {2, 0};
    std::vector<int32_t> numbers(2);
    auto out = std::as_writable_bytes(std::span(numbers));
    ASSERT_TRUE((*data)[0].fields[1]->read({0, 0, records}, out).ok());
    EXPECT_EQ(numbers, (std::vector<int32_t>{9, 7}));
    ASSERT_TRUE((*data)[0].fields[2]->read({0, 0, records}, out).ok());
    EXPECT_EQ(numbers, (std::vector<int32_t>{2, 0}));
  }
}

TEST_F(Sources, FillsWithRandom) {
  std::vector<std::string> options = {"random",
                                      "photos.y=" + (folder / "labels")};
  Result<std::vector<Dataset>> data =
      bindData(tables.data(), {.sources = options});
  ASSERT_TRUE(data.ok()) << data.status().text();
  EXPECT_EQ((*data)[0].fields[0]->records(), 0u);
  EXPECT_EQ((*data)[0].fields[1]->records(), 3u);
  EXPECT_TRUE(bindData(tables.data(), {.sources = {"random"}}).ok());
}

TEST_F(Sources, RefusesWhatIsMissing) {
  EXPECT_EQ(refusal({}),
            "--data: 'photos.x' of kind 'image' needs a source: --data "
            "photos.x=FILE, or random");
  EXPECT_EQ(refusal({folder / "images"}),
            "--data: 'photos.y' of kind 'label' needs a source: --data "
            "photos.y=FILE, or random");
  EXPECT_EQ(refusal({"photos="}),
            "--data: expected a file or 'random' as source, found nothing");
}

TEST_F(Sources, RefusesWrongNames) {
  EXPECT_EQ(refusal({"faces=a"}),
            "--data: the model has no data 'faces', it has 'photos', 'points'");
  EXPECT_EQ(refusal({"photos.z=a"}),
            "--data: 'photos' has no field 'z', it has 'x', 'y', 'i'");
  EXPECT_EQ(refusal({"photos.i=a"}),
            "--data: 'photos.i' needs no source: it is made");
  EXPECT_EQ(refusal({"points=a"}),
            "--data: 'points' needs no source: all of it is made");
  EXPECT_EQ(refusal({"photos=a", "b"}),
            "--data: there are two sources for 'photos': 'a' and 'b'");
}

TEST_F(Sources, RefusesUnequalNumbersOfRecords) {
  EXPECT_EQ(refusal({folder / "images", "photos.y=" + (folder / "few")}),
            "photos: 'x' has 3 records, but 'y' has 2");
}

TEST(SourcesOfOthers, AsksWhichIsMeant) {
  Tables two;
  two.addData("a", {makeImage("x", {1, 1, 2}), makeImage("y", {1, 1, 2})});
  two.addData("b", {makeImage("x", {1, 1, 2})});
  auto refusal = [&](const std::string &option) {
    return bindData(two.data(), {.sources = {option}}).status().text();
  };
  EXPECT_EQ(refusal("file"),
            "--data: say for which data 'file' is, NAME=file: 'a', 'b'");
  ScratchFolder folder;
  std::string path = folder / "images";
  std::vector<uint8_t> bytes = {0, 0, 8, 3, 0, 0, 0, 1, 0,
                                0, 0, 1, 0, 0, 0, 2, 1, 2};
  ASSERT_TRUE(writeFile(path, std::as_bytes(std::span(bytes))).ok());
  EXPECT_EQ(refusal("a=" + path),
            "--data: say for which field of 'a' the file is: 'a.x', 'a.y'");
  Tables none;
  none.addData("points", {makeField("n", "index", {})});
  EXPECT_EQ(bindData(none.data(), {.sources = {"file"}}).status().text(),
            "--data: the model needs no source: all of its data are made");
}
