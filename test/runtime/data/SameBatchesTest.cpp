// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The same pictures, however they are kept, give the same batches in the same
// order. GAN_PICTURES says how many; the whole promise is for 10,000
// (runtime_data_many, label long).
#include "runtime/data/Feed.h"
#include "runtime/data/Sources.h"
#include "runtime/data/Workers.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"
#include "test/runtime/data/container/Lmdb.h"
#include "test/runtime/data/image/TestImages.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static int countPictures() {
  const char *said = std::getenv("GAN_PICTURES");
  return said ? std::atoi(said) : 300;
}

// Big-endian, as IDX has them.
static std::string sizeBytes(uint32_t size) {
  return {static_cast<char>(size >> 24), static_cast<char>(size >> 16),
          static_cast<char>(size >> 8), static_cast<char>(size)};
}

static std::string npyOf(const std::string &sizes, const std::string &bytes) {
  std::string header =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (" + sizes + "), }\n";
  return std::string("\x93NUMPY\1\0", 8) + static_cast<char>(header.size()) +
         '\0' + header + bytes;
}

namespace {
// Data `photos` with an image and a label of three classes.
class SameBatches : public ::testing::Test {
protected:
  void describe(const format::DataFieldT &image) {
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 3;
    tables.addData("photos", {image, label});
    tables.addEntry({{"photos.x", 6, 0}, {"photos.y", 6, 0}});
  }
  void write(const std::string &name, std::string_view bytes) {
    ASSERT_TRUE(makeFolders(folderOf(folder / name)).ok());
    ASSERT_TRUE(
        writeFile(folder / name, bytesOf(bytes), Durability::Unsynced).ok());
  }
  // Into the folder `in`, and what else holds folders.
  void pack(const std::map<std::string, std::string> &files) {
    for (const auto &[name, bytes] : files)
      write("in/" + name, bytes);
    ASSERT_EQ(std::system(("python3 " GAN_PACK " " + (folder / "in") + " " +
                           folder.path)
                              .c_str()),
              0);
    writeLmdb(folder / "lmdb", files);
  }
  // An epoch and a half of batches on end.
  FileBytes batchesOf(const std::vector<std::string> &sources, size_t threads) {
    Result<std::vector<Dataset>> data = bindData(
        tables.data(),
        {.sources = sources, .threads = threads, .scratch = folder.path});
    EXPECT_TRUE(data.ok()) << data.status().text();
    FileBytes values;
    if (!data.ok())
      return values;
    Feed feed(data.take(), /*seed=*/7);
    const format::Entry &entry = tables.entry(0);
    for (int i = 0; i < countPictures() / 4; ++i) {
      std::vector<FileBytes> memory;
      for (const format::Binding *input : *entry.inputs()) {
        size_t bytes = 4;
        for (int64_t size : *input->shape())
          bytes *= size;
        memory.emplace_back(bytes);
      }
      Status status =
          feed.next(entry, i, Batches(memory.begin(), memory.end()));
      EXPECT_TRUE(status.ok()) << status.text();
      for (const FileBytes &bytes : memory)
        values.insert(values.end(), bytes.begin(), bytes.end());
    }
    return values;
  }
  void expectFromFolders(const FileBytes &expected) {
    for (const char *name : {"in", "stored.zip", "deflated.zip", "streamed.zip",
                             "long.zip", "pax.tar", "gnu.tar", "packed.tar.gz",
                             "packed.tar.xz", "packed.tar.bz2", "lmdb"})
      for (size_t threads : {1, 3})
        EXPECT_TRUE(batchesOf({folder / name}, threads) == expected)
            << name << " with " << threads << " threads";
  }

  ScratchFolder folder;
  Tables tables;
};
} // namespace

// Small pictures of all formats and of many sizes, cut and flipped at random.
TEST_F(SameBatches, ComeFromEveryContainer) {
  format::DataFieldT image = makeImage("x", {3, 8, 8});
  image.resize = 10;
  image.random_crop = true;
  image.flip = true;
  describe(image);
  std::map<std::string, std::string> files;
  for (int i = 0; i < countPictures(); ++i) {
    Picture picture = makePattern(9 + i % 7, 8 + i % 5, i % 4 == 1 ? 1 : 3);
    picture.pixels[0] = static_cast<uint8_t>(i);
    picture.pixels[1] = static_cast<uint8_t>(i >> 8);
    FileBytes bytes = i % 4 <= 1   ? encodePng(picture)
                      : i % 4 == 2 ? encodeWebp(picture)
                                   : encodeJpeg(picture, 90);
    const char *folders[] = {"roses", "tulips", "asters"};
    const char *endings[] = {"png", "png", "webp", "jpg"};
    char name[32];
    std::snprintf(name, sizeof(name), "%s/%05d.%s", folders[i % 3], i,
                  endings[i % 4]);
    files[name] = std::string(textOf(bytes));
  }
  pack(files);
  FileBytes expected = batchesOf({folder / "in"}, 1);
  EXPECT_EQ(expected.size(),
            size_t(countPictures() / 4) * 6 * (3 * 8 * 8 * 4 + 4));
  expectFromFolders(expected);
}

// Pictures of one size can be an array, too: record i is file i by name.
TEST_F(SameBatches, ComeFromArraysAndFolders) {
  describe(makeImage("x", {3, 32, 32}));
  int count = countPictures();
  std::map<std::string, std::string> files;
  std::string pixels, labels, cifar;
  for (int i = 0; i < count; ++i) {
    Picture picture = makePattern(32, 32, 3);
    picture.pixels[0] = static_cast<uint8_t>(i);
    picture.pixels[1] = static_cast<uint8_t>(i >> 8);
    char label = static_cast<char>(i * 3 / count);
    char name[32];
    std::snprintf(name, sizeof(name), "%c/%05d.png", 'a' + label, i);
    files[name] = std::string(textOf(encodePng(picture)));
    pixels.append(picture.pixels.begin(), picture.pixels.end());
    labels += label;
    cifar += label;
    for (int channel = 0; channel < 3; ++channel)
      for (int pixel = 0; pixel < 1024; ++pixel)
        cifar += static_cast<char>(picture.pixels[3 * pixel + channel]);
  }
  pack(files);
  FileBytes expected = batchesOf({folder / "in"}, 1);
  expectFromFolders(expected);

  std::string size = std::to_string(count);
  write("npz/x.npy", npyOf(size + ", 32, 32, 3", pixels));
  write("npz/y.npy", npyOf(size + ",", labels));
  write("images.idx", std::string("\0\0\x08\4", 4) + sizeBytes(count) +
                          sizeBytes(32) + sizeBytes(32) + sizeBytes(3) +
                          pixels);
  write("labels.idx", std::string("\0\0\x08\1", 4) + sizeBytes(count) + labels);
  write("data_batch_1.bin", cifar);
  ASSERT_EQ(std::system(("cd " + (folder / "npz") +
                         " && python3 -m zipfile -c ../both.npz x.npy y.npy")
                            .c_str()),
            0);
  EXPECT_TRUE(batchesOf({"photos.x=" + (folder / "npz/x.npy"),
                         "photos.y=" + (folder / "npz/y.npy")},
                        1) == expected)
      << ".npy";
  EXPECT_TRUE(batchesOf({folder / "both.npz"}, 1) == expected) << ".npz";
  EXPECT_TRUE(batchesOf({"photos.x=" + (folder / "images.idx"),
                         "photos.y=" + (folder / "labels.idx")},
                        1) == expected)
      << "IDX";
  EXPECT_TRUE(batchesOf({folder / "data_batch_1.bin"}, 1) == expected)
      << "CIFAR";
}
