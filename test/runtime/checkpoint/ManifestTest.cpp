// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Manifest.h"
#include "runtime/base/File.h"
#include "runtime/format/Hash.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

static Manifest makeManifest() {
  return {.run = {.model = "ring",
                  .source = "0123456789abcdef",
                  .flags = {"--set width=8"},
                  .compiler = "ganc 1",
                  .code = "00000000000000ff",
                  .seed = UINT64_MAX,
                  .records = {{"photos", 4317}, {"made", 0}}},
          .passes = 500,
          .phaseEnds = {12, 90},
          .files = {{"weights.safetensors", 144, "00ff00ff00ff00ff"}}};
}

TEST(Manifest, ComesBackAsItWas) {
  Manifest manifest = makeManifest();
  Result<Manifest> back = parseManifest(textOf(manifest), "m");
  ASSERT_TRUE(back.ok()) << back.status().text();
  EXPECT_EQ(textOf(*back), textOf(manifest));
  EXPECT_EQ(back->run.seed, UINT64_MAX);
  EXPECT_EQ(back->phaseEnds, manifest.phaseEnds);
  EXPECT_EQ(differenceOf(manifest.run, back->run), "");
  EXPECT_EQ(back->rollbacks, 0u);
  EXPECT_EQ(textOf(manifest).find("rollbacks"), std::string::npos);
  EXPECT_EQ(textOf(manifest).find("arithmetic"), std::string::npos);
  manifest.run.arithmetic = "cuda sm_90";
  EXPECT_EQ(parseManifest(textOf(manifest), "m")->run.arithmetic, "cuda sm_90");
  manifest.rollbacks = 3;
  EXPECT_EQ(parseManifest(textOf(manifest), "m")->rollbacks, 3u);
}

TEST(Manifest, RefusesEveryFlippedBitAndEveryCut) {
  std::string text = textOf(makeManifest());
  for (size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string damaged = text;
    damaged[bit / 8] ^= static_cast<char>(1 << bit % 8);
    EXPECT_EQ(parseManifest(damaged, "m").status().code(), Code::Damaged)
        << "bit " << bit;
  }
  for (size_t length = 0; length < text.size(); ++length)
    EXPECT_EQ(parseManifest(text.substr(0, length), "m").status().code(),
              Code::Damaged);
  EXPECT_FALSE(parseManifest(text + "\n", "m").ok());
}

// A text with the right hash that is no manifest all the same.
TEST(Manifest, RefusesWhatIsNoManifest) {
  std::string text = textOf(makeManifest());
  auto sayOf = [&](const std::string &what, const std::string &instead) {
    std::string line = text.substr(0, text.find('\n'));
    line.replace(line.find(what), what.size(), instead);
    char hash[17];
    std::snprintf(hash, sizeof(hash), "%016llx",
                  static_cast<unsigned long long>(
                      format::hashBytes(line.data(), line.size())));
    return parseManifest(line + "\n" + hash + "\n", "m").status().text();
  };
  EXPECT_EQ(parseManifest("{}\n0\n", "m").status().text(),
            "m: has another hash than it says");
  EXPECT_EQ(sayOf("\"form\":1", "\"form\":2"),
            "m: has form 2, this program reads 1");
  EXPECT_EQ(sayOf("500", "-1"), "m: 'step' is not a size");
  EXPECT_EQ(sayOf("[12,90]", "[0.5]"),
            "m: 'phase_ends' is not a list of sizes");
  EXPECT_EQ(sayOf("\"--set width=8\"", "8"), "m: 'flags' are no texts");
  EXPECT_EQ(sayOf("[\"--set width=8\"]", "8"), "m: 'flags' is no list");
  EXPECT_EQ(sayOf("4317", "null"), "m: 'photos' is not a size");
  EXPECT_EQ(sayOf("144", "\"144\""), "m: 'bytes' is not a size");
  EXPECT_EQ(sayOf("{\"form\"", "[{\"form\""), "m: is not JSON");
}

TEST(Manifest, NamesTheFirstDifference) {
  RunIdentity run = makeManifest().run;
  auto differenceAfter = [&](auto change) {
    RunIdentity asked = run;
    change(asked);
    return differenceOf(run, asked);
  };
  EXPECT_EQ(differenceAfter([](auto &a) { a.model = "dcgan"; }),
            "the run is one of 'ring', not of 'dcgan'");
  EXPECT_EQ(differenceAfter([](auto &a) { a.flags.clear(); }),
            "the model of the run was built with '--set width=8', this one "
            "with no options");
  EXPECT_EQ(differenceAfter([](auto &a) { a.source = "0"; }),
            "the text of the model has changed since the run began");
  EXPECT_EQ(differenceAfter([](auto &a) { a.compiler = "ganc 2"; }),
            "the run has code by ganc 1, not ganc 2");
  EXPECT_EQ(differenceAfter([](auto &a) { a.code = "0"; }),
            "the code of the kernels is another than that of the run");
  EXPECT_EQ(differenceAfter([](auto &a) { a.arithmetic = "x86-64-v4-amx"; }),
            "the run has the arithmetic of every processor, not "
            "'x86-64-v4-amx': sums of products differ in their last bits");
  EXPECT_EQ(differenceAfter([](auto &a) { a.seed = 2; }),
            "the run has seed 18446744073709551615, not 2");
  EXPECT_EQ(differenceAfter([](auto &a) { a.records[0].second = 4316; }),
            "the run has 4317, not 4316 records of 'photos'");
}

TEST(Manifest, KnowsFilesByTheirBytes) {
  ScratchFolder folder;
  // More than one piece.
  std::string content(3 << 20, 'x');
  ASSERT_TRUE(writeFile(folder / "a", bytesOf(content)).ok());
  FileRecord first = *recordOf(folder.path, "a");
  EXPECT_EQ(first.bytes, content.size());
  EXPECT_EQ(first.hash, "2b13b122ad0b4715");
  content.back() = 'y';
  ASSERT_TRUE(writeFile(folder / "a", bytesOf(content)).ok());
  EXPECT_NE(recordOf(folder.path, "a")->hash, first.hash);
  EXPECT_EQ(recordOf(folder.path, "b").status().code(), Code::NotFound);
}
