// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The power goes at any operation on files, and with it what was not synced.
#include "runtime/base/File.h"
#include "runtime/checkpoint/Checkpoints.h"
#include "runtime/checkpoint/Storage.h"
#include "runtime/report/MetricsLog.h"
#include "runtime/report/RunFolder.h"
#include "test/runtime/checkpoint/CrashDisk.h"
#include "test/runtime/checkpoint/TestGame.h"

#include <optional>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

namespace {
// What a run has to find again after so many operations: the checkpoint of
// `least` passes, or a later one up to `most`.
struct Promise {
  size_t operations;
  uint64_t least, most;
};

class Crash : public TestGame {
protected:
  void save(const std::string &run, uint64_t passes,
            const std::optional<Rating> &rating = std::nullopt) {
    fill(W, static_cast<float>(passes));
    fill(K, -static_cast<float>(passes));
    Manifest manifest{.run = identityOf(*exe),
                      .passes = passes,
                      .phaseEnds = {},
                      .files = {}};
    Status status =
        Checkpoints(run).save(*exe, *device, manifest, /*keep=*/2, rating);
    EXPECT_TRUE(status.ok()) << status.text();
  }

  // The passes of the latest checkpoint that is whole, with the storage of
  // then; 0: there is none; none: there is something else.
  std::optional<uint64_t> restore(const std::string &run) {
    std::vector<Status> passedOver;
    Result<std::optional<Checkpoints::Found>> found =
        Checkpoints(run).findLatest(passedOver);
    if (!found.ok() || !passedOver.empty())
      return std::nullopt;
    if (!*found)
      return 0;
    fill(W, -1);
    fill(K, -1);
    uint64_t passes = (*found)->manifest.passes;
    bool isRight = restoreStorage(*exe, *device, (*found)->path).ok() &&
                   valuesOf(W)[0] == static_cast<float>(passes) &&
                   valuesOf(K)[0] == -static_cast<float>(passes);
    return isRight ? std::optional(passes) : std::nullopt;
  }

  // Saves, keeps the best, removes, goes back, and saves again.
  std::vector<Promise> play(CrashDisk &disk, const std::string &run) {
    std::vector<Promise> promises;
    uint64_t before = 0;
    auto promise = [&](uint64_t passes, auto act) {
      size_t begin = disk.size();
      act();
      promises.push_back({begin, before, std::max(before, passes)});
      // Going back takes the later ones away one by one.
      if (passes < before)
        promises.back().least = passes;
      before = passes;
    };
    promise(1, [&] { save(run, 1, Rating{"fid", 3, false}); });
    for (uint64_t passes : {2, 3, 4})
      promise(passes, [&] { save(run, passes); });
    promise(3, [&] { EXPECT_TRUE(Checkpoints(run).removeAfter(3).ok()); });
    promise(5, [&] { save(run, 5); });
    promises.push_back({disk.size(), before, before});
    return promises;
  }

  static const Promise &of(const std::vector<Promise> &promises, size_t count) {
    auto later = std::find_if(
        promises.begin() + 1, promises.end(),
        [&](const Promise &each) { return each.operations > count; });
    return *std::prev(later);
  }
};
} // namespace

// Twenty times after each operation: whatever is lost, the latest that was
// announced is there and whole, or one that is newer; and the run goes on
// saving.
TEST_F(Crash, LosesNoCheckpointThatWasAnnounced) {
  std::string run = folder / "run";
  ASSERT_TRUE(makeFolders(run).ok());
  CrashDisk disk(run);
  std::vector<Promise> promises = play(disk, run);
  ASSERT_GT(disk.size(), 150u);
  std::mt19937_64 chance(7);
  for (size_t count = 0; count <= disk.size(); ++count)
    for (int draw = 0; draw < 20; ++draw) {
      ScratchFolder place;
      std::string left = place / "left";
      disk.replay(count, chance, left);
      const Promise &promise = of(promises, count);
      std::optional<uint64_t> found = restore(left);
      ASSERT_TRUE(found) << "after operation " << count;
      EXPECT_TRUE(promise.least <= *found && *found <= promise.most)
          << "after operation " << count << ": " << *found << ", expected "
          << promise.least << " to " << promise.most;
      if (draw > 0)
        continue;
      save(left, *found + 1);
      EXPECT_EQ(restore(left), *found + 1) << "after operation " << count;
      EXPECT_TRUE(Checkpoints(left).verifyNames().ok());
    }
}

// With a checkpoint there is what it is one of, and all that was told before,
// in a folder that was not there, either.
TEST_F(Crash, LeavesTheRunOfACheckpoint) {
  ScratchFolder above;
  CrashDisk disk(above.path);
  RunFolder run = RunFolder::claim(above / "runs/1").take();
  ASSERT_TRUE(run.begin().ok());
  for (const std::string &path : {run.optionsPath(), run.modelPath()})
    ASSERT_TRUE(writeFile(path, bytesOf("{}"), Durability::Unsynced).ok());
  MetricsLog log = MetricsLog::open(run.metricsPath()).take();
  std::vector<size_t> saved;
  for (uint64_t passes : {1, 2}) {
    ASSERT_TRUE(
        log.append(StepReport{.step = passes, .phase = "train", .metrics = {}})
            .ok());
    ASSERT_TRUE(run.sync().ok());
    save(run.path(), passes);
    saved.push_back(disk.size());
  }
  std::mt19937_64 chance(7);
  for (size_t count = 0; count <= disk.size(); ++count)
    for (int draw = 0; draw < 20; ++draw) {
      ScratchFolder place;
      disk.replay(count, chance, place / "left");
      RunFolder left = RunFolder::claim(place / "left/runs/1").take();
      if (!exists(left.path()))
        EXPECT_LT(count, saved[0]);
      std::optional<uint64_t> found = restore(left.path());
      ASSERT_TRUE(found) << "after operation " << count;
      auto announced = std::ranges::count_if(
          saved, [&](size_t end) { return end <= count; });
      EXPECT_GE(*found, static_cast<uint64_t>(announced));
      if (*found == 0)
        continue;
      for (const std::string &path : {left.optionsPath(), left.modelPath()}) {
        Result<FileBytes> text = readFile(path, 100);
        EXPECT_TRUE(text.ok() && textOf(*text) == "{}") << path;
      }
      uint64_t lines = 0;
      EXPECT_TRUE(MetricsLog::read(
                      left.metricsPath(), [&](const StepReport &) { ++lines; },
                      [](const RunEvent &) {})
                      .ok());
      EXPECT_GE(lines, *found) << "after operation " << count;
    }
}

// The test sees what it should: on a disk that lies about what it synced,
// checkpoints are lost or are not whole.
TEST_F(Crash, SeesADiskThatLies) {
  std::string run = folder / "run";
  ASSERT_TRUE(makeFolders(run).ok());
  CrashDisk disk(run);
  std::vector<Promise> promises = play(disk, run);
  std::mt19937_64 chance(7);
  size_t lost = 0;
  for (size_t count = disk.size() / 2; count <= disk.size(); ++count) {
    ScratchFolder place;
    disk.replay(count, chance, place / "left", /*obeysSync=*/false);
    std::optional<uint64_t> found = restore(place / "left");
    lost += !found || *found < of(promises, count).least;
  }
  EXPECT_GT(lost, disk.size() / 4);
}
