// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which files samples become, and what stands in them.
#include "runtime/report/Samples.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

template <typename T>
static Samples makeSamples(std::vector<uint64_t> shape,
                           const std::vector<T> &values) {
  auto bytes = std::as_bytes(std::span(values));
  return {.shape = std::move(shape),
          .element = sizeof(T) == 4 ? format::ElementType::F32
                                    : format::ElementType::F64,
          .bytes = {bytes.begin(), bytes.end()}};
}

TEST(Samples, WritesValuesThatComeBack) {
  EXPECT_EQ(csvText(makeSamples<float>({2}, {0.1f, -2, 1e-30f, 3})),
            "x0,x1\n0.1,-2\n1e-30,3\n");
  EXPECT_EQ(csvText(makeSamples<double>({2}, {0.1, 1.0 / 3, 0, -0.0})),
            "x0,x1\n0.1,0.3333333333333333\n0,-0\n");
}

TEST(Samples, ChoosesFilesByShape) {
  ScratchFolder folder;
  auto names = [&](std::vector<uint64_t> shape, std::vector<float> values) {
    ScratchFolder inner;
    Result<std::string> path =
        writeSamples(inner / "s", makeSamples<float>(shape, values), {});
    EXPECT_TRUE(path.ok() && exists(*path));
    return *listFolder(inner.path);
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names({1, 1, 2}, {0, 1}), Names{"s.png"});
  EXPECT_EQ(names({2, 1, 2}, {0, 1, 0, 1}), Names{"s.csv"});
  EXPECT_EQ(names({2}, {0, 1}), (Names{"s.csv", "s.png"}));
  EXPECT_EQ(names({}, {0, 1}), Names{"s.csv"});
  Samples triples = makeSamples<float>({3}, {1, 2, 3});
  EXPECT_EQ(writeSamplesTo(folder / "a.png", triples, {}).sentence(),
            "samples of 1 axes and 3 elements make no picture: name a .csv "
            "file");
  EXPECT_EQ(writeSamplesTo(folder / "a.bmp", triples, {}).sentence(),
            "expected a name that ends in .png, .csv, .npy, .npz, .webp, .gif "
            "or, of a folder, /");
  EXPECT_EQ(writeSamplesTo(folder / "a/", triples, {}).sentence(),
            "only images are written each by itself");
  EXPECT_TRUE(listFolder(folder.path)->empty());
  EXPECT_TRUE(writeSamplesTo(folder / "a.csv", triples, {}).ok());
}

// As NumPy and the zip of Python read them.
TEST(Samples, BecomeArraysOfNumPy) {
  ScratchFolder folder;
  Samples triples = makeSamples<float>({3}, {1, 2, 3, 4, 5, 6.5});
  ASSERT_TRUE(writeSamplesTo(folder / "a.npy", triples, {}).ok());
  ASSERT_TRUE(writeSamplesTo(folder / "a.npz", triples, {}).ok());
  Result<FileBytes> npy = readFile(folder / "a.npy", 1000);
  ASSERT_TRUE(npy.ok());
  std::string text(textOf(*npy));
  ASSERT_EQ(text.size() % 64, 24u);
  EXPECT_EQ(text.substr(0, 10), std::string("\x93NUMPY\1\0\x76\0", 10));
  EXPECT_EQ(text.substr(10, 61), "{'descr': '<f4', 'fortran_order': False, "
                                 "'shape': (2, 3, ), }");
  EXPECT_EQ(
      std::memcmp(text.data() + text.size() - 24, triples.bytes.data(), 24), 0);
  // The zip is tested by Python, which unpacks the very bytes.
  EXPECT_EQ(std::system(("cd " + folder.path +
                         " && python3 -m zipfile -t a.npz > /dev/null && "
                         "python3 -m zipfile -e a.npz out && cmp "
                         "out/samples.npy a.npy")
                            .c_str()),
            0);
}

TEST(Samples, AreWrittenEachByItself) {
  ScratchFolder folder;
  ASSERT_TRUE(writeSamplesTo(folder / "all/faces/",
                             makeSamples<float>({1, 1, 2}, {0, 1, 1, 0, 1, 1}),
                             {})
                  .ok());
  EXPECT_EQ(
      *listFolder(folder / "all/faces"),
      (std::vector<std::string>{"000000.png", "000001.png", "000002.png"}));
}

TEST(Samples, AreSeenAsTheDataAre) {
  Tables tables;
  format::DataFieldT image = makeImage("x", {1, 2, 2});
  image.low = 0;
  format::DataFieldT mixture = makeField("p", "mixture", {2});
  mixture.centres = {3, 4};
  tables.addData("d", {image, mixture});
  EXPECT_EQ(viewOf(tables.data(), {1, 2, 2}).low, 0);
  EXPECT_EQ(viewOf(tables.data(), {3, 2, 2}).low, -1);
  EXPECT_EQ(viewOf(tables.data(), {2}).marks, (std::vector<double>{3, 4}));
}
