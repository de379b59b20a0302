// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/File.h"
#include "runtime/base/Fault.h"
#include "runtime/base/SlotFile.h"
#include "test/runtime/base/Content.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>

using namespace gan::runtime;
using gan::test::contentOf;
using gan::test::ScratchFolder;

TEST(File, WritesAndReads) {
  ScratchFolder folder;
  ASSERT_TRUE(writeFile(folder / "a", bytesOf("first")).ok());
  ASSERT_TRUE(writeFile(folder / "a", bytesOf("second")).ok());
  EXPECT_EQ(contentOf(folder / "a"), "second");
  Result<MappedFile> mapped = MappedFile::open(folder / "a");
  ASSERT_TRUE(mapped.ok());
  EXPECT_EQ(textOf(mapped->bytes()), "second");
  EXPECT_EQ(*listFolder(folder.path), std::vector<std::string>{"a"});
  ASSERT_TRUE(removeFile(folder / "a").ok());
  EXPECT_FALSE(exists(folder / "a"));
}

TEST(File, HoldsScratchWithoutAName) {
  ScratchFolder folder;
  Result<ScratchFile> scratch = ScratchFile::create(folder.path);
  ASSERT_TRUE(scratch.ok());
  ASSERT_TRUE(scratch->write(bytesOf("first")).ok());
  ASSERT_TRUE(scratch->write(bytesOf("second")).ok());
  EXPECT_TRUE(listFolder(folder.path)->empty());
  InputFile file = scratch->reopen();
  EXPECT_EQ(file.size(), 11u);
  FileBytes bytes(6);
  ASSERT_TRUE(file.readAt(4, bytes).ok());
  EXPECT_EQ(textOf(bytes), "tsecon");
  EXPECT_EQ(ScratchFile::create(folder / "none").status().sentence(),
            "cannot hold a scratch file: No such file or directory");
}

TEST(SlotFile, IsFilledInAnyOrder) {
  ScratchFolder folder;
  {
    Result<SlotFile> file = SlotFile::open(folder / "slots", 3, 8);
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->write(2, bytesOf("last")).ok());
    EXPECT_EQ(textOf(file->slot(2)).substr(0, 4), "last");
    EXPECT_EQ(file->slot(0)[0], std::byte{0});
  }
  Result<SlotFile> again = SlotFile::open(folder / "slots", 3, 8);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(textOf(again->slot(2)).substr(0, 4), "last");
  EXPECT_EQ(SlotFile::open(folder / "slots", 4, 8).status().sentence(),
            "has 24 bytes, expected 32 of slots");
  EXPECT_EQ(SlotFile::open(folder / "many", UINT64_MAX, 8).status().sentence(),
            "cannot hold so many slots");
  // Opening is four operations, writing one; whichever fails, it says so.
  const char *sentences[] = {"cannot be opened", "cannot be examined",
                             "cannot be made longer", "cannot be mapped",
                             "cannot be written"};
  for (uint64_t at = 0; at < 5; ++at) {
    injectFault({.kind = FaultKind::Io, .at = at, .sticky = false});
    Result<SlotFile> file = SlotFile::open(folder / "slots", 3, 8);
    Status status =
        file.ok() ? file->write(0, bytesOf("first")) : file.status();
    clearFault();
    EXPECT_TRUE(status.sentence().starts_with(sentences[at])) << status.text();
  }
}

TEST(File, TellsWhatAPathIs) {
  ScratchFolder folder;
  ASSERT_TRUE(writeFile(folder / "a", bytesOf("first")).ok());
  Result<FileStamp> stamp = stampOf(folder / "a");
  ASSERT_TRUE(stamp.ok());
  EXPECT_EQ(stamp->kind, FileStamp::Kind::File);
  EXPECT_EQ(stamp->bytes, 5u);
  EXPECT_GT(stamp->changed, 0u);
  EXPECT_EQ(stampOf(folder.path)->kind, FileStamp::Kind::Folder);
  EXPECT_EQ(stampOf("/dev/null")->kind, FileStamp::Kind::Other);
  EXPECT_EQ(stampOf(folder / "none").status().sentence(),
            "cannot be examined: No such file or directory");
}

TEST(File, MapsAnEmptyFile) {
  ScratchFolder folder;
  ASSERT_TRUE(writeFile(folder / "a", {}).ok());
  Result<MappedFile> mapped = MappedFile::open(folder / "a");
  ASSERT_TRUE(mapped.ok());
  EXPECT_TRUE(mapped->bytes().empty());
}

TEST(File, RefusesToRead) {
  ScratchFolder folder;
  Result<FileBytes> missing = readFile(folder / "none", 10);
  EXPECT_EQ(missing.status().code(), Code::NotFound);
  EXPECT_EQ(missing.status().text(),
            (folder / "none") +
                ": cannot be opened: No such file or directory");
  EXPECT_EQ(readFile(folder.path, 10).status().sentence(),
            "is not a regular file");
  EXPECT_EQ(MappedFile::open(folder.path).status().sentence(),
            "is not a regular file");
  ASSERT_TRUE(writeFile(folder / "a", bytesOf("12345")).ok());
  EXPECT_EQ(readFile(folder / "a", 4).status().sentence(),
            "has 5 bytes, at most 4 are expected");
  Result<InputFile> file = InputFile::open(folder / "a");
  ASSERT_TRUE(file.ok());
  FileBytes bytes(4);
  EXPECT_EQ(file->readAt(2, bytes).sentence(),
            "ends at byte 5, 1 bytes too early");
}

TEST(File, AppendsLines) {
  ScratchFolder folder;
  for (const char *line : {"one", "two"}) {
    Result<LineFile> file = LineFile::open(folder / "log");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->append(line).ok());
  }
  EXPECT_EQ(contentOf(folder / "log"), "one\ntwo\n");
}

TEST(File, MakesFolders) {
  ScratchFolder folder;
  ASSERT_TRUE(makeFolders(folder / "a/b/c").ok());
  ASSERT_TRUE(makeFolders(folder / "a/b/c").ok());
  EXPECT_TRUE(exists(folder / "a/b/c"));
  EXPECT_FALSE(makeNewFolder(folder / "a").ok());
  ASSERT_TRUE(makeNewFolder(folder / "d").ok());
  ASSERT_TRUE(writeFile(folder / "file", {}).ok());
  EXPECT_EQ(makeFolders(folder / "file/x").sentence(),
            "cannot be made: Not a directory");
  EXPECT_EQ(*listFolder(folder.path),
            (std::vector<std::string>{"a", "d", "file"}));
  EXPECT_EQ(listFolder(folder / "none").status().code(), Code::NotFound);
}

static void writeUnderFaults(FaultKind kind, Durability durability) {
  ScratchFolder folder;
  ASSERT_TRUE(writeFile(folder / "a", bytesOf("old")).ok());
  bool done = false;
  for (uint64_t at = 0; !done; ++at) {
    ASSERT_LT(at, 20u);
    injectFault({.kind = kind, .at = at});
    Status status = writeFile(folder / "a", bytesOf("newer"), durability);
    done = fileOperations() <= at;
    clearFault();
    EXPECT_EQ(listFolder(folder.path)->size(), 1u);
    std::string content = contentOf(folder / "a");
    if (status.ok())
      EXPECT_EQ(content, "newer");
    else
      // The folder's sync comes after the rename: then the new one stands.
      EXPECT_TRUE(content == "old" || content == "newer") << content;
    EXPECT_EQ(done, status.ok());
    ASSERT_TRUE(writeFile(folder / "a", bytesOf("old")).ok());
  }
}

// Whichever operation fails, and however: the old file stands, or the new one;
// nothing lies beside it; and success is reported exactly for the new one.
TEST(File, LeavesOldOrNewUnderFaults) {
  for (FaultKind kind :
       {FaultKind::NoSpace, FaultKind::Io, FaultKind::ShortWrite})
    for (Durability durability : {Durability::Synced, Durability::Unsynced})
      writeUnderFaults(kind, durability);
}

TEST(File, KnowsFolders) {
  ScratchFolder folder;
  ASSERT_TRUE(writeFile(folder / "a", {}).ok());
  EXPECT_TRUE(isFolder(folder.path));
  EXPECT_FALSE(isFolder(folder / "a"));
}

TEST(File, ReportsAFullDisk) {
  ScratchFolder folder;
  injectFault({.kind = FaultKind::ShortWrite, .at = 1});
  Status status = writeFile(folder / "a", bytesOf("content"));
  clearFault();
  EXPECT_EQ(status.code(), Code::NoSpace);
  EXPECT_EQ(status.sentence(), "cannot be written: No space left on device");
  EXPECT_FALSE(exists(folder / "a"));
}

// What is said of `work` when its operations fail, each in its turn.
static std::set<std::string> failuresOf(const std::function<Status()> &work) {
  std::set<std::string> sentences;
  for (uint64_t at = 0;; ++at) {
    injectFault({.kind = FaultKind::Io, .at = at});
    Status status = work();
    bool done = fileOperations() <= at;
    clearFault();
    if (done)
      return sentences;
    sentences.insert(status.sentence());
  }
}

TEST(File, SaysWhatFailed) {
  ScratchFolder folder;
  std::string path = folder / "a", error = ": Input/output error";
  auto say = [&](std::initializer_list<const char *> doings) {
    std::set<std::string> sentences;
    for (const char *doing : doings)
      sentences.insert(doing + error);
    return sentences;
  };
  EXPECT_EQ(failuresOf([&] { return writeFile(path, bytesOf("1")); }),
            say({"cannot be created", "cannot be written", "cannot be synced",
                 "cannot be renamed", "cannot be opened"}));
  EXPECT_EQ(failuresOf([&] { return readFile(path, 10).status(); }),
            say({"cannot be opened", "cannot be examined", "cannot be read"}));
  EXPECT_EQ(
      failuresOf([&] { return MappedFile::open(path).status(); }),
      say({"cannot be opened", "cannot be examined", "cannot be mapped"}));
  EXPECT_EQ(failuresOf([&] { return listFolder(folder.path).status(); }),
            say({"cannot be listed"}));
  EXPECT_EQ(failuresOf([&] { return removeFile(path); }),
            say({"cannot be removed"}));
}

TEST(Fault, ReadsItsText) {
  Result<Fault> fault = parseFault("short:12+");
  ASSERT_TRUE(fault.ok());
  EXPECT_EQ(fault->kind, FaultKind::ShortWrite);
  EXPECT_EQ(fault->at, 12u);
  EXPECT_TRUE(fault->sticky);
  EXPECT_FALSE(parseFault("io:1")->sticky);
  for (const char *wrong : {"", "io", "io:", "io:x", "io:1x", "disk:1", "io:+"})
    EXPECT_EQ(parseFault(wrong).status().sentence(),
              "'" + std::string(wrong) +
                  "' is not a fault such as nospace:7, io:0 or short:3+");
}

TEST(Folder, IsRemovedWithItsFiles) {
  ScratchFolder folder;
  std::string path = folder / "a";
  ASSERT_TRUE(makeFolders(path + "/b").ok());
  ASSERT_TRUE(writeFile(path + "/file", {}).ok());
  EXPECT_EQ(removeFolder(path).sentence(), "cannot be removed: Is a directory");
  ASSERT_TRUE(removeFolder(path + "/b").ok());
  ASSERT_TRUE(removeFolder(path).ok());
  EXPECT_FALSE(exists(path));
  EXPECT_EQ(removeFolder(path).code(), Code::NotFound);
}

TEST(Names, MoveAndDouble) {
  ScratchFolder folder;
  std::string a = folder / "a", b = folder / "b", c = folder / "c";
  ASSERT_TRUE(writeFile(a, bytesOf("one")).ok());
  ASSERT_TRUE(writeFile(b, bytesOf("two")).ok());
  ASSERT_TRUE(linkFile(a, b).ok()); // in place of what stood there
  EXPECT_TRUE(std::filesystem::equivalent(a, b));
  ASSERT_TRUE(linkFile(a, b).ok()); // again
  ASSERT_TRUE(renamePath(a, c).ok());
  EXPECT_EQ(*listFolder(folder.path), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(textOf(*readFile(c, 10)), "one");
  EXPECT_EQ(renamePath(a, c).code(), Code::NotFound);

  injectFault({.kind = FaultKind::Io});
  Status failed = linkFile(c, a);
  clearFault();
  EXPECT_EQ(failed.sentence(),
            "cannot be given a second name: Input/output error");
  // No disk gives a folder two names.
  EXPECT_EQ(linkFile(folder.path, a).sentence(),
            "cannot have a second name there");
  EXPECT_EQ(listFolder(folder.path)->size(), 2u);
}

TEST(FileLock, IsHeldByOne) {
  ScratchFolder folder;
  std::string path = folder / "lock";
  {
    Result<FileLock> first = FileLock::take(path);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(FileLock::take(path).status().text(),
              path + ": another process is at work here");
  }
  EXPECT_TRUE(FileLock::take(path).ok());
  injectFault({.kind = FaultKind::Io, .at = 1});
  Status failed = FileLock::take(path).status();
  clearFault();
  EXPECT_EQ(failed.sentence(), "cannot be locked: Input/output error");
  EXPECT_EQ(FileLock::take(folder / "none/lock").status().code(),
            Code::NotFound);
}

TEST(File, KnowsHowMuchIsFree) {
  ScratchFolder folder;
  EXPECT_GT(*freeBytes(folder.path), 0u);
  EXPECT_EQ(freeBytes(folder / "none").status().sentence(),
            "cannot be asked for its free space: No such file or directory");
}
