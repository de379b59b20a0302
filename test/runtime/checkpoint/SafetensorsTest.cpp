// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Safetensors.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace gan::runtime;
using gan::test::ScratchFolder;

// A file of this header and so many bytes behind it.
static std::string makeFile(const std::string &header, size_t dataBytes) {
  uint64_t length = header.size();
  std::string file(8, 0);
  std::memcpy(file.data(), &length, 8);
  return file + header + std::string(dataBytes, 'd');
}

static std::string refusal(const std::string &content) {
  ScratchFolder folder;
  std::string path = folder / "f";
  EXPECT_TRUE(writeFile(path, bytesOf(content)).ok());
  Status status = SafetensorsReader::open(path).status();
  EXPECT_TRUE(status.ok() || status.code() == Code::Damaged) << status.text();
  EXPECT_TRUE(status.ok() || status.where().starts_with(path));
  return status.ok() ? "ok" : status.sentence();
}

// One tensor `a` with these members.
static std::string one(const std::string &members) {
  return R"({"a":{)" + members + "}}";
}

TEST(Safetensors, WritesWhatItReads) {
  ScratchFolder folder;
  std::string path = folder / "w.safetensors";
  Result<SafetensorsWriter> writer = SafetensorsWriter::create(
      path, {{.name = "G.0.weight", .type = "F64", .shape = {2, 1}},
             {.name = "G.\"q\"", .type = "BOOL", .shape = {}},
             {.name = "empty", .type = "F32", .shape = {3, 0}}});
  ASSERT_TRUE(writer.ok());
  double values[2] = {1.5, -2};
  bool flag = true;
  ASSERT_TRUE(writer->append(std::as_bytes(std::span(values))).ok());
  ASSERT_TRUE(writer->append(std::as_bytes(std::span(&flag, 1))).ok());
  EXPECT_FALSE(exists(path));
  ASSERT_TRUE(writer->commit().ok());

  Result<FileBytes> bytes = readFile(path, 1000);
  uint64_t length;
  std::memcpy(&length, bytes->data(), 8);
  EXPECT_EQ(length % 8, 0u); // so that tensors are aligned
  EXPECT_TRUE(textOf(*bytes).substr(8).starts_with(
      R"({"G.0.weight":{"dtype":"F64","shape":[2,1],"data_offsets":[0,16]},)"));

  Result<SafetensorsReader> reader = SafetensorsReader::open(path);
  ASSERT_TRUE(reader.ok()) << reader.status().text();
  EXPECT_EQ(reader->tensors().size(), 3u);
  const TensorEntry *entry = reader->find("G.0.weight");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->shape, (std::vector<uint64_t>{2, 1}));
  double read[2];
  ASSERT_TRUE(
      reader->read(*entry, 0, std::as_writable_bytes(std::span(read))).ok());
  EXPECT_EQ(read[0], 1.5);
  EXPECT_EQ(read[1], -2);
  EXPECT_EQ(reader->find("G.\"q\"")->begin, 16u);
  EXPECT_EQ(reader->find("none"), nullptr);
}

TEST(Safetensors, ReadsWhatOthersWrite) {
  // Entries in any order, metadata, spaces behind the header.
  EXPECT_EQ(refusal(makeFile(
                R"({"__metadata__":{"format":"pt"},)"
                R"("b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},)"
                R"("a":{"shape":[],"dtype":"F32","data_offsets":[0,4]}}   )",
                8)),
            "ok");
  EXPECT_EQ(refusal(makeFile("{}", 0)), "ok");
}

// The table of malformed kinds.
TEST(Safetensors, RefusesBrokenHeaders) {
  EXPECT_EQ(refusal("short"), "it is too short to be a safetensors file");
  EXPECT_EQ(refusal(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10)),
            "a header of 18446744073709551615 bytes does not fit a file of 10 "
            "bytes");
  EXPECT_EQ(refusal(makeFile("{}", 0).substr(0, 9)),
            "a header of 2 bytes does not fit a file of 9 bytes");
  EXPECT_EQ(refusal(makeFile(" {}", 0)),
            "expected a header that begins with '{'");
  EXPECT_EQ(refusal(makeFile("", 4)), "expected a header that begins with '{'");
  for (const char *header : {"{", "{}x", "{\"a\":}", "{\"a\xff\":1}"})
    EXPECT_NE(refusal(makeFile(header, 0)), "ok") << header;
  EXPECT_EQ(refusal(makeFile(R"({"__metadata__":3})", 0)),
            "expected an object as '__metadata__'");
  EXPECT_EQ(refusal(makeFile(R"({"__metadata__":{"a":3}})", 0)),
            "expected a text as 'a' of '__metadata__'");
}

TEST(Safetensors, RefusesATensorNamedTwice) {
  std::string tensor =
      R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
  EXPECT_NE(refusal(makeFile("{" + tensor + "," + tensor + "}", 4)), "ok");
}

TEST(Safetensors, RefusesBrokenTensors) {
  struct Case {
    const char *members;
    const char *sentence; // null: any
  };
  for (const Case &each : std::initializer_list<Case>{
           {R"("dtype":"F32","shape":[1])",
            "expected 'dtype', 'shape' and 'data_offsets'"},
           {R"("dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1)",
            "expected 'dtype', 'shape' and 'data_offsets'"},
           {R"("dtype":"F33","shape":[1],"data_offsets":[0,4])",
            "there is no type 'F33'"},
           {R"("dtype":7,"shape":[1],"data_offsets":[0,4])", nullptr},
           {R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])", nullptr},
           {R"("dtype":"F32","shape":[1.5],"data_offsets":[0,4])", nullptr},
           {R"("dtype":"F32","shape":1,"data_offsets":[0,4])", nullptr},
           {R"("dtype":"F32","shape":[1],"data_offsets":[4,0])",
            "expected two offsets in ascending order"},
           {R"("dtype":"F32","shape":[1],"data_offsets":[0])",
            "expected two offsets in ascending order"},
           {R"("dtype":"F32","shape":[2],"data_offsets":[0,4])",
            "F32 of shape [2] does not fit its 4 bytes"},
           {R"("dtype":"F64","shape":[4294967296,4294967296],)"
            R"("data_offsets":[0,4])",
            "F64 of shape [4294967296, 4294967296] does not fit its 4 bytes"},
           {R"("dtype":"F32","shape":[1],"data_offsets":[4,8])",
            "tensor 'a' begins at byte 4, expected 0"},
           {R"("dtype":"F32","shape":[0],"data_offsets":[0,0])",
            "its tensors take 0 bytes, but the file has 4 for them"}}) {
    std::string found = refusal(makeFile(one(each.members), 4));
    if (each.sentence)
      EXPECT_EQ(found, each.sentence);
    EXPECT_NE(found, "ok") << each.members;
  }
  std::string whole = one(R"("dtype":"F32","shape":[1],"data_offsets":[0,4])");
  EXPECT_EQ(refusal(makeFile(whole, 4)), "ok");
  EXPECT_EQ(refusal(makeFile(whole, 3)),
            "its tensors take 4 bytes, but the file has 3 for them");
  EXPECT_EQ(refusal(makeFile(whole, 5)),
            "its tensors take 4 bytes, but the file has 5 for them");
}

TEST(Safetensors, RefusesOverlaps) {
  EXPECT_EQ(refusal(makeFile(
                R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                8)),
            "tensor 'b' begins at byte 4, expected 8");
}

// Whatever bit is wrong, the file is refused or read; nothing else.
TEST(Safetensors, SurvivesEveryBit) {
  ScratchFolder folder;
  std::string path = folder / "f";
  std::string whole =
      makeFile(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4);
  for (size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    std::string file = whole;
    file[bit / 8] ^= static_cast<char>(1 << bit % 8);
    ASSERT_TRUE(writeFile(path, bytesOf(file)).ok());
    Result<SafetensorsReader> reader = SafetensorsReader::open(path);
    if (!reader.ok())
      continue;
    for (const TensorEntry &entry : reader->tensors()) {
      FileBytes bytes(entry.end - entry.begin);
      EXPECT_TRUE(reader->read(entry, 0, bytes).ok());
    }
  }
}
