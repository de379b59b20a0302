// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/File.h"
#include "runtime/data/Source.h"
#include "runtime/data/Workers.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <zlib.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Bytes = std::vector<uint8_t>;

// The header for unsigned bytes and the sizes, then `content`.
static Bytes idxFile(const std::vector<uint32_t> &sizes, const Bytes &content) {
  Bytes file = {0, 0, 8, static_cast<uint8_t>(sizes.size())};
  for (uint32_t size : sizes)
    for (int shift : {24, 16, 8, 0})
      file.push_back(static_cast<uint8_t>(size >> shift));
  file.insert(file.end(), content.begin(), content.end());
  return file;
}

static Bytes gzip(const Bytes &plain) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  Bytes packed(deflateBound(&stream, plain.size()));
  stream.next_in = const_cast<Bytef *>(plain.data());
  stream.avail_in = static_cast<unsigned>(plain.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<unsigned>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

namespace {
class Idx : public ::testing::Test {
protected:
  Idx() {
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 10;
    tables.addData("photos", {makeImage("x", {1, 2, 3}), label,
                              makeImage("colour", {3, 1, 2}),
                              makeField("v", "vector", {2})});
  }
  Result<std::unique_ptr<FieldReader>> open(const Bytes &file,
                                            unsigned field = 0) {
    path = folder / "file";
    EXPECT_TRUE(writeFile(path, std::as_bytes(std::span(file))).ok());
    Result<std::unique_ptr<Source>> source =
        openSource(path, {folder.path, "", &workers});
    if (!source.ok())
      return source.status();
    sources.push_back(source.take());
    return sources.back()->read({*tables.data().Get(0), tables.field(0, field),
                                 /*isShared=*/false});
  }
  // The refusal of a file, behind its name.
  std::string refusal(const Bytes &file, unsigned field = 0) {
    Result<std::unique_ptr<FieldReader>> reader = open(file, field);
    EXPECT_TRUE(reader.ok() || reader.status().where() == path);
    return reader.status().sentence();
  }

  ScratchFolder folder;
  Tables tables;
  Workers workers{2};
  std::vector<std::unique_ptr<Source>> sources;
  std::string path;
};
} // namespace

static std::vector<float> readAll(const FieldReader &reader,
                                  const std::vector<uint64_t> &records,
                                  size_t perSample) {
  std::vector<float> values(records.size() * perSample);
  Status status =
      reader.read({0, 0, records}, std::as_writable_bytes(std::span(values)));
  EXPECT_TRUE(status.ok()) << status.text();
  return values;
}

static const Bytes kTwoImages =
    idxFile({2, 2, 3}, {0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6});

TEST_F(Idx, ScalesImagesPlainAndPacked) {
  for (const Bytes &file : {kTwoImages, gzip(kTwoImages)}) {
    Result<std::unique_ptr<FieldReader>> reader = open(file);
    ASSERT_TRUE(reader.ok()) << reader.status().text();
    EXPECT_EQ((*reader)->records(), 2u);
    std::vector<float> values = readAll(**reader, {1, 0}, 6);
    for (int i = 0; i < 6; ++i) {
      // low + (high - low) * v / 255 in double, rounded once.
      EXPECT_EQ(values[i], static_cast<float>(-1 + 2.0 * (i + 1) / 255));
      EXPECT_EQ(values[6 + i], static_cast<float>(-1 + 2.0 * (51 * i) / 255));
    }
  }
}

TEST_F(Idx, PutsChannelsFirst) {
  Result<std::unique_ptr<FieldReader>> reader =
      open(idxFile({1, 1, 2, 3}, {0, 85, 170, 255, 51, 102}), 2);
  ASSERT_TRUE(reader.ok()) << reader.status().text();
  std::vector<float> values = readAll(**reader, {0}, 6);
  std::vector<int> levels = {0, 255, 85, 51, 170, 102};
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(values[i], static_cast<float>(-1 + 2.0 * levels[i] / 255));
}

// A picture of another size or colour is made to fit.
TEST_F(Idx, FitsImages) {
  Result<std::unique_ptr<FieldReader>> reader =
      open(idxFile({1, 4, 6}, Bytes(24, 51)));
  ASSERT_TRUE(reader.ok()) << reader.status().text();
  EXPECT_EQ(readAll(**reader, {0}, 6), std::vector<float>(6, -0.6f));
  reader = open(idxFile({1, 1, 2}, {0, 255}), 2);
  ASSERT_TRUE(reader.ok()) << reader.status().text();
  EXPECT_EQ(readAll(**reader, {0}, 6),
            (std::vector<float>{-1, 1, -1, 1, -1, 1}));
}

TEST_F(Idx, ReadsLabels) {
  Result<std::unique_ptr<FieldReader>> reader =
      open(idxFile({3}, {7, 0, 9}), 1);
  ASSERT_TRUE(reader.ok()) << reader.status().text();
  std::vector<int32_t> labels(2);
  std::vector<uint64_t> records = {2, 0};
  ASSERT_TRUE(
      (*reader)
          ->read({0, 0, records}, std::as_writable_bytes(std::span(labels)))
          .ok());
  EXPECT_EQ(labels, (std::vector<int32_t>{9, 7}));
}

TEST_F(Idx, RefusesWhatIsNoIdx) {
  EXPECT_EQ(refusal({}), "this is no IDX file: it does not begin with two zero "
                         "bytes");
  EXPECT_EQ(refusal({0, 0, 8}),
            "this is no IDX file: it does not begin with two zero bytes");
  Bytes file = kTwoImages;
  file[2] = 13;
  EXPECT_EQ(refusal(file),
            "expected elements of type 8 (unsigned bytes), found type 13");
  file = kTwoImages;
  file[3] = 0;
  EXPECT_EQ(refusal(file), "expected 1 to 4 axes, found 0");
  file[3] = 5;
  EXPECT_EQ(refusal(file), "expected 1 to 4 axes, found 5");
}

TEST_F(Idx, RefusesWhatIsCutOrTooLong) {
  EXPECT_EQ(refusal({0, 0, 8, 3, 0, 0}), "it is cut short in the header");
  Bytes file = kTwoImages;
  file.pop_back();
  EXPECT_EQ(refusal(file),
            "its header speaks of 2 x 2 x 3 bytes, but the file holds 11");
  EXPECT_EQ(refusal(gzip(file)),
            "it is cut short: 2 x 2 x 3 bytes are expected, found 11");
  file = kTwoImages;
  file.push_back(0);
  EXPECT_EQ(refusal(file), "bytes follow its last record");
  EXPECT_EQ(refusal(gzip(file)), "bytes follow its last record");
  EXPECT_EQ(refusal(idxFile({0, 2, 3}, {})),
            "it has no records: its sizes are 0 x 2 x 3");
}

// The sizes are refused before there is memory for them: 2^96 bytes, 2^62 bytes
// would not come.
TEST_F(Idx, RefusesAbsurdSizes) {
  EXPECT_EQ(refusal(idxFile({0xffffffff, 0xffffffff, 0xffffffff}, {1})),
            "its header speaks of 4294967295 x 4294967295 x 4294967295 bytes, "
            "but the file holds 1");
  Bytes packed = gzip(idxFile({0x7fffffff, 0x7fffffff}, {1}));
  EXPECT_EQ(
      refusal(packed),
      "its header speaks of 2147483647 x 2147483647 bytes, more than its " +
          std::to_string(packed.size()) + " packed bytes can hold");
}

TEST_F(Idx, RefusesDamagedGzip) {
  Bytes packed = gzip(kTwoImages);
  Bytes file = packed;
  file.resize(file.size() - 3);
  EXPECT_EQ(refusal(file), "the gzip stream is cut short");
  file = packed;
  file[file.size() - 8] ^= 1; // the checksum
  EXPECT_EQ(refusal(file), "the gzip stream is damaged: incorrect data check");
  file = packed;
  file.push_back(7);
  EXPECT_EQ(refusal(file), "1 bytes follow the end of the gzip stream");
  file = packed;
  file[2] = 0; // the method
  EXPECT_EQ(refusal(file),
            "the gzip stream is damaged: unknown compression method");
}

// Whatever bit is wrong, the file is refused or read; nothing else.
TEST_F(Idx, SurvivesEveryBitAndEveryCut) {
  for (const Bytes &whole : {kTwoImages, gzip(kTwoImages)}) {
    for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      Bytes file = whole;
      file[bit / 8] ^= 1 << bit % 8;
      Result<std::unique_ptr<FieldReader>> reader = open(file);
      if (reader.ok())
        readAll(**reader, {(*reader)->records() - 1}, 6);
    }
    for (size_t size = 0; size < whole.size(); ++size)
      EXPECT_FALSE(open(Bytes(whole.begin(), whole.begin() + size)).ok());
  }
}

TEST_F(Idx, RefusesWhatDoesNotFitTheModel) {
  EXPECT_EQ(refusal(idxFile({6}, Bytes(6))),
            "'photos.x' takes images, N x H x W, N x H x W x C or N x C x H x "
            "W, but the file holds 6");
  EXPECT_EQ(refusal(kTwoImages, 1),
            "'photos.y' takes labels, one number a record, but the file holds "
            "2 x 2 x 3");
  EXPECT_EQ(
      refusal(idxFile({2}, {3, 10}), 1),
      "record 1 has label 10, but 'photos.y' of the model has 10 classes");
  EXPECT_EQ(refusal(kTwoImages, 3),
            "'photos.v' takes vectors of 2 numbers, but the file holds 2 x 2 x "
            "3");
  EXPECT_EQ(
      openSource(folder / "none", {folder.path, "", &workers}).status().code(),
      Code::NotFound);
}
