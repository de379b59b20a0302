// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Storage.h"
#include "runtime/base/Fault.h"
#include "runtime/checkpoint/Layout.h"
#include "runtime/checkpoint/Safetensors.h"
#include "test/runtime/checkpoint/TestGame.h"

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

using Values = std::vector<float>;

TEST(Layout, PutsMemoryIntoTheOrderOfTheFile) {
  // Memory is channels-last: axis k there is axis layout[k] of [O, I, H, W].
  Layout order{.shape = {2, 3, 1, 2}, .layout = {2, 3, 1, 0}};
  std::vector<int32_t> memory(12), file(12), back(12);
  std::iota(memory.begin(), memory.end(), 0);
  // In pieces, as tensors pass through files.
  for (size_t first : {0, 5, 10})
    memoryToFile(order, 4, first, std::as_bytes(std::span(memory)),
                 std::as_writable_bytes(std::span(file).subspan(
                     first, std::min<size_t>(5, 12 - first))));
  for (int o = 0; o < 2; ++o)
    for (int i = 0; i < 3; ++i)
      for (int w = 0; w < 2; ++w)
        EXPECT_EQ(file[(o * 3 + i) * 2 + w], memory[(w * 3 + i) * 2 + o]);
  for (size_t first : {0, 7})
    fileToMemory(order, 4, first,
                 std::as_bytes(std::span(file).subspan(
                     first, std::min<size_t>(7, 12 - first))),
                 std::as_writable_bytes(std::span(back)));
  EXPECT_EQ(back, memory);
}

TEST(Layout, KnowsSingleNumbers) {
  int64_t memory = 7, file = 0;
  memoryToFile({}, 8, 0, std::as_bytes(std::span(&memory, 1)),
               std::as_writable_bytes(std::span(&file, 1)));
  EXPECT_EQ(file, 7);
}

namespace {
class Storage : public TestGame {
protected:
  // Loads a file of one tensor of this type and shape.
  Status loadOne(const std::string &name, const std::string &type,
                 std::vector<uint64_t> shape) {
    FileBytes bytes(*safetensorsBytes(type));
    for (uint64_t size : shape)
      bytes.resize(bytes.size() * size);
    std::string path = folder / "one.safetensors";
    Result<SafetensorsWriter> writer = SafetensorsWriter::create(
        path, {{.name = name, .type = type, .shape = shape}});
    EXPECT_TRUE(writer->append(bytes).ok() && writer->commit().ok());
    return loadStorage(*exe, *device, path);
  }
};
} // namespace

TEST_F(Storage, SavesAndLoads) {
  fill(W, 1);
  fill(K, 5000);
  Values w = valuesOf(W), k = valuesOf(K);
  ASSERT_TRUE(saveStorage(*exe, *device, folder.path).ok());
  EXPECT_EQ(*listFolder(folder.path),
            (std::vector<std::string>{kOptimizerFile, kWeightsFile}));
  Result<SafetensorsReader> reader =
      SafetensorsReader::open(folder / kWeightsFile);
  ASSERT_TRUE(reader.ok());
  ASSERT_EQ(reader->tensors().size(), 1u);
  const TensorEntry &entry = reader->tensors()[0];
  EXPECT_EQ(entry.name, "G.w");
  EXPECT_EQ(entry.shape, (std::vector<uint64_t>{64, 32}));
  Values inFile(kElements);
  ASSERT_TRUE(
      reader->read(entry, 0, std::as_writable_bytes(std::span(inFile))).ok());
  EXPECT_EQ(inFile[1 * 32 + 2], w[2 * 64 + 1]); // layout [1, 0]

  fill(W, -7);
  fill(K, -9);
  ASSERT_TRUE(loadStorage(*exe, *device, folder / kWeightsFile).ok());
  EXPECT_EQ(valuesOf(W), w);
  EXPECT_EQ(valuesOf(K)[0], -9); // not in the file: as it was
}

TEST_F(Storage, RestoresAllOrNothing) {
  fill(W, 1);
  fill(K, 5000);
  Values w = valuesOf(W), k = valuesOf(K);
  ASSERT_TRUE(saveStorage(*exe, *device, folder.path).ok());
  fill(W, -7);
  fill(K, -9);
  ASSERT_TRUE(restoreStorage(*exe, *device, folder.path).ok());
  EXPECT_EQ(valuesOf(W), w);
  EXPECT_EQ(valuesOf(K), k);

  fill(W, -7);
  fill(K, -9);
  std::filesystem::copy_file(folder / kWeightsFile, folder / kOptimizerFile,
                             std::filesystem::copy_options::overwrite_existing);
  Status refused = restoreStorage(*exe, *device, folder.path);
  EXPECT_EQ(refused.code(), Code::Mismatch);
  EXPECT_EQ(refused.sentence(), "2 tensors are not those of the model:\n"
                                "  tensor  in the file   in the model\n"
                                "  adam.m  -             F32 [32, 64]\n"
                                "  G.w     F32 [64, 32]  -");
  EXPECT_EQ(valuesOf(W)[0], -7);
  EXPECT_EQ(valuesOf(K)[0], -9);
}

TEST_F(Storage, RoundsDoubles) {
  std::string path = folder / "double.safetensors";
  Result<SafetensorsWriter> writer = SafetensorsWriter::create(
      path, {{.name = "G.w", .type = "F64", .shape = {64, 32}}});
  std::vector<double> values(kElements, 0.1);
  ASSERT_TRUE(writer->append(std::as_bytes(std::span(values))).ok());
  ASSERT_TRUE(writer->commit().ok());
  ASSERT_TRUE(loadStorage(*exe, *device, path).ok());
  EXPECT_EQ(valuesOf(W), Values(kElements, 0.1f));
}

TEST_F(Storage, RefusesWhatDoesNotFit) {
  fill(W, 1);
  Values before = valuesOf(W);
  EXPECT_EQ(loadOne("G.w", "F32", {32, 64}).sentence(),
            "'G.w' has shape [32, 64], but the model's has [64, 32]");
  EXPECT_EQ(loadOne("G.w", "I32", {64, 32}).sentence(),
            "'G.w' is I32, but the model's is F32");
  EXPECT_EQ(loadOne("G.v", "F32", {64, 32}).sentence(),
            "2 tensors are not those of the model:\n"
            "  tensor  in the file   in the model\n"
            "  G.w     -             F32 [64, 32]\n"
            "  G.v     F32 [64, 32]  -");
  EXPECT_EQ(loadOne("adam.m", "F32", {32, 64}).sentence(),
            "'G.w' of shape [64, 32] is missing");
  // Two tensors, one of which the model does not have.
  std::string path = folder / "two.safetensors";
  Result<SafetensorsWriter> writer = SafetensorsWriter::create(
      path, {{.name = "G.w", .type = "F32", .shape = {64, 32}},
             {.name = "D.w", .type = "F32", .shape = {0}}});
  FileBytes bytes(4 * kElements);
  ASSERT_TRUE(writer->append(bytes).ok() && writer->commit().ok());
  EXPECT_EQ(loadStorage(*exe, *device, path).text(),
            path + ": the model has no 'D.w' (of shape [0])");
  EXPECT_EQ(loadStorage(*exe, *device, folder / "none").code(), Code::NotFound);
  EXPECT_EQ(valuesOf(W), before);
}

// Who computes outputs alone passes over what they do not need.
TEST_F(Storage, TakesWhatIsNeeded) {
  std::string path = folder / "two.safetensors";
  Result<SafetensorsWriter> writer = SafetensorsWriter::create(
      path, {{.name = "G.w", .type = "F32", .shape = {64, 32}},
             {.name = "D.w", .type = "F32", .shape = {0}}});
  Values values(kElements, 3);
  ASSERT_TRUE(writer->append(std::as_bytes(std::span(values))).ok());
  ASSERT_TRUE(writer->commit().ok());
  ASSERT_TRUE(loadNeeded(*exe, *device, path).ok());
  EXPECT_EQ(valuesOf(W), values);
  Result<SafetensorsWriter> another = SafetensorsWriter::create(
      path, {{.name = "D.w", .type = "F32", .shape = {0}}});
  ASSERT_TRUE(another->commit().ok());
  EXPECT_EQ(loadNeeded(*exe, *device, path).sentence(),
            "'G.w' of shape [64, 32] is missing");
}

TEST_F(Storage, BeginsWithWhatTheFileBringsAlong) {
  EXPECT_EQ(loadValues(*exe, *device).text(),
            "test: was built without weights; name a file of them");
  format::ExecutableT tables;
  exe->tables().UnPackTo(&tables);
  std::vector<std::vector<std::byte>> segments = {kernelImage(), kernelImage()};
  for (size_t i = 0; i < tables.storage.size(); ++i) {
    tables.storage[i]->value = segments.size();
    Values values(kElements, 5 + i);
    auto bytes = std::as_bytes(std::span(values));
    segments.emplace_back(bytes.begin(), bytes.end());
  }
  Result<Executable> loaded =
      Executable::loadBytes(assemble(std::move(tables), segments), "test");
  ASSERT_TRUE(loaded.ok()) << loaded.status().text();
  ASSERT_TRUE(loadValues(*loaded, *device).ok());
  EXPECT_EQ(valuesOf(W), Values(kElements, 5));
  EXPECT_EQ(valuesOf(K), Values(kElements, 6));
}

TEST_F(Storage, TellsOfAsManyTensorsAsAScreenHolds) {
  std::string path = folder / "many.safetensors";
  std::vector<TensorEntry> entries;
  for (int i = 0; i < 50; ++i)
    entries.push_back(
        {.name = "E." + std::to_string(i), .type = "F32", .shape = {0}});
  Result<SafetensorsWriter> writer = SafetensorsWriter::create(path, entries);
  ASSERT_TRUE(writer.ok() && writer->commit().ok());
  std::string text = loadStorage(*exe, *device, path).sentence();
  EXPECT_TRUE(text.starts_with("51 tensors are not those of the model:\n"))
      << text;
  EXPECT_TRUE(text.ends_with("\n  and 11 more")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 42);
}

// Whichever operation on files fails, and however: each file is the old one or
// the new one, whole.
TEST_F(Storage, LeavesOldOrNewUnderFaults) {
  fill(W, 1);
  Values old = valuesOf(W);
  ASSERT_TRUE(saveStorage(*exe, *device, folder.path).ok());
  for (FaultKind kind :
       {FaultKind::NoSpace, FaultKind::Io, FaultKind::ShortWrite}) {
    bool done = false;
    for (uint64_t at = 0; !done; ++at) {
      ASSERT_LT(at, 60u);
      fill(W, 2);
      Values young = valuesOf(W);
      injectFault({.kind = kind, .at = at, .sticky = at % 2 == 1});
      Status status = saveStorage(*exe, *device, folder.path);
      done = fileOperations() <= at;
      clearFault();
      EXPECT_EQ(status.ok(), done);
      EXPECT_EQ(listFolder(folder.path)->size(), 2u);
      EXPECT_TRUE(SafetensorsReader::open(folder / kOptimizerFile).ok());
      ASSERT_TRUE(loadStorage(*exe, *device, folder / kWeightsFile).ok());
      Values found = valuesOf(W);
      EXPECT_TRUE(found == young || (!status.ok() && found == old));
      if (found == old)
        continue;
      fill(W, 1);
      ASSERT_TRUE(saveStorage(*exe, *device, folder.path).ok());
    }
  }
}
