// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/executable/Executable.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Bytes = std::vector<std::byte>;

TEST(Executable, LoadsWhatIsWell) {
  Bytes file = makeExecutable();
  Result<Executable> exe = Executable::loadBytes(file, "test.ganx");
  ASSERT_TRUE(exe.ok()) << exe.status().text();
  EXPECT_EQ(exe->tables().model()->str(), "test");
  EXPECT_EQ(exe->findEntry("train.0"), 1u);
  EXPECT_EQ(exe->findEntry("train.1"), std::nullopt);
  EXPECT_EQ(exe->findStorage("G.w"), 0u);
  EXPECT_EQ(exe->findNetwork("G"), 0u);
  std::span<const std::byte> segment = exe->segment(1);
  EXPECT_EQ(Bytes(segment.begin(), segment.end()), kernelImage());
}

TEST(Executable, KnowsElements) {
  EXPECT_EQ(elementBytes(format::ElementType::F32), 4u);
  EXPECT_EQ(elementBytes(format::ElementType::F64), 8u);
  EXPECT_EQ(elementBytes(format::ElementType::I32), 4u);
  EXPECT_EQ(elementBytes(format::ElementType::I64), 8u);
  EXPECT_EQ(elementBytes(format::ElementType::Bool), 1u);
  EXPECT_EQ(elementBytes(format::ElementType::BF16), 2u);
  EXPECT_EQ(elementName(format::ElementType::BF16), "bf16");
  EXPECT_EQ(elementName(format::ElementType::I64), "i64");
}

TEST(Executable, LoadsFilesAndTrainers) {
  ScratchFolder folder;
  Bytes file = makeExecutable();
  ASSERT_TRUE(writeFile(folder / "a.ganx", file).ok());
  EXPECT_TRUE(Executable::load(folder / "a.ganx").ok());

  Bytes trainer(format::kImageAlignment, std::byte{'r'});
  trainer.insert(trainer.end(), file.begin(), file.end());
  format::FileTrailer trailer = {};
  std::memcpy(trailer.magic, format::kTrailerMagic, sizeof(trailer.magic));
  trailer.offset = format::kImageAlignment;
  trailer.bytes = file.size();
  auto end = std::as_bytes(std::span(&trailer, 1));
  trainer.insert(trainer.end(), end.begin(), end.end());
  ASSERT_TRUE(writeFile(folder / "trainer", trainer).ok());
  Result<Executable> exe = Executable::load(folder / "trainer");
  ASSERT_TRUE(exe.ok()) << exe.status().text();
  EXPECT_EQ(exe->path(), folder / "trainer");

  trainer.pop_back();
  ASSERT_TRUE(writeFile(folder / "cut", trainer).ok());
  EXPECT_EQ(Executable::load(folder / "cut").status().code(), Code::NotFound);
  trainer.push_back(std::byte{0});
  trainer.insert(trainer.begin(), std::byte{0});
  ASSERT_TRUE(writeFile(folder / "moved", trainer).ok());
  EXPECT_NE(Executable::load(folder / "moved")
                .status()
                .sentence()
                .find("has a trailer that points at"),
            std::string::npos);
}

TEST(Executable, RefusesWhatIsNone) {
  ScratchFolder folder;
  EXPECT_EQ(Executable::load(folder / "none").status().code(), Code::NotFound);
  EXPECT_EQ(Executable::loadOwn().status().sentence(),
            "holds no compiled model");
  ASSERT_TRUE(writeFile(folder / "short", bytesOf("GANXFILE")).ok());
  EXPECT_EQ(Executable::load(folder / "short").status().text(),
            (folder / "short") + ": has 8 bytes, too few for a .ganx");
  // Of holes only: nothing of it is read.
  ASSERT_TRUE(writeFile(folder / "long", bytesOf("GANXFILE")).ok());
  std::filesystem::resize_file(folder / "long", (uint64_t{4} << 30) + 1);
  EXPECT_EQ(Executable::load(folder / "long").status().sentence(),
            "has 4294967297 bytes, too many for a .ganx");
  EXPECT_EQ(Executable::loadBytes({}, "f").status().text(),
            "f: ends inside its header");
}
