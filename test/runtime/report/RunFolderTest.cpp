// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which folders a run takes, and what it leaves in them of earlier ones.
#include "runtime/report/RunFolder.h"
#include "test/runtime/base/ScratchFolder.h"

#include <gtest/gtest.h>

using namespace gan::runtime;
using namespace gan::test;

TEST(RunFolder, RefusesWhatIsNoRun) {
  ScratchFolder folder;
  std::string path = folder / "a/run";
  Result<RunFolder> run = RunFolder::claim(path);
  ASSERT_TRUE(run.ok()) << run.status().text();
  EXPECT_EQ(run->content(), RunFolder::Content::Nothing);
  EXPECT_FALSE(exists(path));
  ASSERT_TRUE(run->begin().ok());
  EXPECT_EQ(run->samplesBase(500, ""), path + "/samples/step-000500");
  EXPECT_EQ(run->samplesBase(5, "pairs"), path + "/samples/pairs-step-000005");

  ASSERT_TRUE(writeFile(folder / "notes.txt", bytesOf("mine")).ok());
  EXPECT_EQ(RunFolder::claim(folder.path).status().sentence(),
            "this is not the folder of a run (it has no options.json) and is "
            "not written over");
  EXPECT_FALSE(exists(folder / "lock"));
  Status file = RunFolder::claim(folder / "notes.txt").status();
  EXPECT_EQ(file.code(), Code::Usage);
  EXPECT_EQ(file.sentence(), "this is a file, and no folder for a run");
}

TEST(RunFolder, BelongsToOneTrainer) {
  ScratchFolder folder;
  std::string path = folder / "run";
  {
    RunFolder run = RunFolder::claim(path).take();
    ASSERT_TRUE(run.begin().ok());
    Status refused = RunFolder::claim(path).status();
    EXPECT_EQ(refused.code(), Code::Usage);
    EXPECT_EQ(refused.text(),
              path + ": another trainer is at work in this folder");
  }
  EXPECT_EQ(RunFolder::claim(path)->content(), RunFolder::Content::Beginning);
}

TEST(RunFolder, SweepsUpBehindAKilledProcess) {
  ScratchFolder folder;
  RunFolder run = RunFolder::claim(folder / "run").take();
  ASSERT_TRUE(run.begin().ok());
  for (const char *name :
       {"options.json", "notes.tmp-of-mine", "weights.safetensors.tmp-12",
        "samples/step-000500.png", "samples/step-000500.png.tmp-345",
        "samples/fakes-step-000501.csv", "samples/step-1000000.png"})
    ASSERT_TRUE(writeFile(run.path() + "/" + name, bytesOf("")).ok());
  ASSERT_TRUE(run.goOn(500, /*rollbacks=*/0).ok());
  std::vector<std::string> swept = {"lock", "notes.tmp-of-mine", "options.json",
                                    "samples"};
  EXPECT_EQ(*listFolder(run.path()), swept);
  EXPECT_EQ(*listFolder(run.path() + "/samples"),
            (std::vector<std::string>{"step-000500.png"}));
  // A new run begins on a swept floor, too.
  ASSERT_TRUE(writeFile(run.path() + "/model.gan.tmp-12", bytesOf("")).ok());
  ASSERT_TRUE(run.begin().ok());
  EXPECT_EQ(*listFolder(run.path()), swept);
}

TEST(RunFolder, BeginsAnewButKeepsWeights) {
  ScratchFolder folder;
  std::string path = folder / "run";
  ASSERT_TRUE(RunFolder::claim(path)->begin().ok());
  for (const char *name :
       {"options.json", "metrics.jsonl", "notes.txt", "trace.json",
        "weights.safetensors", "samples/step-000500.png"})
    ASSERT_TRUE(writeFile(path + "/" + name, bytesOf("old")).ok());
  RunFolder run = RunFolder::claim(path).take();
  EXPECT_EQ(run.content(), RunFolder::Content::Run);
  ASSERT_TRUE(run.begin().ok());
  EXPECT_EQ(*listFolder(path),
            (std::vector<std::string>{"lock", "notes.txt", "options.json",
                                      "samples", "weights.safetensors"}));
  EXPECT_TRUE(listFolder(path + "/samples")->empty());
}
