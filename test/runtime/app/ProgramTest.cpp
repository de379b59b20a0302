// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The whole program: a trainer made of gan-run and the test executable, called
// as a user calls it.
#include "test/runtime/app/Program.h"

#include <filesystem>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

TEST_F(Program, LeavesARunFolder) {
  ASSERT_EQ(call("train --data random --steps 10 --seed 3 --threads 2 --device "
                 "cpu --run-dir run"),
            0)
      << said;
  using Names = std::vector<std::string>;
  EXPECT_EQ(
      *listFolder(folder / "run"),
      (Names{"checkpoints", "lock", "metrics.csv", "metrics.jsonl", "model.gan",
             "optimizer.safetensors", "options.json", "report.html", "samples",
             "tensorboard", "weights.safetensors"}));
  EXPECT_EQ(*listFolder(folder / "run/checkpoints"), Names{"000000010"});
  EXPECT_EQ(*listFolder(folder / "run/samples"), Names{"step-000010.csv"});
  EXPECT_EQ(contentOf(folder / "run/model.gan"), "model test { }");
  std::string metrics = contentOf(folder / "run/metrics.jsonl");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 10);
  EXPECT_NE(metrics.find(R"({"step":10,"phase":"train","images_per_second":)"),
            std::string::npos);
  EXPECT_NE(metrics.find(R"("player.loss":)"), std::string::npos);
  EXPECT_NE(contentOf(folder / "run/options.json").find("\"seed\": 3"),
            std::string::npos);
  EXPECT_NE(said.find("step 10/10  player.loss "), std::string::npos) << said;
}

TEST_F(Program, TellsWhereTheModelEnds) {
  ASSERT_EQ(call("train --data random --steps 11 --run-dir run"), 0);
  EXPECT_NE(said.find("warning: the phases of the model end after 10 of the 11 "
                      "steps\n"),
            std::string::npos)
      << said;
}

TEST_F(Program, GivesTheSameWeightsForAnyThreadsAndTarget) {
  ASSERT_EQ(call("train --data random --seed 3 --threads 1 --run-dir a"), 0)
      << said;
  std::string weights = contentOf(folder / "a/weights.safetensors");
  ASSERT_EQ(call("train --data random --seed 3 --threads 3 --isa x86-64-v3 "
                 "--run-dir b"),
            0)
      << said;
  EXPECT_EQ(contentOf(folder / "b/weights.safetensors"), weights);
  ASSERT_EQ(call("train --data random --seed 4 --run-dir c"), 0) << said;
  EXPECT_NE(contentOf(folder / "c/weights.safetensors"), weights);
}

TEST_F(Program, SamplesAnyNumber) {
  ASSERT_EQ(call("train --data random --seed 3 --run-dir run"), 0) << said;
  // A batch has 32 samples of 64 numbers: the samples of the run are these.
  ASSERT_EQ(call("sample --run run --seed 3 -o a.csv"), 0) << said;
  EXPECT_EQ(contentOf(folder / "a.csv"),
            contentOf(folder / "run/samples/step-000010.csv"));
  ASSERT_EQ(call("sample --run run --count 40 -o b.csv"), 0) << said;
  std::string text = contentOf(folder / "b.csv");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 41);
  EXPECT_EQ(call("sample --run run --count 99999999999 -o c.csv"), 2);
  EXPECT_EQ(said, "error: 99999999999 samples of 64 numbers are more than "
                  "1073741824 numbers\n");
  EXPECT_EQ(call("sample --run run -o c.png"), 2);
  EXPECT_EQ(call("sample -o c.csv"), 2);
  EXPECT_EQ(said, "error: --run: expected the folder of a run\n");
  EXPECT_EQ(call("sample --run none -o c.csv"), 66);
  // Told before anything is read or computed.
  EXPECT_EQ(call("sample --run none -o c.bmp"), 2);
  EXPECT_EQ(said,
            "error: c.bmp: expected a name that ends in .png, .csv, .npy, "
            ".npz, .webp, .gif or, of a folder, /\n");
  EXPECT_EQ(call("sample --run none -o c.png"), 2);
  EXPECT_EQ(call("sample --run run --output faces -o c.csv"), 2);
  EXPECT_EQ(said, "error: --output: the model has no output 'faces', it has "
                  "'samples'\n");
}

TEST_F(Program, BeginsWithGivenWeights) {
  ASSERT_EQ(call("train --data random --steps 4 --run-dir a"), 0) << said;
  ASSERT_EQ(call("train --data random --steps 1 --weights "
                 "a/weights.safetensors --run-dir b"),
            0)
      << said;
  // The first step has learning rate 0: it changes nothing.
  EXPECT_EQ(contentOf(folder / "b/weights.safetensors"),
            contentOf(folder / "a/weights.safetensors"));
  EXPECT_EQ(call("train --data random --weights a/model.gan --run-dir c"), 65);
  EXPECT_FALSE(exists(folder / "c"));
}

TEST_F(Program, InformsAndHelps) {
  ASSERT_EQ(call("info"), 0) << said;
  for (const char *line :
       {"model      test\n", "entry      train.0: 6 nodes, player.loss\n",
        "phase      train: 10 steps, batch 32\n", "G.w [64, 32]\n",
        "kernels    5: 5 elementwise\n"})
    EXPECT_NE(said.find(line), std::string::npos) << line << said;
  for (const char *words : {"--help", "train --help", "sample -h"}) {
    EXPECT_EQ(call(words), 0);
    EXPECT_TRUE(said.starts_with("usage: ./trainer ")) << said;
  }
}

TEST_F(Program, RefusesToNameANetworkItDoesNotWrite) {
  EXPECT_EQ(call("export --run run --weights w.safetensors --network G"), 2);
  EXPECT_EQ(said, "error: --network: belongs to --onnx\n");
}

// What is read by another program must not look whole when it is not.
TEST_F(Program, FailsWhereItCannotPrint) {
  for (const char *words : {"info", "--help", "train --help",
                            "train --data random --steps 2 --dry-run"}) {
    EXPECT_EQ(run("./trainer " + std::string(words) + " >/dev/full 2>said"), 73)
        << words;
    EXPECT_EQ(said, "error: standard output: cannot be written: No space left "
                    "on device\n");
  }
}

TEST_F(Program, RefusesWrongWordsAndLeavesNothing) {
  for (const char *words :
       {"", "trian", "train --data random --run-dir run --stps 3",
        "train --data random --run-dir run --steps x",
        "train --data random --run-dir run --threads 0",
        "train --data random --run-dir run --device tpu",
        "train --data faces=random --run-dir run", "train --run-dir run"}) {
    EXPECT_EQ(call(words), 2) << words << said;
    EXPECT_TRUE(said.starts_with("error: ")) << said;
    EXPECT_FALSE(exists(folder / "run")) << words;
  }
  EXPECT_EQ(call("trian"), 2);
  EXPECT_EQ(said,
            "error: trian: there is no such command; did you mean 'train'?\n");
  EXPECT_EQ(call(""), 2);
  EXPECT_TRUE(said.starts_with(
      "error: expected a command: there are train, sample, interpolate, "
      "arithmetic, nearest, features, reconstruct, evaluate, export, info and "
      "fsck; "))
      << said;
  EXPECT_EQ(call("frobnicate"), 2);
  EXPECT_EQ(said, "error: frobnicate: there is no such command; there are "
                  "train, sample, interpolate, arithmetic, nearest, "
                  "features, reconstruct, evaluate, export, info and fsck\n");
  EXPECT_EQ(call("train --data random --run-dir run --device null"), 69)
      << said;
  EXPECT_EQ(call("train --data random --run-dir run --isa mips"), 2) << said;
  EXPECT_FALSE(exists(folder / "run"));
}

TEST_F(Program, NumbersRunsAndOverwritesOnlyRuns) {
  for (int run = 0; run < 2; ++run)
    ASSERT_EQ(call("train --data random --steps 1"), 0) << said;
  EXPECT_EQ(*listFolder(folder / "runs"),
            (std::vector<std::string>{"0001-test", "0002-test"}));
  EXPECT_EQ(call("train --data random --run-dir . --new"), 2) << said;
}

TEST_F(Program, GoesOnInTheFolderOfARun) {
  std::string weights = "run/weights.safetensors";
  ASSERT_EQ(call("train --data random --seed 7 --steps 1 --run-dir run"), 0);
  std::string first = contentOf(folder / weights);
  ASSERT_EQ(call("train --data random --steps 9 --run-dir run"), 0) << said;
  EXPECT_NE(said.find("run: run, which goes on after step 1\n"),
            std::string::npos)
      << said;
  std::string ninth = contentOf(folder / weights);
  EXPECT_NE(ninth, first);
  std::string metrics = contentOf(folder / "run/metrics.jsonl");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 9);
  ASSERT_EQ(call("train --data random --seed 7 --steps 9 --run-dir run "
                 "--new"),
            0)
      << said;
  EXPECT_EQ(contentOf(folder / weights), ninth);
  EXPECT_EQ(said.find("goes on"), std::string::npos) << said;
}

// What an earlier version, or a hand, left: weights without a checkpoint.
TEST_F(Program, DoesNotGoOnWithoutACheckpoint) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir run"), 0);
  std::filesystem::remove_all(folder / "run/checkpoints");
  std::string weights = contentOf(folder / "run/weights.safetensors");
  EXPECT_EQ(call("train --data random --steps 9 --run-dir run"), 2);
  EXPECT_NE(said.find("no checkpoint to go on from"), std::string::npos)
      << said;
  EXPECT_EQ(contentOf(folder / "run/weights.safetensors"), weights);
}

TEST_F(Program, LeavesTheFolderToTheTrainerThatIsThere) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir run"), 0);
  Result<FileLock> other = FileLock::take(folder / "run/lock");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(call("train --data random --steps 9 --run-dir run"), 2);
  EXPECT_EQ(said, "error: run: another trainer is at work in this folder\n");
}

TEST_F(Program, SavesWhatItHasLearnedWhenItIsEnded) {
  format::ExecutableT tables = makeTables();
  tables.phases[0]->length = uint64_t{1} << 40;
  writeTrainer("endless", std::move(tables));
  int status = run("(./endless train --data random --run-dir run 2>said & "
                   "while ! grep -qs step run/metrics.jsonl; do sleep 0.01; "
                   "done; kill -INT $!; wait $!)");
  EXPECT_EQ(status, 130) << said;
  EXPECT_NE(said.find("error: the run was ended early, after "),
            std::string::npos)
      << said;
  EXPECT_TRUE(exists(folder / "run/weights.safetensors"));
}

// Only what is of use half done waits for its end.
TEST_F(Program, EndsAtOnceWhereNothingIsLearned) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir run"), 0) << said;
  int status = run("(./trainer sample --run run --count 300000 -o a.csv 2>said "
                   "& sleep 0.2; kill -TERM $!; wait $!)");
  EXPECT_EQ(status, 128 + 15) << said;
  EXPECT_FALSE(exists(folder / "a.csv"));
}

// An evaluation that fails costs its rating, and not the checkpoint as well.
TEST_F(Program, SavesWhatItCannotRate) {
  bool hasFailed = false;
  for (int at = 0; !hasFailed; ++at) {
    ASSERT_LT(at, 400);
    std::filesystem::remove_all(folder / "run");
    int status = call("train --data random --steps 4 --save-every 0 "
                      "--evaluate-every 2 --count 50 --run-dir run",
                      "GAN_FAULT=nospace:" + std::to_string(at));
    hasFailed = status == 0 && said.find("metrics.jsonl: ") != said.npos;
  }
  EXPECT_NE(said.find("No space left on device; step 2 is not rated, training "
                      "goes on"),
            std::string::npos)
      << said;
  EXPECT_EQ(*listFolder(folder / "run/checkpoints"),
            (std::vector<std::string>{"000000002", "000000004"}));
}

// A disk that is full from some operation on: the weights of the run before
// stand, or all of the new ones, and the status says so.
TEST_F(Program, KeepsWeightsOnAFullDisk) {
  ASSERT_EQ(call("train --data random --steps 1 --run-dir run"), 0) << said;
  std::string old = contentOf(folder / "run/weights.safetensors");
  ASSERT_EQ(call("train --data random --steps 9 --run-dir whole"), 0) << said;
  std::string young = contentOf(folder / "whole/weights.safetensors");
  std::string again = "train --data random --steps 9 --run-dir run --new";
  bool done = false;
  for (int at = 0; !done; at += 3) {
    ASSERT_LT(at, 400);
    int status = call(again, "GAN_FAULT=nospace:" + std::to_string(at) + "+");
    done = status == 0;
    std::string now = contentOf(folder / "run/weights.safetensors");
    if (!done) {
      EXPECT_TRUE(now == old || now == young) << at;
      EXPECT_EQ(status, 73) << said;
      EXPECT_NE(said.find("No space left on device"), std::string::npos)
          << said;
    }
    if (!exists(folder / "run/options.json")) // The fault came before it.
      ASSERT_TRUE(writeFile(folder / "run/options.json", bytesOf("{}")).ok());
  }
}
