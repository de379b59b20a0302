// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which files samples become, and what stands in them.
#include "runtime/report/Samples.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/Tables.h"

#include <gtest/gtest.h>

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
            "expected a name that ends in .png, .csv, .webp or .gif");
  EXPECT_TRUE(listFolder(folder.path)->empty());
  EXPECT_TRUE(writeSamplesTo(folder / "a.csv", triples, {}).ok());
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
