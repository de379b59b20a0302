// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Checkpoints.h"
#include "runtime/base/Fault.h"
#include "runtime/base/File.h"
#include "runtime/checkpoint/Storage.h"
#include "test/runtime/checkpoint/TestGame.h"

#include <unistd.h>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
class CheckpointsOfRun : public TestGame {
protected:
  // W and K hold numbers that follow from `passes`.
  Status save(uint64_t passes, uint64_t keep = 2,
              const std::optional<Rating> &rating = std::nullopt) {
    fill(W, static_cast<float>(passes));
    fill(K, static_cast<float>(-2.0 * static_cast<double>(passes)));
    Manifest manifest{.run = identityOf(*exe),
                      .passes = passes,
                      .phaseEnds = {},
                      .files = {}};
    return Checkpoints(folder.path).save(*exe, *device, manifest, keep, rating);
  }

  // The passes of the latest whole checkpoint, whose storage has to be that of
  // then; 0: there is none.
  uint64_t restore() {
    std::vector<Status> passedOver;
    Result<std::optional<Checkpoints::Found>> found =
        Checkpoints(folder.path).findLatest(passedOver);
    problems.clear();
    for (const Status &problem : passedOver)
      problems.push_back(problem.sentence());
    EXPECT_TRUE(found.ok()) << found.status().text();
    if (!found.ok() || !*found)
      return 0;
    uint64_t passes = (*found)->manifest.passes;
    fill(W, -1);
    fill(K, -1);
    EXPECT_TRUE(restoreStorage(*exe, *device, (*found)->path).ok());
    EXPECT_EQ(valuesOf(W)[0], static_cast<float>(passes));
    EXPECT_EQ(valuesOf(K)[0], -2.0f * static_cast<float>(passes));
    return passes;
  }

  std::string pathOf(uint64_t passes) {
    std::string digits = std::to_string(passes);
    return folder / "checkpoints/" + std::string(9 - digits.size(), '0') +
           digits;
  }

  std::vector<std::string> problems;
};
} // namespace

TEST_F(CheckpointsOfRun, KeepsTheLatest) {
  EXPECT_EQ(restore(), 0u);
  for (uint64_t passes : {5, 10, 1000000})
    ASSERT_TRUE(save(passes).ok());
  EXPECT_EQ(restore(), 1000000u);
  EXPECT_EQ(*Checkpoints(folder.path).list(),
            (std::vector<std::string>{pathOf(1000000), pathOf(10)}));
  // The names in the run are those of the latest.
  for (const char *name : {kWeightsFile, kOptimizerFile})
    EXPECT_TRUE(std::filesystem::equivalent(folder / name,
                                            pathOf(1000000) + "/" + name));
  ASSERT_TRUE(save(1000001, /*keep=*/1).ok());
  EXPECT_EQ(Checkpoints(folder.path).list()->size(), 1u);
  ASSERT_TRUE(Checkpoints(folder.path).clear().ok());
  EXPECT_EQ(restore(), 0u);
  EXPECT_TRUE(exists(folder / kWeightsFile));
}

TEST_F(CheckpointsOfRun, KeepsTheBestOfEachMetric) {
  auto rate = [&](uint64_t passes, double fid) {
    return save(passes, /*keep=*/1, Rating{"fid", fid, false}).ok();
  };
  using Paths = std::vector<std::string>;
  auto list = [&] { return *Checkpoints(folder.path).list(); };
  ASSERT_TRUE(rate(5, 9) && rate(10, 3) && rate(15, 4));
  EXPECT_EQ(list(), (Paths{pathOf(15), pathOf(10)}));
  // As good is no better.
  ASSERT_TRUE(rate(20, 3) && save(25, 1).ok());
  EXPECT_EQ(list(), (Paths{pathOf(25), pathOf(10)}));
  // Of another metric more may be better.
  ASSERT_TRUE(save(30, 1, Rating{"is", 2, true}).ok());
  ASSERT_TRUE(save(35, 1, Rating{"is", 8, true}).ok());
  ASSERT_TRUE(save(40, 1, Rating{"is", 5, true}).ok());
  EXPECT_EQ(list(), (Paths{pathOf(40), pathOf(35), pathOf(10)}));
  ASSERT_TRUE(rate(45, 1) && save(50, 1).ok());
  EXPECT_EQ(list(), (Paths{pathOf(50), pathOf(45), pathOf(35)}));
  EXPECT_EQ(restore(), 50u);
  Result<Rating> rating = readRating(pathOf(45));
  EXPECT_EQ(rating->metric, "fid");
  EXPECT_EQ(rating->value, 1);
  // A rating is of the checkpoint, like its weights: damage is found.
  ASSERT_TRUE(
      writeFile(pathOf(45) + "/" + kRatingFile, bytesOf("{\"metric\":\"fid\"}"))
          .ok());
  EXPECT_FALSE(readRating(pathOf(45)).ok());
  EXPECT_TRUE(Checkpoints::verify(pathOf(45))
                  .status()
                  .sentence()
                  .starts_with("has 16 bytes, not "));
}

TEST_F(CheckpointsOfRun, PassesOverWhatIsDamaged) {
  ASSERT_TRUE(save(5).ok() && save(10).ok());
  std::filesystem::resize_file(pathOf(10) + "/" + kWeightsFile, 100);
  EXPECT_EQ(restore(), 5u);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(problems[0].starts_with("has 100 bytes, not ")) << problems[0];
  // The run comes to 10 again.
  ASSERT_TRUE(save(10).ok());
  EXPECT_EQ(restore(), 10u);
  ASSERT_TRUE(removeFile(pathOf(10) + "/manifest.json").ok());
  EXPECT_EQ(restore(), 5u);
  ASSERT_TRUE(removeFile(pathOf(5) + "/" + kOptimizerFile).ok());
  std::vector<Status> passedOver;
  EXPECT_EQ(Checkpoints(folder.path).findLatest(passedOver).status().sentence(),
            "no checkpoint of the run is whole");
  EXPECT_EQ(passedOver.size(), 2u);
}

// A damaged one that is later than what the run went on from takes no whole
// one's place.
TEST_F(CheckpointsOfRun, KeepsWholeOnesBeforeDamagedOnes) {
  for (uint64_t passes : {5, 10, 15})
    ASSERT_TRUE(save(passes, /*keep=*/3).ok());
  for (uint64_t passes : {10, 15})
    ASSERT_TRUE(removeFile(pathOf(passes) + "/manifest.json").ok());
  ASSERT_EQ(restore(), 5u);
  ASSERT_TRUE(save(7, /*keep=*/1).ok());
  EXPECT_EQ(restore(), 7u);
  EXPECT_EQ(*Checkpoints(folder.path).list(),
            (std::vector<std::string>{pathOf(7)}));
}

// A run that has become doubtful keeps the last checkpoint from before that.
TEST_F(CheckpointsOfRun, KeepTheLastThatNobodyDoubts) {
  Checkpoints checkpoints(folder.path);
  auto saveDoubtful = [&](uint64_t passes, std::optional<uint64_t> since) {
    fill(W, static_cast<float>(passes));
    return checkpoints
        .save(*exe, *device,
              {.run = {}, .passes = passes, .phaseEnds = {}, .files = {}},
              /*keep=*/1, /*rating=*/std::nullopt, since)
        .ok();
  };
  using Paths = std::vector<std::string>;
  ASSERT_TRUE(saveDoubtful(5, std::nullopt) && saveDoubtful(10, 11));
  EXPECT_EQ(*checkpoints.list(), Paths{pathOf(10)});
  ASSERT_TRUE(saveDoubtful(15, 11) && saveDoubtful(20, 11));
  EXPECT_EQ(*checkpoints.list(), (Paths{pathOf(20), pathOf(10)}));
  std::vector<Status> none;
  EXPECT_EQ((*checkpoints.findLatest(none, 11))->manifest.passes, 10u);
  EXPECT_FALSE(*checkpoints.findLatest(none, 10));
  ASSERT_TRUE(checkpoints.removeAfter(10).ok());
  EXPECT_EQ(*checkpoints.list(), Paths{pathOf(10)});
  ASSERT_TRUE(saveDoubtful(12, std::nullopt));
  EXPECT_EQ(*checkpoints.list(), Paths{pathOf(12)});
}

// Checkpoints on a disk of their own: no file has a name on both.
TEST_F(CheckpointsOfRun, MayLieOnAnotherDisk) {
  std::string other = "/dev/shm/gan-" + std::to_string(getpid());
  std::error_code failed;
  std::filesystem::create_directory(other, failed);
  if (failed)
    GTEST_SKIP() << "there is no /dev/shm to write to";
  std::filesystem::create_directory_symlink(other, folder / "checkpoints");
  Status first = save(5), second = save(10);
  uint64_t found = restore();
  Status whole = loadStorage(*exe, *device, folder / kWeightsFile);
  float loaded = valuesOf(W)[0];
  std::filesystem::remove_all(other);
  EXPECT_TRUE(first.ok()) << first.text();
  EXPECT_TRUE(second.ok()) << second.text();
  EXPECT_EQ(found, 10u);
  EXPECT_TRUE(whole.ok()) << whole.text();
  EXPECT_EQ(loaded, 10);
}

TEST_F(CheckpointsOfRun, DoesNotTrustAManifest) {
  ASSERT_TRUE(save(5).ok());
  Manifest manifest = *Checkpoints::verify(pathOf(5));
  auto sayOf = [&](const Manifest &changed) {
    EXPECT_TRUE(writeFile(pathOf(5) + "/manifest.json",
                          bytesOf(runtime::textOf(changed)))
                    .ok());
    return Checkpoints::verify(pathOf(5)).status().sentence();
  };
  Manifest less = manifest, astray = manifest;
  less.files.pop_back();
  EXPECT_EQ(sayOf(less), "does not tell of 'optimizer.safetensors'");
  astray.files.push_back({.name = "../../notes.txt", .bytes = 0, .hash = ""});
  EXPECT_EQ(sayOf(astray), "names '../../notes.txt'");
}

// Each file of a checkpoint, with one bit of each byte turned, and cut at each
// length.
TEST_F(CheckpointsOfRun, SeesEveryDamage) {
  ASSERT_TRUE(save(5).ok());
  for (const char *name : {"manifest.json", kWeightsFile, kOptimizerFile}) {
    std::string path = pathOf(5) + "/" + name;
    FileBytes whole = *readFile(path, 1 << 20);
    auto isSeen = [&](std::span<const std::byte> bytes) {
      EXPECT_TRUE(writeFile(path, bytes, Durability::Unsynced).ok());
      return Checkpoints::verify(pathOf(5)).status().code() == Code::Damaged;
    };
    for (size_t i = 0; i < whole.size(); i += i < 512 ? 1 : 127) {
      FileBytes damaged = whole;
      damaged[i] ^= std::byte{1} << (i % 8);
      ASSERT_TRUE(isSeen(damaged)) << name << ", byte " << i;
      ASSERT_TRUE(isSeen(std::span(whole).first(i)))
          << name << ", cut at " << i;
    }
    ASSERT_FALSE(isSeen(whole));
  }
}

// Whichever operation on files fails, and with it all that follow, as when the
// process is killed there: the one before or the new one is there and whole,
// and the next save succeeds.
TEST_F(CheckpointsOfRun, SurviveFaultsAtEveryOperation) {
  for (auto [kind, sticky] :
       {std::pair(FaultKind::NoSpace, true), std::pair(FaultKind::Io, false),
        std::pair(FaultKind::ShortWrite, true)}) {
    ASSERT_TRUE(Checkpoints(folder.path).clear().ok());
    ASSERT_TRUE(save(1).ok() && save(2).ok());
    uint64_t last = 2;
    bool done = false;
    for (uint64_t at = 0; !done; ++at) {
      ASSERT_LT(at, 200u);
      injectFault({.kind = kind, .at = at, .sticky = sticky});
      Status status = save(last + 1);
      done = fileOperations() <= at;
      clearFault();
      EXPECT_EQ(status.ok(), done) << status.text();
      uint64_t found = restore();
      EXPECT_TRUE(problems.empty());
      EXPECT_TRUE(found == last + 1 || (!status.ok() && found == last));
      for (const char *name : {kWeightsFile, kOptimizerFile})
        EXPECT_TRUE(exists(folder / name));
      ASSERT_TRUE(save(last += 2).ok());
      EXPECT_EQ(restore(), last);
      EXPECT_EQ(listFolder(folder / "checkpoints")->size(), 2u);
    }
  }
}
