// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Mapping.h"
#include "runtime/base/File.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <filesystem>

using namespace gan::runtime;
using namespace gan::test;

TEST(Mapping, FindsTheProgramItself) {
  static const char inside = 'x';
  Result<std::string> path = mappedFileOf(&inside);
  ASSERT_TRUE(path.ok()) << path.status().text();
  EXPECT_EQ(*path, std::filesystem::canonical("/proc/self/exe"));
}

TEST(Mapping, FollowsNames) {
  ScratchFolder folder;
  std::string path = folder / "a name (deleted) with spaces";
  ASSERT_TRUE(writeFile(path, bytesOf("content")).ok());
  MappedFile file = MappedFile::open(path).take();
  EXPECT_EQ(*mappedFileOf(file.bytes().data()), path);
  std::filesystem::rename(path, folder / "another");
  EXPECT_EQ(*mappedFileOf(file.bytes().data()), folder / "another");
  std::filesystem::remove(folder / "another");
  EXPECT_EQ(mappedFileOf(file.bytes().data()).status().text(),
            (folder / "another") +
                ": was removed or replaced after it had been loaded");
}

TEST(Mapping, RefusesOtherMemory) {
  std::vector<char> memory(1 << 22);
  EXPECT_EQ(mappedFileOf(memory.data()).status().text(),
            "/proc/self/maps: no file is mapped at this address");
  EXPECT_EQ(mappedFileOf(nullptr).status().code(), Code::NotFound);
}
