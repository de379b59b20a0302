// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Maps and sequences: fields of many classes a record.
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"
#include "test/runtime/data/image/TestImages.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
class Classes : public ::testing::Test {
protected:
  // Images of 4 x 6 pixels with maps, cut anywhere and mirrored; lines.
  Classes() {
    format::DataFieldT image = makeImage("x", {1, 4, 6});
    image.low = 0;
    image.high = 255;
    format::DataFieldT map = makeField("m", "map", {4, 6});
    map.classes = 100;
    for (format::DataFieldT *each : {&image, &map}) {
      each->resize = 8;
      each->random_crop = true;
      each->flip = true;
    }
    image.filter = "nearest";
    tables.addData("streets", {image, map});
    format::DataFieldT line = makeField("t", "sequence", {4});
    line.classes = 200;
    tables.addData("lines", {line});
    tables.addEntry({{"streets.x", kBatch, 0}, {"streets.m", kBatch, 0}});
  }
  std::string write(const std::string &name, const FileBytes &bytes) {
    EXPECT_TRUE(makeFolders(folderOf(folder / name)).ok());
    EXPECT_TRUE(writeFile(folder / name, bytes, Durability::Unsynced).ok());
    return folder / name;
  }
  std::string write(const std::string &name, const std::string &text) {
    std::span<const std::byte> bytes = bytesOf(text);
    return write(name, FileBytes(bytes.begin(), bytes.end()));
  }
  Result<std::vector<Dataset>> bind(std::vector<std::string> sources,
                                    const std::string &keep = "") {
    return bindData(
        tables.data(),
        {.sources = std::move(sources), .threads = 2, .keep = keep});
  }
  std::string refusal(const std::vector<std::string> &sources) {
    return bind(sources).status().sentence();
  }
  // Images and maps of a few batches; of each image its map, where all is well.
  void expectMapsOfTheirImages(Result<std::vector<Dataset>> data) {
    ASSERT_TRUE(data.ok()) << data.status().text();
    Feed feed(data.take(), /*seed=*/3);
    for (uint64_t move = 0; move < 5; ++move) {
      std::vector<float> images(kBatch * 24);
      std::vector<int32_t> maps(kBatch * 24);
      Batches into = {std::as_writable_bytes(std::span(images)),
                      std::as_writable_bytes(std::span(maps))};
      Status status = feed.next(tables.entry(0), move, into);
      ASSERT_TRUE(status.ok()) << status.text();
      for (size_t i = 0; i < images.size(); ++i)
        ASSERT_EQ(maps[i], std::lround(images[i]) % 100) << i;
    }
  }
  std::vector<int32_t> lines(const std::string &path,
                             std::vector<uint64_t> records) {
    Result<std::vector<Dataset>> data =
        bind({"lines=" + path, "streets=random"});
    EXPECT_TRUE(data.ok()) << data.status().text();
    std::vector<int32_t> values(4 * records.size());
    if (data.ok()) {
      Status status = (*data)[1].fields[0]->read(
          {0, 0, records}, std::as_writable_bytes(std::span(values)));
      EXPECT_TRUE(status.ok()) << status.text();
    }
    return values;
  }

  static constexpr int64_t kBatch = 9;
  ScratchFolder folder;
  Tables tables;
};
} // namespace

// A record's image of 16 x 11 pixels and, modulo 100, its map.
static Picture imageOf(int record) {
  Picture picture = makePattern(16, 11, 1);
  for (uint8_t &value : picture.pixels)
    value = static_cast<uint8_t>(value + 50 * record);
  return picture;
}

static Picture mapOf(int record) {
  Picture picture = imageOf(record);
  for (uint8_t &value : picture.pixels)
    value %= 100;
  return picture;
}

// Every pixel of a map is the class of that pixel of the image beside it.
TEST_F(Classes, ReadMapsBesideImages) {
  std::string
      packed = "\x93NUMPY",
      header =
          "{'descr': '<i8', 'fortran_order': False, 'shape': (5, 11, 16), }\n";
  packed += std::string("\1\0", 2) + static_cast<char>(header.size()) +
            std::string(1, '\0') + header;
  for (int i = 0; i < 5; ++i) {
    std::string name = std::to_string(i) + ".png";
    write("in/x/" + name, encodePng(imageOf(i)));
    write("in/m/" + name, encodePng(mapOf(i)));
    for (uint8_t value : mapOf(i).pixels)
      packed += static_cast<char>(value) + std::string(7, '\0');
  }
  expectMapsOfTheirImages(bind({"streets=" + (folder / "in"), "lines=random"}));
  expectMapsOfTheirImages(
      bind({"streets.x=" + (folder / "in/x"), "streets.m=" + (folder / "in/m"),
            "lines=random"}));
  std::string array = write("maps.npy", packed);
  expectMapsOfTheirImages(bind({"streets.x=" + (folder / "in/x"),
                                "streets.m=" + array, "lines=random"}));
  // Those that are kept are others than the images that the same files are.
  std::string keep = folder / "keep";
  for (int time = 0; time < 2; ++time)
    expectMapsOfTheirImages(
        bind({"streets=" + (folder / "in"), "lines=random"}, keep));
  EXPECT_EQ(listFolder(keep)->size(), 2u);
}

TEST_F(Classes, RefuseMaps) {
  write("in/0.png", encodePng(imageOf(0)));
  EXPECT_EQ(refusal({"streets=" + (folder / "in"), "lines=random"}),
            "images and maps of 'streets' do not lie side by side: their "
            "folders are called as the fields, or each field has a source, "
            "--data streets.x=FILES");
  // Values of 100 and more.
  Result<std::vector<Dataset>> data = bind(
      {"streets.x=random", "streets.m=" + (folder / "in"), "lines=random"});
  ASSERT_TRUE(data.ok()) << data.status().text();
  std::vector<int32_t> values(24);
  std::vector<uint64_t> records = {0};
  EXPECT_EQ(
      (*data)[0]
          .fields[1]
          ->read({0, 0, records}, std::as_writable_bytes(std::span(values)))
          .text(),
      (folder / "in") + ": 0.png: the pixel 4, 0 is of class 124, but "
                        "the model has 100 classes");
  EXPECT_EQ(refusal({"streets=random", "lines=" + (folder / "in")}),
            "'lines.t' is of kind 'sequence', which is not read from images");
}

TEST_F(Classes, ReadLinesOfText) {
  std::string path = write("a.txt", "\xef\xbb\xbf"
                                    "abcdef\r\n\n\xc2\xa9 z\nno end");
  EXPECT_EQ(lines(path, {0, 1, 2, 1}),
            (std::vector<int32_t>{'a', 'b', 'c', 'd', 0xa9, ' ', 'z', 0, 'n',
                                  'o', ' ', 'e', 0xa9, ' ', 'z', 0}));
  auto refused = [&](const std::string &text) {
    return refusal({"streets=random", "lines=" + write("b.txt", text)});
  };
  EXPECT_EQ(refused("abc\n\nab\xc3\xa9"),
            "character 3 of line 3 has the code point 233, but 'lines.t' of "
            "the model takes 1 to 199");
  EXPECT_EQ(refused(std::string("a\0", 2)),
            "character 2 of line 1 has the code point 0, but 'lines.t' of the "
            "model takes 1 to 199");
  EXPECT_EQ(refused("\n\r\n"), "it holds no line of text");
  EXPECT_EQ(refusal({"lines=random", "streets.x=random", "streets.m=" + path}),
            "'streets.m' is of kind 'map', which is not read from text");
  // Behind what is read of a line nothing is looked at.
  EXPECT_EQ(lines(write("c.txt", "abcd\xff"), {0}),
            (std::vector<int32_t>{'a', 'b', 'c', 'd'}));
}

// Overlong, surrogate, beyond the last code point, cut, without a beginning.
TEST_F(Classes, RefuseWhatIsNoText) {
  for (const char *text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xc3",
        "\xe2\x82", "\xf0\x9f\x98", "\x80", "\xc3(", "\xff"})
    EXPECT_EQ(refusal({"streets=random", "lines=" + write("a.txt", text)}),
              "character 1 of line 1 is no UTF-8")
        << text;
  Tables wide;
  format::DataFieldT line = makeField("t", "sequence", {4});
  line.classes = 0x110000;
  wide.addData("lines", {line});
  std::string path = write(
      "a.txt", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\n\xef\xbf\xbf\xf0\x90\x80\x80"
               "\xf4\x8f\xbf\xbf\xed\x9f\xbf");
  Result<std::vector<Dataset>> data =
      bindData(wide.data(), {.sources = {path}, .threads = 1});
  ASSERT_TRUE(data.ok()) << data.status().text();
  std::vector<int32_t> values(8);
  std::vector<uint64_t> records = {0, 1};
  ASSERT_TRUE(
      (*data)[0]
          .fields[0]
          ->read({0, 0, records}, std::as_writable_bytes(std::span(values)))
          .ok());
  EXPECT_EQ(values, (std::vector<int32_t>{0x7f, 0x80, 0x7ff, 0x800, 0xffff,
                                          0x10000, 0x10ffff, 0xd7ff}));
}

TEST_F(Classes, ReadSequencesOfNumbers) {
  EXPECT_EQ(lines(write("a.csv", "a,b,c,d\n1,2,3,4\n5,6,199,0\n"), {1, 0}),
            (std::vector<int32_t>{5, 6, 199, 0, 1, 2, 3, 4}));
  EXPECT_EQ(refusal({"streets=random", "lines.t=" + write("b.csv", "1,2,3\n")}),
            "'lines.t' takes sequences of 4 numbers, but the file holds 1 x 3");
  std::string bad = write("c.csv", "1,2,3,4\n1,2,200,4\n1,2.5,3,4\n");
  Result<std::vector<Dataset>> data = bind({"lines=" + bad, "streets=random"});
  ASSERT_TRUE(data.ok()) << data.status().text();
  std::vector<int32_t> values(12);
  std::vector<uint64_t> records = {0, 1, 2};
  std::vector<BadSample> found;
  ASSERT_TRUE(
      (*data)[1]
          .fields[0]
          ->read({.seed = 0, .move = 0, .records = records, .bad = &found},
                 std::as_writable_bytes(std::span(values)))
          .ok());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].why.text(),
            bad + ": record 1: number 2 of the record is 200, but the model "
                  "has 200 classes");
  EXPECT_EQ(found[1].why.sentence(),
            "number 1 of the record is 2.5, but the model has 200 classes");
}
