// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/container/Container.h"
#include "runtime/data/container/EntryNames.h"
#include "runtime/data/container/Openers.h"
#include "test/runtime/base/ScratchFolder.h"
#include "test/runtime/data/container/Lmdb.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Files = std::map<std::string, std::string>;

static std::string longText() {
  std::string text;
  for (int i = 0; i < 30000; ++i)
    text += std::to_string(i * i % 1009) + ",";
  return text;
}

// Two folders, a file of no bytes, long ones, names that need more than 100
// bytes or are no ASCII.
static const Files kFiles = {
    {"roses/1.jpg", "a rose"},
    {"roses/10.jpg", "another"},
    {"roses/2.jpg", ""},
    {"tulips/" + std::string(120, 'x') + ".png", longText()},
    {"tulips/gr\xc3\xbcn.png", std::string(5000, 'g')},
};

namespace {
class Containers : public ::testing::Test {
protected:
  Containers() { pack(kFiles); }
  // In every way, over what was there.
  void pack(const Files &files) {
    for (const auto &[name, text] : files)
      write("in/" + name, text);
    EXPECT_EQ(std::system(("python3 " GAN_PACK " " + (folder / "in") + " " +
                           folder.path)
                              .c_str()),
              0);
    std::filesystem::remove_all(folder / "lmdb");
    writeLmdb(folder / "lmdb", files);
  }
  void write(const std::string &name, const std::string &text) {
    std::string path = folder / name;
    EXPECT_TRUE(makeFolders(folderOf(path)).ok());
    EXPECT_TRUE(writeFile(path, bytesOf(text)).ok());
  }
  Result<std::unique_ptr<Container>> open(const std::string &name) {
    Result<ContainerKind> kind = containerKindOf(folder / name);
    if (!kind.ok())
      return kind.status();
    return openContainer(folder / name, *kind, folder.path);
  }
  std::string refusal(const std::string &name) {
    return open(name).status().sentence();
  }
  // What is read, or why not.
  Files contentOf(const std::string &name) {
    Result<std::unique_ptr<Container>> container = open(name);
    EXPECT_TRUE(container.ok()) << container.status().text();
    Files found;
    for (size_t i = 0; container.ok() && i < (*container)->names().size();
         ++i) {
      Result<FileBytes> bytes = (*container)->read(i, 1 << 20);
      found[(*container)->names()[i]] =
          bytes.ok() ? std::string(textOf(*bytes)) : bytes.status().text();
    }
    return found;
  }
  FileBytes bytesOfFile(const std::string &name) {
    Result<FileBytes> bytes = readFile(folder / name, 1 << 24);
    EXPECT_TRUE(bytes.ok());
    return bytes.ok() ? bytes.take() : FileBytes();
  }

  ScratchFolder folder;
};
} // namespace

TEST_F(Containers, HoldTheSame) {
  write("in/.hidden/1.jpg", "not seen");
  write("in/roses/.2.jpg", "not seen");
  for (const char *name :
       {"in", "stored.zip", "deflated.zip", "streamed.zip", "long.zip",
        "pax.tar", "gnu.tar", "packed.tar.gz", "packed.tar.xz",
        "packed.tar.bz2", "lmdb", "lmdb/data.mdb"})
    EXPECT_EQ(contentOf(name), kFiles) << name;
}

TEST_F(Containers, TellTheirKinds) {
  write("text", "no container at all");
  write("packed", "\x1f\x8b no gzip");
  for (const char *name : {"text", "packed"}) {
    Result<ContainerKind> kind = containerKindOf(folder / name);
    ASSERT_TRUE(kind.ok());
    EXPECT_EQ(*kind, ContainerKind::None);
  }
  EXPECT_EQ(containerKindOf(folder / "none").status().code(), Code::NotFound);
}

TEST_F(Containers, ChangeTheirFingerprint) {
  write("in2/a", "first");
  uint64_t before = (*open("in2"))->fingerprint();
  EXPECT_EQ((*open("in2"))->fingerprint(), before);
  write("in2/a", "longer");
  uint64_t after = (*open("in2"))->fingerprint();
  EXPECT_NE(after, before);
  write("in2/b", "");
  EXPECT_NE((*open("in2"))->fingerprint(), after);
  // How a zip packs does not matter. Of files that were made anew with other
  // contents of the same length, zips have other checksums, others other times.
  EXPECT_EQ((*open("stored.zip"))->fingerprint(),
            (*open("deflated.zip"))->fingerprint());
  const char *kinds[] = {"stored.zip", "pax.tar", "packed.tar.gz", "lmdb"};
  std::map<std::string, uint64_t> first;
  for (const char *rose : {"a rose", "no rose"}) {
    Files files = kFiles;
    files["roses/1.jpg"] = std::string(rose).substr(0, 6);
    pack(files);
    for (const char *kind : kinds) {
      uint64_t found = (*open(kind))->fingerprint();
      EXPECT_TRUE(first.emplace(kind, found).second || found != first[kind])
          << kind;
    }
  }
}

TEST_F(Containers, RefuseNamesThatLeadOut) {
  for (const std::string kind : {".zip", ".tar"}) {
    EXPECT_EQ(refusal("up" + kind),
              "the entry 'a/../../b' leads out of where it lies");
    EXPECT_EQ(refusal("absolute" + kind),
              "the entry '/etc/passwd' leads out of where it lies");
    EXPECT_EQ(refusal("control" + kind),
              "the entry 'a\\x0ab' has a control character in its name");
    EXPECT_EQ(refusal("twice" + kind), "it has two entries 'a'");
    EXPECT_TRUE(refusal("deep" + kind)
                    .ends_with("has a name of 4101 bytes, at most 4096 are "
                               "read"));
  }
  // Links and devices are no files, and nothing is ever written.
  EXPECT_EQ(contentOf("link.tar"), (Files{{"away/file", "content"}}));
}

TEST_F(Containers, RefuseWhatIsTooMuch) {
  Result<std::unique_ptr<Container>> zip = open("stored.zip");
  for (const char *name : {"in", "stored.zip", "pax.tar"}) {
    Result<std::unique_ptr<Container>> container = open(name);
    ASSERT_TRUE(container.ok());
    EXPECT_EQ((*container)->read(0, 5).status().code(), Code::Damaged);
  }
  EXPECT_EQ((*zip)->read(0, 5).status().text(),
            (folder / "stored.zip") +
                ": roses/1.jpg: has 6 bytes, at most 5 are read");
  std::string deep = "deep/";
  for (int i = 0; i < 34; ++i)
    deep += "a/";
  write(deep + "b", "");
  EXPECT_EQ(refusal("deep"), "there are more than 32 folders in one another");
  EntryTable<int> table("many", /*most=*/2);
  ASSERT_TRUE(table.add("x", 0).ok() && table.add("y", 0).ok());
  EXPECT_EQ(table.add("z", 0).sentence(), "it has more than 2 entries");
}

TEST_F(Containers, RefuseBombs) {
  FileBytes zeros(1 << 20);
  ASSERT_TRUE(writeFile(folder / "zeros", zeros).ok());
  std::string name = folder / "zeros";
  // Packed twice, a gigabyte becomes a few kilobytes.
  ASSERT_EQ(std::system(("cd " + folder.path +
                         " && (printf 'ustar' | dd bs=1 seek=257 of=zeros "
                         "conv=notrunc 2>/dev/null; for i in 1 2 3 4 5 6 7 8; "
                         "do cat zeros zeros zeros zeros; done) | xz > bomb.xz")
                            .c_str()),
            0);
  FileBytes bomb = bytesOfFile("bomb.xz");
  EXPECT_EQ(refusal("bomb.xz"), "it unpacks to more than 1032 times its " +
                                    std::to_string(bomb.size()) + " bytes");
}

// A hole of a gigabyte takes no room in a tar, and gets none in memory.
TEST_F(Containers, RefuseHoles) {
  ASSERT_EQ(std::system(("cd " + folder.path +
                         " && truncate -s 1G hole.png && "
                         "tar --sparse -cf hole.tar hole.png")
                            .c_str()),
            0);
  Result<std::unique_ptr<Container>> tar = open("hole.tar");
  ASSERT_TRUE(tar.ok()) << tar.status().text();
  EXPECT_EQ((*tar)->read(0, uint64_t{1} << 36).status().sentence(),
            "has 1073741824 bytes, at most " +
                std::to_string(bytesOfFile("hole.tar").size()) + " are read");
}

TEST_F(Containers, RefuseDamagedZips) {
  EXPECT_EQ(contentOf("strange.zip")["roses/1.jpg"],
            (folder / "strange.zip") +
                ": roses/1.jpg: is packed by method 12, stored and deflated "
                "entries are read");
  FileBytes whole = bytesOfFile("stored.zip");
  auto patched = [&](std::string_view from, std::string_view to,
                     size_t skip = 0) {
    std::string text(textOf(whole));
    size_t at = text.find(from, skip);
    EXPECT_NE(at, std::string::npos);
    write("patched.zip", text.replace(at, to.size(), to));
    return "patched.zip";
  };
  EXPECT_EQ(contentOf(patched("a rose", "A rose"))["roses/1.jpg"],
            (folder / "patched.zip") +
                ": roses/1.jpg: is not what its checksum says");
  using namespace std::string_view_literals;
  Files found = contentOf(patched("PK\3\4", "PK\3\5", 10));
  EXPECT_EQ(std::count_if(found.begin(), found.end(),
                          [](auto &entry) {
                            return entry.second.ends_with(
                                "has no header where the directory says so");
                          }),
            1);
  EXPECT_EQ(refusal(patched("PK\1\2", "PK\1\3")),
            "entry 0 of the directory of the zip is damaged");
  EXPECT_EQ(refusal(patched("PK\5\6", "PK\5\7")),
            "the zip has no directory: it is cut short");
  std::string text(textOf(whole));
  size_t end = text.rfind("PK\5\6");
  std::string far = text;
  far.replace(end + 16, 4, "\xff\xff\xff\x7f");
  write("far.zip", far);
  EXPECT_EQ(refusal("far.zip"), "its directory speaks of bytes behind its end");
  far = text;
  far.replace(end + 12, 4, "\xfe\xff\xff\xff");
  write("far.zip", far);
  EXPECT_EQ(refusal("far.zip"), "its directory has 4294967294 bytes, at most "
                                "2147483648 are read");
  // All entries made secret.
  std::string secret = text;
  for (size_t at = 0; (at = secret.find("PK\1\2", at)) != std::string::npos;
       ++at)
    secret[at + 8] |= 1;
  write("secret.zip", secret);
  EXPECT_TRUE(contentOf("secret.zip")["roses/1.jpg"].ends_with("is encrypted"));
  whole = bytesOfFile("long.zip");
  EXPECT_EQ(refusal(patched("PK\6\6", "PK\6\0"sv)),
            "the directory of the long zip is damaged");
  whole = bytesOfFile("deflated.zip");
  text = std::string(textOf(whole));
  size_t at = text.find("gr\xc3\xbcn.png") + 9;
  text.replace(at, 4, "\xff\xff\xff\xff");
  write("deflate.zip", text);
  EXPECT_EQ(contentOf("deflate.zip")["tulips/gr\xc3\xbcn.png"],
            (folder / "deflate.zip") +
                ": tulips/gr\xc3\xbcn.png: the deflate stream is damaged");
}

TEST_F(Containers, RefuseDamagedTars) {
  FileBytes whole = bytesOfFile("gnu.tar");
  whole.resize(1000);
  ASSERT_TRUE(writeFile(folder / "cut.tar", whole).ok());
  EXPECT_TRUE(refusal("cut.tar").starts_with("the archive is damaged: "))
      << refusal("cut.tar");
  // Cut in what does not shrink, so wherever the other files are.
  Files files = kFiles;
  std::mt19937 random;
  for (int i = 0; i < 400000; ++i)
    files["roses/big.jpg"] += static_cast<char>(random());
  pack(files);
  whole = bytesOfFile("packed.tar.gz");
  whole.resize(whole.size() / 2);
  ASSERT_TRUE(writeFile(folder / "cut.tar.gz", whole).ok());
  EXPECT_TRUE(refusal("cut.tar.gz").starts_with("the archive is damaged: "))
      << refusal("cut.tar.gz");
}

TEST_F(Containers, RefuseDamagedDatabases) {
  Files many;
  for (int i = 0; i < 500; ++i)
    many["key" + std::to_string(i)] = std::string(i % 7 ? 100 : 3000, 'v');
  writeLmdb(folder / "many", many);
  EXPECT_EQ(contentOf("many"), many);
  writeLmdb(folder / "binary", {{std::string("\0\1", 2), "value"}});
  EXPECT_EQ(contentOf("binary"), (Files{{"0001", "value"}}));
  writeLmdb(folder / "none", {});
  EXPECT_EQ(contentOf("none"), Files());

  FileBytes whole = bytesOfFile("many/data.mdb");
  auto refused = [&](size_t at, uint64_t number, size_t width) {
    FileBytes file = whole;
    for (size_t page : {size_t{0}, size_t{4096}})
      for (size_t i = 0; i < width; ++i)
        file[page + at + i] = static_cast<std::byte>(number >> 8 * i);
    EXPECT_TRUE(writeFile(folder / "bad.mdb", file).ok());
    return refusal("bad.mdb");
  };
  EXPECT_EQ(refused(20, 2, 4), "the LMDB database is damaged: its first pages "
                               "are not those of version 1");
  EXPECT_EQ(refused(40, 1000, 4),
            "the LMDB database is damaged: its pages have 1000 bytes");
  EXPECT_EQ(refused(128, 1 << 30, 8), "the LMDB database is damaged: page "
                                      "1073741824 is behind its end");
  EXPECT_EQ(refused(128, 0, 8), "the LMDB database is damaged: page 0 is "
                                "neither a branch nor a leaf");
  FileBytes cut(whole.begin(), whole.begin() + 100);
  ASSERT_TRUE(writeFile(folder / "bad.mdb", cut).ok());
  EXPECT_EQ(refusal("bad.mdb"),
            "the LMDB database is damaged: it is cut short in its first pages");
  cut.assign(whole.begin(), whole.begin() + 4 * 4096);
  ASSERT_TRUE(writeFile(folder / "bad.mdb", cut).ok());
  EXPECT_TRUE(refusal("bad.mdb").ends_with("is behind its end"))
      << refusal("bad.mdb");
  writeLmdb(folder / "twice", {{"a", "1"}}, /*isNested=*/true);
  EXPECT_EQ(refusal("twice"), "the LMDB database is damaged: it holds "
                              "databases or many values of a key, expected "
                              "one file for a key");
  // The first child of the root is the root itself.
  auto numberAt = [&](size_t at, size_t width) {
    uint64_t number = 0;
    for (size_t i = width; i-- > 0;)
      number = number << 8 | std::to_integer<uint64_t>(whole[at + i]);
    return number;
  };
  size_t meta = numberAt(152 - 8, 8) > numberAt(4096 + 144, 8) ? 0 : 4096;
  uint64_t root = numberAt(meta + 128, 8);
  size_t node = root * 4096 + numberAt(root * 4096 + 16, 2);
  FileBytes file = whole;
  for (size_t i = 0; i < 6; ++i)
    file[node + i] = static_cast<std::byte>(root >> 8 * i);
  ASSERT_TRUE(writeFile(folder / "bad.mdb", file).ok());
  std::string sentence = refusal("bad.mdb");
  EXPECT_TRUE(sentence.ends_with("its pages are linked in a circle") ||
              sentence.ends_with("is neither a branch nor a leaf"))
      << sentence;
}

// Whatever bit is wrong: refused, or read; nothing else.
TEST(ContainerBits, AreSurvived) {
  ScratchFolder folder;
  ASSERT_TRUE(makeFolders(folder / "in").ok());
  ASSERT_TRUE(writeFile(folder / "in/a", bytesOf("abc")).ok());
  ASSERT_EQ(std::system(
                ("python3 " GAN_PACK " " + (folder / "in") + " " + folder.path)
                    .c_str()),
            0);
  writeLmdb(folder / "lmdb", {{"a", "abc"}});
  for (const char *name :
       {"deflated.zip", "long.zip", "gnu.tar", "lmdb/data.mdb"}) {
    Result<FileBytes> whole = readFile(folder / name, 1 << 20);
    ASSERT_TRUE(whole.ok());
    ContainerKind kind = *containerKindOf(folder / name);
    size_t end = std::min<size_t>(whole->size(), 3 * 4096 + 64);
    for (size_t bit = 0; bit < 8 * end; bit += end > 2000 ? 61 : 1) {
      FileBytes file = *whole;
      file[bit / 8] ^= static_cast<std::byte>(1 << bit % 8);
      ASSERT_TRUE(writeFile(folder / "bad", file, Durability::Unsynced).ok());
      Result<std::unique_ptr<Container>> container =
          openContainer(folder / "bad", kind, folder.path);
      for (size_t i = 0; container.ok() && i < (*container)->names().size();
           ++i)
        (void)(*container)->read(i, 1 << 20);
    }
  }
}
