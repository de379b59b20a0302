// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Sources.h"
#include "runtime/data/array/ArrayFile.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <map>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static std::string npyFile(const std::string &header,
                           const std::string &content) {
  std::string file("\x93NUMPY\1\0", 8);
  file += static_cast<char>(header.size() & 255);
  file += static_cast<char>(header.size() >> 8);
  return file + header + content;
}

static std::string npyOf(const std::string &type, const std::string &sizes,
                         const std::string &content) {
  return npyFile("{'descr': '" + type +
                     "', 'fortran_order': False, 'shape': (" + sizes + "), }\n",
                 content);
}

template <typename T> static std::string packed(std::vector<T> numbers) {
  return {reinterpret_cast<const char *>(numbers.data()),
          numbers.size() * sizeof(T)};
}

namespace {
// Data `points` with a vector of 2 and a label of 3 classes, `photos` with an
// image and a label.
class ArraySources : public ::testing::Test {
protected:
  ArraySources() {
    format::DataFieldT label = makeField("y", "label", {});
    label.classes = 3;
    format::DataFieldT many = makeField("fine", "label", {});
    many.classes = 100;
    tables.addData("points", {makeField("v", "vector", {2}), label});
    tables.addData("photos", {makeImage("x", {3, 32, 32}), many});
  }
  std::string write(const std::string &name, const std::string &text) {
    EXPECT_TRUE(writeFile(folder / name, bytesOf(text)).ok());
    return folder / name;
  }
  Result<std::vector<Dataset>> bind(std::vector<std::string> sources) {
    bool isPhotos = sources[0].starts_with("photos");
    sources.push_back(isPhotos ? "points=random" : "photos=random");
    return bindData(tables.data(), {.sources = sources, .threads = 1});
  }
  std::string refusal(const std::vector<std::string> &sources) {
    return bind(sources).status().sentence();
  }
  template <typename T>
  static std::vector<T> read(const Dataset &data, size_t field,
                             std::vector<uint64_t> records, size_t perSample) {
    std::vector<T> values(records.size() * perSample);
    Status status = data.fields[field]->read(
        {0, 0, records}, std::as_writable_bytes(std::span(values)));
    EXPECT_TRUE(status.ok()) << status.text();
    return values;
  }
  ScratchFolder folder;
  Tables tables;
};
} // namespace

TEST_F(ArraySources, ReadNpy) {
  std::string vectors =
      write("v.npy", npyOf("<f8", "3, 2", packed<double>({1, 2, 3, 4, 5, 6})));
  struct Labels {
    const char *type;
    std::string content;
  };
  for (const Labels &labels : {Labels{"<i8", packed<int64_t>({2, 0, 1})},
                               Labels{"<i4", packed<int32_t>({2, 0, 1})},
                               Labels{"<i2", packed<int16_t>({2, 0, 1})},
                               Labels{"|i1", packed<int8_t>({2, 0, 1})},
                               Labels{"|u1", packed<uint8_t>({2, 0, 1})},
                               Labels{"<u2", packed<uint16_t>({2, 0, 1})},
                               Labels{"<u4", packed<uint32_t>({2, 0, 1})},
                               Labels{"<f4", packed<float>({2, 0, 1})}}) {
    std::string path = write("y.npy", npyOf(labels.type, "3,", labels.content));
    Result<std::vector<Dataset>> data =
        bind({"points.v=" + vectors, "points.y=" + path});
    ASSERT_TRUE(data.ok()) << data.status().text();
    EXPECT_EQ((*data)[0].records, 3u);
    EXPECT_EQ(read<float>((*data)[0], 0, {2, 0}, 2),
              (std::vector<float>{5, 6, 1, 2}));
    EXPECT_EQ(read<int32_t>((*data)[0], 1, {0, 1, 2}, 1),
              (std::vector<int32_t>{2, 0, 1}));
  }
}

TEST_F(ArraySources, ReadImagesOfNpyChannelsLastOrFirst) {
  std::string last, first;
  for (int i = 0; i < 1024; ++i)
    for (int c = 0; c < 3; ++c)
      last += static_cast<char>(i + 50 * c);
  for (int c = 0; c < 3; ++c)
    for (int i = 0; i < 1024; ++i)
      first += static_cast<char>(i + 50 * c);
  std::string labels = write("y.npy", npyOf("|u1", "1,", "\7"));
  std::vector<float> values[2];
  for (int isFirst : {0, 1}) {
    std::string path =
        write("x.npy", isFirst ? npyOf("|u1", "1, 3, 32, 32", first)
                               : npyOf("|u1", "1, 32, 32, 3", last));
    Result<std::vector<Dataset>> data =
        bind({"photos.x=" + path, "photos.fine=" + labels});
    ASSERT_TRUE(data.ok()) << data.status().text();
    values[isFirst] = read<float>((*data)[1], 0, {0}, 3072);
  }
  EXPECT_EQ(values[0], values[1]);
  EXPECT_EQ(values[0][1024 + 7], static_cast<float>(-1 + 2.0 * 57 / 255));
}

// Three vectors of a record: one, or the mean of two different ones, chosen
// anew for each sample and move, all equally often.
TEST_F(ArraySources, ChooseAmongTheVectorsOfARecord) {
  std::string path = write(
      "t.npy",
      npyOf("<f4", "2, 3, 2",
            packed<float>({1, 10, 2, 20, 4, 40, 8, 80, 16, 160, 32, 320})));
  auto countValues = [&](uint64_t mean, uint64_t seed) {
    Tables texts;
    format::DataFieldT field = makeField("t", "vector", {2});
    field.of = 3;
    field.mean = mean;
    texts.addData("birds", {field});
    Result<std::vector<Dataset>> data =
        bindData(texts.data(), {.sources = {path}, .threads = 1});
    EXPECT_TRUE(data.ok()) << data.status().text();
    std::map<float, int> counts;
    std::vector<uint64_t> records(30, 0);
    for (uint64_t move = 0; move < 100; ++move) {
      std::vector<float> values(60);
      EXPECT_TRUE((*data)[0]
                      .fields[0]
                      ->read({seed, move, records},
                             std::as_writable_bytes(std::span(values)))
                      .ok());
      for (size_t s = 0; s < 30; ++s) {
        EXPECT_FLOAT_EQ(values[2 * s + 1], 10 * values[2 * s]);
        ++counts[values[2 * s]];
      }
      // The rest of a batch that another rank began.
      std::vector<float> part(20);
      BatchRequest request{seed, move, std::span(records).first(10)};
      request.batch = 30;
      request.first = 20;
      EXPECT_TRUE((*data)[0]
                      .fields[0]
                      ->read(request, std::as_writable_bytes(std::span(part)))
                      .ok());
      EXPECT_TRUE(std::equal(part.begin(), part.end(), values.begin() + 40));
    }
    return counts;
  };
  using Counts = std::map<float, int>;
  for (auto [mean, expected] :
       {std::pair<uint64_t, std::vector<float>>(0, {1, 2, 4}),
        std::pair<uint64_t, std::vector<float>>(2, {1.5, 2.5, 3})}) {
    Counts counts = countValues(mean, /*seed=*/5);
    ASSERT_EQ(counts.size(), 3u);
    for (float value : expected)
      EXPECT_NEAR(counts[value], 1000, 110) << value;
    EXPECT_EQ(counts, countValues(mean, 5));
    EXPECT_NE(counts, countValues(mean, 6));
  }
  EXPECT_EQ(countValues(3, 5), (Counts{{static_cast<float>(7.0 / 3), 3000}}));

  Tables pairs;
  format::DataFieldT two = makeField("t", "vector", {2});
  two.of = 2;
  pairs.addData("birds", {two});
  EXPECT_EQ(bindData(pairs.data(), {.sources = {path}, .threads = 1})
                .status()
                .sentence(),
            "'birds.t' takes 2 vectors of 2 numbers a record, but the file "
            "holds 2 x 3 x 2");
}

// NumPy's own zip, made by Python.
TEST_F(ArraySources, ReadNpzByTheNamesOfFields) {
  write("v.npy", npyOf("<f4", "2, 2", packed<float>({1, 2, 3, 4})));
  write("y.npy", npyOf("<i8", "2,", packed<int64_t>({1, 0})));
  write("z.npy", npyOf("<i8", "2,", packed<int64_t>({1, 0})));
  auto zip = [&](const std::string &files, const std::string &to) {
    EXPECT_EQ(std::system(("cd " + folder.path + " && python3 -m zipfile -c " +
                           to + " " + files)
                              .c_str()),
              0);
    return "points=" + (folder / to);
  };
  Result<std::vector<Dataset>> data = bind({zip("v.npy y.npy", "a.npz")});
  ASSERT_TRUE(data.ok()) << data.status().text();
  EXPECT_EQ(read<float>((*data)[0], 0, {1}, 2), (std::vector<float>{3, 4}));
  EXPECT_EQ(read<int32_t>((*data)[0], 1, {0, 1}, 1),
            (std::vector<int32_t>{1, 0}));
  EXPECT_EQ(refusal({zip("v.npy z.npy", "b.npz")}),
            "it has no array for 'points.y', it has 'v', 'z'");
}

TEST_F(ArraySources, RefuseNpy) {
  auto refused = [](const std::string &file) {
    return parseNpy(bytesOf(file), "file").status().sentence();
  };
  EXPECT_EQ(refused("\x93NUMPY"), "this is no .npy file of version 1, 2 or 3");
  EXPECT_EQ(refused(std::string("\x93NUMPY\4\0\0\0\0\0\0", 13)),
            "this is no .npy file of version 1, 2 or 3");
  const char *damaged = "the header of the .npy file is damaged";
  for (const char *header :
       {"{}", "{'descr': '|u1', 'fortran_order': False}",
        "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': "
        "(1,)}",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + x",
        "{'descr': '|u1', 'fortran_order': False, 'shape': "
        "(1,1,1,1,1,1,1,1,1)}",
        "{'descr': '|u1', 'fortran_order': 1, 'shape': (1,)}",
        "{'descr': '|u1"})
    EXPECT_EQ(refused(npyFile(header, "1")), damaged) << header;
  EXPECT_EQ(refused(npyFile(std::string(60000, ' '), "").substr(0, 1000)),
            damaged);
  for (const char *type : {"|O", ">f8", "<c16", "|S8"})
    EXPECT_EQ(refused(npyOf(type, "1,", "12345678")),
              "its elements are of type '" + std::string(type) +
                  "', numbers of up to 8 bytes are read");
  const char *order = "it is not an array of records in C order";
  EXPECT_EQ(refused(npyOf("|u1", "", "1")), order);
  EXPECT_EQ(refused(npyFile("{'descr': '|u1', 'fortran_order': True, 'shape': "
                            "(1, 1)}",
                            "1")),
            order);
  EXPECT_EQ(refused(npyOf("<f4", "2, 3", "1234")),
            "its header speaks of 2 x 3 numbers of 4 bytes, but the file holds "
            "4 bytes of them");
  EXPECT_EQ(refused(npyOf("<f8", "4294967296, 4294967296, 4294967296", "")),
            "its header speaks of 4294967296 x 4294967296 x 4294967296 numbers "
            "of 8 bytes, but the file holds 0 bytes of them");
  std::string whole = npyOf("<f4", "2,", "12345678");
  for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string file = whole;
    file[bit / 8] = static_cast<char>(file[bit / 8] ^ 1 << bit % 8);
    Result<Array> array = parseNpy(bytesOf(file), "file");
    for (uint64_t i = 0; array.ok() && i < array->perRecord(); ++i)
      (void)array->at(array->sizes[0] - 1, i);
  }
}

TEST_F(ArraySources, ReadCifar) {
  std::string ten, hundred;
  for (int r = 0; r < 2; ++r) {
    ten += static_cast<char>(r + 3);
    hundred += {static_cast<char>(r), static_cast<char>(r + 90)};
    for (int i = 0; i < 3072; ++i) {
      ten += static_cast<char>(i / 1024 * 10 + r);
      hundred += static_cast<char>(i / 1024 * 10 + r);
    }
  }
  std::string paths[] = {write("ten.bin", ten), write("hundred.bin", hundred)};
  EXPECT_EQ(std::system(("gzip -k " + paths[0]).c_str()), 0);
  for (const std::string &path : {paths[0], paths[0] + ".gz", paths[1]}) {
    Result<std::vector<Dataset>> data = bind({"photos=" + path});
    ASSERT_TRUE(data.ok()) << data.status().text();
    EXPECT_EQ(read<int32_t>((*data)[1], 1, {0, 1}, 1),
              path == paths[1] ? (std::vector<int32_t>{90, 91})
                               : (std::vector<int32_t>{3, 4}));
    std::vector<float> image = read<float>((*data)[1], 0, {1}, 3072);
    EXPECT_EQ(image[0], static_cast<float>(-1 + 2.0 / 255));
    EXPECT_EQ(image[2048], static_cast<float>(-1 + 2.0 * 21 / 255));
  }
  // The folder that its archive unpacks to: test_batch is left out.
  ASSERT_TRUE(makeFolders(folder / "cifar").ok());
  write("cifar/data_batch_1.bin", ten);
  write("cifar/data_batch_2.bin", ten);
  write("cifar/test_batch.bin", ten);
  write("cifar/batches.meta.txt", "airplane\n");
  Result<std::vector<Dataset>> data = bind({"photos=" + (folder / "cifar")});
  ASSERT_TRUE(data.ok()) << data.status().text();
  EXPECT_EQ((*data)[1].records, 4u);
  EXPECT_EQ(refusal({"photos=" + write("short.bin", ten.substr(1))}),
            "it has 6145 bytes, which are no records of CIFAR-10 (3073 bytes) "
            "or CIFAR-100 (3074)");
}

TEST_F(ArraySources, ReadCsv) {
  for (const char *text : {"1,2,0\n3,4,2\n", "a,b,c\n1,2,0\n3,4,2",
                           "1;2;0\r\n\r\n3;4;2\r\n", " 1.0e0\t+2\t0 \n3\t4\t2",
                           "\xef\xbb\xbf"
                           "1,2,0\n3,4,2"}) {
    Result<std::vector<Dataset>> data =
        bind({"points=" + write("points.csv", text)});
    ASSERT_TRUE(data.ok()) << data.status().text();
    EXPECT_EQ(read<float>((*data)[0], 0, {0, 1}, 2),
              (std::vector<float>{1, 2, 3, 4}));
    EXPECT_EQ(read<int32_t>((*data)[0], 1, {0, 1}, 1),
              (std::vector<int32_t>{0, 2}));
  }
  auto refused = [&](const std::string &text) {
    return refusal({"points=" + write("points.csv", text)});
  };
  EXPECT_EQ(refused("1,2,0\n3,x,2"), "line 2, column 2 is no finite number");
  EXPECT_EQ(refused("1,2,0\n3,nan,2"), "line 2, column 2 is no finite number");
  EXPECT_EQ(refused("1,2,0\n3,4"),
            "line 2 has 2 numbers, but those before it have 3");
  EXPECT_EQ(refused("a,b\n"), "it holds no line of numbers");
  EXPECT_EQ(refused("1,2\n3,4"), "its lines have 2 numbers, but the fields of "
                                 "'points' take 3");
  EXPECT_EQ(refused("1,2,0.5\n"), "record 0 has label 0.5, but 'points.y' of "
                                  "the model has 3 classes");
}

TEST_F(ArraySources, RefuseImagesOfOtherNumbers) {
  std::string path =
      write("x.npy", npyOf("<f4", "1, 2, 2", std::string(16, 0)));
  EXPECT_EQ(refusal({"photos.x=" + path, "photos.fine=random"}),
            "'photos.x' takes images of unsigned bytes, but the file holds "
            "other numbers");
}
