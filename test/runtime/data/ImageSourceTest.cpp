// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Fault.h"
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "runtime/data/Workers.h"
#include "runtime/data/image/Resize.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"
#include "test/runtime/data/image/TestImages.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// Data `photos` with images and labels, `pairs` with two images.
class ImageSources : public ::testing::Test {
protected:
  ImageSources() {
    format::DataFieldT image = makeImage("x", {3, 8, 8});
    image.resize = 10;
    image.random_crop = true;
    image.flip = true;
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 3;
    tables.addData("photos", {image, label});
    tables.addData("pairs",
                   {makeImage("a", {1, 4, 4}), makeImage("b", {1, 4, 4})});
    tables.addEntry({{"photos.x", 6, 0}, {"photos.y", 6, 0}});
    tables.addEntry({{"pairs.a", 3, 0}, {"pairs.b", 3, 0}});
  }
  void write(const std::string &name, const FileBytes &bytes) {
    ASSERT_TRUE(makeFolders(folderOf(folder / name)).ok());
    ASSERT_TRUE(writeFile(folder / name, bytes, Durability::Unsynced).ok());
  }
  // `count` small pictures in three folders, of all formats and sizes.
  void writePictures(int count) {
    for (int i = 0; i < count; ++i) {
      Picture picture = makePattern(9 + i % 7, 8 + i % 5, i % 4 == 1 ? 1 : 3);
      picture.pixels[0] = static_cast<uint8_t>(i);
      picture.pixels[1] = static_cast<uint8_t>(i >> 8);
      FileBytes bytes = i % 4 <= 1   ? encodePng(picture)
                        : i % 4 == 2 ? encodeWebp(picture)
                                     : encodeJpeg(picture, 90);
      char name[32];
      std::snprintf(name, sizeof(name), "%s/%05d.%s",
                    i % 3 == 0   ? "roses"
                    : i % 3 == 1 ? "tulips"
                                 : "asters",
                    i,
                    i % 4 <= 1   ? "png"
                    : i % 4 == 2 ? "webp"
                                 : "jpg");
      write("in/" + std::string(name), bytes);
    }
  }
  Result<std::vector<Dataset>> bind(const std::string &source,
                                    size_t threads = 2,
                                    OnBadData onBad = OnBadData::Stop) {
    return bindData(tables.data(), {.sources = {source, "pairs=random"},
                                    .onBad = onBad,
                                    .threads = threads,
                                    .scratch = folder.path});
  }
  std::string refusal(const std::vector<std::string> &sources) {
    return bindData(tables.data(), {.sources = sources, .threads = 1})
        .status()
        .text();
  }
  // The values and labels of some batches on end.
  static Status take(std::vector<Dataset> data, const format::Entry &entry,
                     int batches, FileBytes &values) {
    Feed feed(std::move(data), /*seed=*/7);
    for (int i = 0; i < batches; ++i) {
      std::vector<FileBytes> memory;
      for (const format::Binding *input : *entry.inputs()) {
        size_t count = 4;
        for (int64_t size : *input->shape())
          count *= size;
        memory.emplace_back(count);
      }
      if (Status status =
              feed.next(entry, i, Batches(memory.begin(), memory.end()));
          !status.ok())
        return status;
      for (const FileBytes &bytes : memory)
        values.insert(values.end(), bytes.begin(), bytes.end());
    }
    return Status();
  }

  ScratchFolder folder;
  Tables tables;
};
} // namespace

// What is kept is read again, to the same bytes, though the files are gone;
// what was damaged or changed in the meantime is made again.
TEST_F(ImageSources, KeepPictures) {
  writePictures(40);
  auto batches = [&](const std::string &keep, bool isGone) {
    Result<std::vector<Dataset>> data =
        bindData(tables.data(),
                 {.sources = {"photos=" + (folder / "in"), "pairs=random"},
                  .threads = 2,
                  .keep = keep});
    EXPECT_TRUE(data.ok()) << data.status().text();
    if (isGone)
      EXPECT_EQ(
          std::system(
              ("mv " + (folder / "in") + " " + (folder / "gone")).c_str()),
          0);
    FileBytes values;
    Status status = take(data.take(), tables.entry(0), 30, values);
    if (isGone)
      EXPECT_EQ(
          std::system(
              ("mv " + (folder / "gone") + " " + (folder / "in")).c_str()),
          0);
    EXPECT_TRUE(status.ok()) << status.text();
    return values;
  };
  FileBytes expected = batches("", false);
  std::string keep = folder / "keep/pictures";
  EXPECT_TRUE(batches(keep, false) == expected);
  std::vector<std::string> names = *listFolder(keep);
  ASSERT_EQ(names.size(), 1u);
  EXPECT_TRUE(batches(keep, true) == expected);
  // A bit of every slot.
  Result<FileBytes> kept = readFile(keep + "/" + names[0], 1 << 24);
  ASSERT_TRUE(kept.ok());
  for (size_t slot = 0; slot < 40; ++slot)
    (*kept)[slot * (kept->size() / 40) + 37 * slot % 90] ^= std::byte{4};
  ASSERT_TRUE(writeFile(keep + "/" + names[0], *kept).ok());
  EXPECT_TRUE(batches(keep, false) == expected);
  // A file of another size, or none that can be made, is told of.
  ASSERT_TRUE(writeFile(keep + "/" + names[0], bytesOf("short")).ok());
  testing::internal::CaptureStderr();
  EXPECT_TRUE(batches(keep, false) == expected);
  EXPECT_TRUE(batches("/dev/null/no", false) == expected);
  std::string told = testing::internal::GetCapturedStderr();
  EXPECT_NE(told.find("has 5 bytes, expected " + std::to_string(kept->size()) +
                      " of slots; pictures are not kept"),
            std::string::npos)
      << told;
  EXPECT_NE(told.find("cannot be made"), std::string::npos) << told;
  // The first write finds no space: the run goes on.
  ASSERT_TRUE(removeFile(keep + "/" + names[0]).ok());
  write("in/roses/00099.png", encodePng(makePattern(9, 9, 3)));
  expected = batches("", false);
  Result<std::vector<Dataset>> data = bindData(
      tables.data(), {.sources = {"photos=" + (folder / "in"), "pairs=random"},
                      .threads = 1,
                      .keep = keep});
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(listFolder(keep)->size(), 1u) << "another name for other pictures";
  injectFault({.kind = FaultKind::NoSpace, .at = 3, .sticky = false});
  testing::internal::CaptureStderr();
  FileBytes values;
  Status status = take(data.take(), tables.entry(0), 30, values);
  clearFault();
  EXPECT_TRUE(status.ok()) << status.text();
  EXPECT_TRUE(values == expected);
  told = testing::internal::GetCapturedStderr();
  EXPECT_NE(told.find("pictures are not kept from here on"), std::string::npos)
      << told;
}

TEST_F(ImageSources, TakeLabelsFromFolders) {
  writePictures(9); // asters 2 5 8, roses 0 3 6, tulips 1 4 7
  Result<std::vector<Dataset>> data = bind("photos=" + (folder / "in"));
  ASSERT_TRUE(data.ok()) << data.status().text();
  std::vector<uint64_t> records = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<int32_t> labels(9);
  ASSERT_TRUE(
      (*data)[0]
          .fields[1]
          ->read({0, 0, records}, std::as_writable_bytes(std::span(labels)))
          .ok());
  EXPECT_EQ(labels, (std::vector<int32_t>{0, 0, 0, 1, 1, 1, 2, 2, 2}));
  write("in/violets/1.png", encodePng(makePattern(9, 9, 1)));
  EXPECT_EQ(refusal({"photos=" + (folder / "in"), "pairs=random"}),
            (folder / "in") + ": its images lie in 4 folders, but 'photos.y' "
                              "of the model has 3 classes");
}

// What a random cut and a flip show is in the picture, and not always the same.
TEST_F(ImageSources, CutAndFlip) {
  Picture picture = {10, 10, 1, {}};
  for (int i = 0; i < 100; ++i)
    picture.pixels.push_back(static_cast<uint8_t>(2 * i));
  write("in/a/1.png", encodePng(picture));
  Result<std::vector<Dataset>> data = bind("photos=" + (folder / "in"));
  ASSERT_TRUE(data.ok()) << data.status().text();
  std::vector<uint64_t> records(200, 0);
  std::vector<float> values(200 * 192);
  ASSERT_TRUE(
      (*data)[0]
          .fields[0]
          ->read({1, 2, records}, std::as_writable_bytes(std::span(values)))
          .ok());
  std::map<int, int> lefts, tops;
  int flipped = 0;
  for (int s = 0; s < 200; ++s) {
    auto pixel = [&](int y, int x) {
      return static_cast<int>(
          std::lround((values[s * 192 + y * 8 + x] + 1) * 127.5 / 2));
    };
    bool isFlipped = pixel(0, 1) < pixel(0, 0);
    flipped += isFlipped;
    int corner = pixel(0, isFlipped ? 7 : 0);
    ++lefts[corner % 10];
    ++tops[corner / 10];
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x)
        EXPECT_EQ(pixel(y, isFlipped ? 7 - x : x), corner + 10 * y + x);
  }
  // Binomial(200, 1/2) and (200, 1/3): five deviations are 36 and 34.
  EXPECT_NEAR(flipped, 100, 36);
  ASSERT_EQ(lefts.size(), 3u);
  ASSERT_EQ(tops.size(), 3u);
  for (auto &[left, times] : lefts)
    EXPECT_NEAR(times, 66.7, 34);
  for (auto &[top, times] : tops)
    EXPECT_NEAR(times, 66.7, 34);
}

// The left half is the first field, the right half the second; or they lie in
// folders called as the fields, or each field has its own.
TEST_F(ImageSources, BindPairs) {
  for (int i = 0; i < 3; ++i) {
    Picture left = makePattern(4, 4, 1), right = makePattern(4, 4, 1),
            both = {8, 4, 1, {}};
    left.pixels[5] = static_cast<uint8_t>(i);
    right.pixels[6] = static_cast<uint8_t>(i + 100);
    for (int y = 0; y < 4; ++y)
      for (const Picture *half : {&left, &right})
        both.pixels.insert(both.pixels.end(), half->pixels.begin() + 4 * y,
                           half->pixels.begin() + 4 * y + 4);
    std::string name = std::to_string(i);
    write("sides/" + name + ".png", encodePng(both));
    write("named/a/" + name + ".png", encodePng(left));
    write("named/b/" + name + ".webp", encodeWebp(convertChannels(right, 3)));
  }
  auto batchesOf = [&](std::vector<std::string> sources) {
    sources.push_back("photos=random");
    Result<std::vector<Dataset>> data =
        bindData(tables.data(), {.sources = sources, .threads = 1});
    EXPECT_TRUE(data.ok()) << data.status().text();
    FileBytes values;
    if (data.ok())
      EXPECT_TRUE(take(data.take(), tables.entry(1), 4, values).ok());
    return values;
  };
  FileBytes expected = batchesOf({"pairs=" + (folder / "sides")});
  EXPECT_EQ(expected.size(), 4u * 2 * 3 * 16 * 4);
  EXPECT_TRUE(batchesOf({"pairs=" + (folder / "named")}) == expected);
  EXPECT_TRUE(batchesOf({"pairs.a=" + (folder / "named/a"),
                         "pairs.b=" + (folder / "named/b")}) == expected);

  write("named/b/11.webp", encodeWebp(makePattern(4, 4, 3)));
  EXPECT_EQ(refusal({"pairs=" + (folder / "named"), "photos=random"}),
            "pairs: the images of 'pairs.a' and 'pairs.b' are pairs by name, "
            "but only 'pairs.b' has '11'");
  // "1-2.png" comes before "1.png", but "1" before "1-2".
  write("named/a/1-2.png", encodePng(makePattern(4, 4, 1)));
  write("named/b/11-2.webp", encodeWebp(makePattern(4, 4, 3)));
  EXPECT_EQ(refusal({"pairs=" + (folder / "named"), "photos=random"}),
            "pairs: the images of 'pairs.a' and 'pairs.b' are pairs by name, "
            "but only 'pairs.a' has '1-2'");
  // The dot of a folder is no ending.
  for (const char *name : {"v1.0/1", "v1.0/2"})
    write(std::string("dots/") + name, encodePng(makePattern(4, 4, 1)));
  for (const char *name : {"v1.0/1", "v1.0/3"})
    write(std::string("other/") + name, encodePng(makePattern(4, 4, 1)));
  EXPECT_EQ(refusal({"pairs.a=" + (folder / "dots"),
                     "pairs.b=" + (folder / "other"), "photos=random"}),
            "pairs: the images of 'pairs.a' and 'pairs.b' are pairs by name, "
            "but only 'pairs.a' has 'v1.0/2'");
  write("sides/9.png", encodePng(makePattern(7, 4, 1)));
  Result<std::vector<Dataset>> data =
      bindData(tables.data(),
               {.sources = {"pairs=" + (folder / "sides"), "photos=random"}});
  ASSERT_TRUE(data.ok());
  FileBytes values;
  EXPECT_EQ(take(data.take(), tables.entry(1), 4, values).sentence(),
            "the image is 7 pixels wide, which are not 2 images side by side; "
            "--on-bad-data skip leaves it out");
}

// A bad picture among many: the run stops, or goes on without it.
TEST_F(ImageSources, StopAtWhatIsBad) {
  writePictures(30);
  FileBytes bad = encodePng(makePattern(9, 9, 3));
  bad.resize(60);
  write("in/roses/00006.webp", bad);
  Result<std::vector<Dataset>> data = bind("photos=" + (folder / "in"));
  ASSERT_TRUE(data.ok());
  FileBytes values;
  EXPECT_EQ(take(data.take(), tables.entry(0), 5, values).text(),
            (folder / "in") +
                ": roses/00006.webp: the PNG is damaged: it is cut short; "
                "--on-bad-data skip leaves it out");
}

TEST_F(ImageSources, PutAnotherInTheBadOnesPlace) {
  writePictures(30);
  // Record 12 is the third rose; its place is taken by record 13, label and
  // all.
  FileBytes bad = encodePng(makePattern(9, 9, 3));
  bad.resize(60);
  write("in/roses/00006.webp", bad);
  testing::internal::CaptureStderr();
  std::vector<FileBytes> found(2);
  for (size_t threads : {1, 3}) {
    Result<std::vector<Dataset>> data =
        bind("photos=" + (folder / "in"), threads, OnBadData::Skip);
    ASSERT_TRUE(data.ok());
    Status status = take(data.take(), tables.entry(0), 10, found[threads == 3]);
    ASSERT_TRUE(status.ok()) << status.text();
  }
  std::string told = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(found[0] == found[1]);
  std::string line = "warning: " + (folder / "in") +
                     ": roses/00006.webp: the PNG is damaged: it is cut short; "
                     "it is left out, another stands in\n";
  EXPECT_EQ(told, line + line) << "once for each run";
  // As if there stood the next one's bytes in its place: all but flips and
  // cuts, which belong to the sample, are those of a good set.
  Result<FileBytes> next = readFile(folder / "in/roses/00009.png", 1 << 20);
  ASSERT_TRUE(next.ok());
  write("in/roses/00006.webp", *next);
  FileBytes expected;
  Result<std::vector<Dataset>> data = bind("photos=" + (folder / "in"));
  ASSERT_TRUE(take(data.take(), tables.entry(0), 10, expected).ok());
  EXPECT_TRUE(found[0] == expected);

  write("in/roses/00006.webp", bad);
  write("in/roses/00009.png", bad);
  data = bind("photos=" + (folder / "in"), 1, OnBadData::Skip);
  FileBytes values;
  testing::internal::CaptureStderr();
  EXPECT_EQ(take(data.take(), tables.entry(0), 10, values).text(),
            "photos: 2 of 30 records cannot be read: at most one in 100 is "
            "left out");
  testing::internal::GetCapturedStderr();
}

// Who asks again, as an output may on its own thread, is told again.
TEST_F(ImageSources, EndWhereAllAreBad) {
  write("in/a/1.png", FileBytes(10));
  Result<std::vector<Dataset>> data =
      bind("photos=" + (folder / "in"), 1, OnBadData::Skip);
  ASSERT_TRUE(data.ok());
  Feed feed(data.take(), /*seed=*/7);
  std::vector<FileBytes> memory = {FileBytes(6 * 192 * 4), FileBytes(6 * 4)};
  Batches into(memory.begin(), memory.end());
  testing::internal::CaptureStderr();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(feed.next(tables.entry(0), i, into).sentence(),
              "1 of 1 records cannot be read: at most one in 100 is left out");
    EXPECT_EQ(feed.first(tables.entry(0), i, into).code(), Code::Damaged);
  }
  testing::internal::GetCapturedStderr();
}

TEST_F(ImageSources, RefuseWhatHoldsNoImages) {
  write("in/notes.txt", {});
  EXPECT_EQ(refusal({"photos=" + (folder / "in"), "pairs=random"}),
            (folder / "in") +
                ": it holds no images (.png, .jpg, .jpeg or .webp)");
  write("in/key", FileBytes(100));
  EXPECT_EQ(refusal({"photos=" + (folder / "in"), "pairs=random"}),
            (folder / "in") +
                ": it holds no images (.png, .jpg, .jpeg or .webp)");
  write("dots/v1.0/key", FileBytes(100));
  EXPECT_EQ(refusal({"photos=" + (folder / "dots"), "pairs=random"}),
            (folder / "dots") +
                ": it holds no images (.png, .jpg, .jpeg or .webp)");
  write("in/key", encodePng(makePattern(9, 9, 3)));
  EXPECT_EQ(refusal({"photos=" + (folder / "in"), "pairs=random"}), "ok");
  write("in/a.png", {});
  Tables vectors;
  vectors.addData("d", {makeField("v", "vector", {2})});
  EXPECT_EQ(bindData(vectors.data(), {.sources = {folder / "in"}})
                .status()
                .sentence(),
            "'d.v' is of kind 'vector', which is not read from images");
}

// No picture has five channels, in a file or in an array.
TEST_F(ImageSources, RefuseMoreChannelsThanPicturesHave) {
  write("in/a.png", encodePng(makePattern(4, 4, 3)));
  FileBytes idx = {std::byte{0}, std::byte{0}, std::byte{8}, std::byte{3}};
  for (int axis = 0; axis < 3; ++axis)
    idx.insert(idx.end(),
               {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}});
  idx.push_back(std::byte{7});
  write("idx", idx);
  Tables many;
  many.addData("d", {makeImage("x", {5, 4, 4})});
  for (const char *name : {"in", "idx"})
    EXPECT_EQ(
        bindData(many.data(), {.sources = {folder / name}}).status().text(),
        "d.x: it has 5 channels, images that are read have 1 to 4");
  EXPECT_TRUE(bindData(many.data(), {.sources = {"random"}}).ok());
}

TEST_F(ImageSources, RefuseTheAspectOfLines) {
  write("in/a/1.png", encodePng(makePattern(400, 10, 1)));
  Result<std::vector<Dataset>> data = bind("photos=" + (folder / "in"));
  ASSERT_TRUE(data.ok());
  FileBytes values;
  Status status = take(data.take(), tables.entry(0), 1, values);
  EXPECT_EQ(status.sentence(),
            "the image is 400 x 10, to be cut anywhere it may be 32 times as "
            "long as wide; --on-bad-data skip leaves it out");
  EXPECT_EQ(status.where(), (folder / "in") + ": a/1.png");
}

TEST(Workers, DoAllOfSeveralJobsAtOnce) {
  Workers workers(3);
  std::atomic<int> sum = 0;
  std::thread other([&] {
    for (int i = 0; i < 200; ++i)
      workers.forEach(20, [&](size_t) { ++sum; });
  });
  for (int i = 0; i < 200; ++i)
    workers.forEach(20, [&](size_t) { ++sum; });
  workers.forEach(0, [&](size_t) { ++sum; });
  other.join();
  EXPECT_EQ(sum, 8000);
}
