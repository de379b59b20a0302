// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the cpu device cuts entries into work, and goes through it.
#include "runtime/device/Profiler.h"
#include "runtime/device/cpu/ThreadPool.h"
#include "runtime/device/cpu/WorkPlan.h"
#include "test/runtime/executable/TestExecutable.h"

#include <gtest/gtest.h>

#include <chrono>
#include <immintrin.h>
#include <random>
#include <sys/resource.h>
#include <thread>

using namespace gan;
using namespace gan::runtime;
using namespace gan::test;

// A plan with addresses that nobody uses.
static WorkPlan planOf(const Executable &exe, uint32_t entry,
                       unsigned threads) {
  static std::byte arena[1 << 17], code[1 << 14];
  EXPECT_LE(exe.tables().arena_bytes(), sizeof(arena));
  EXPECT_LE(exe.segment(0).size(), sizeof(code));
  return planWork(exe, {arena, code, 0}, entry, threads, 0,
                  exe.tables().entries()->Get(entry)->nodes()->size());
}

// Where each launch stands: its stage, and its place in the chain of an item.
namespace {
struct Place {
  uint32_t stage = 0, item = 0, order = 0;
  std::vector<std::pair<int64_t, int64_t>> pieces;
};
} // namespace

static std::vector<Place> placesOf(const WorkPlan &plan) {
  std::vector<Place> places(plan.launches.size());
  for (uint32_t s = 0; s < plan.stages.size(); ++s)
    for (uint32_t i = plan.stages[s].begin; i < plan.stages[s].end; ++i) {
      const Item &item = plan.items[i];
      for (uint32_t launch = item.begin; launch < item.end; ++launch) {
        bool whole = item.end - item.begin > 1;
        places[launch].stage = s;
        places[launch].item = i;
        places[launch].order = launch - item.begin;
        places[launch].pieces.emplace_back(whole ? 0 : item.firstTile,
                                           whole ? plan.launches[launch].tiles
                                                 : item.beyondTile);
      }
    }
  return places;
}

static void expectLawful(const WorkPlan &plan, const format::Entry &entry) {
  std::vector<Place> places = placesOf(plan);
  ASSERT_EQ(places.size(), entry.nodes()->size());
  for (uint32_t j = 0; j < places.size(); ++j) {
    // The pieces are all tiles, each once.
    int64_t at = 0;
    for (auto [begin, end] : places[j].pieces) {
      EXPECT_EQ(begin, at);
      at = end;
    }
    EXPECT_EQ(at, plan.launches[j].tiles);
    const auto *dependencies = entry.nodes()->Get(j)->dependencies();
    for (uint32_t k = 0; dependencies && k < dependencies->size(); ++k) {
      uint32_t i = dependencies->Get(k);
      bool earlier = places[i].stage < places[j].stage ||
                     (places[i].item == places[j].item &&
                      places[i].order < places[j].order);
      EXPECT_TRUE(earlier) << j << " after " << i;
    }
  }
}

// The test executable with a step of random launches that read and write
// nothing in common, but wait for each other at random; and kernels of random
// cost.
static format::ExecutableT randomTables(uint64_t seed) {
  std::mt19937_64 random(seed);
  format::ExecutableT tables = makeTables();
  for (auto &kernel : tables.kernels) {
    kernel->flops = uint64_t{1} << (random() % 24);
    kernel->tiles = 1 + random() % 40;
  }
  auto &nodes = tables.entries[2]->nodes;
  nodes.clear();
  for (uint32_t j = 0; j < 60; ++j) {
    auto node = std::make_unique<format::NodeT>();
    node->kernel = random() % 2 ? Add : Scale;
    node->arguments = {W, W, S};
    // One chain, so that they may all write S, and others beside it.
    if (j > 0)
      node->dependencies = {j - 1};
    if (j > 1 && random() % 2)
      node->dependencies.push_back(random() % (j - 1));
    nodes.push_back(std::move(node));
  }
  return tables;
}

TEST(WorkPlan, KeepsDependencies) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    Result<Executable> exe = Executable::loadBytes(
        assemble(randomTables(seed), {kernelImage(), kernelImage()}), "test");
    ASSERT_TRUE(exe.ok()) << exe.status().text();
    for (unsigned threads : {1, 2, 7})
      for (uint32_t entry = 0; entry < 3; ++entry)
        expectLawful(planOf(*exe, entry, threads),
                     *exe->tables().entries()->Get(entry));
  }
}

TEST(WorkPlan, IsOneChainForOneThread) {
  Result<Executable> exe = Executable::loadBytes(makeExecutable(), "test");
  ASSERT_TRUE(exe.ok());
  WorkPlan plan = planOf(*exe, 1, 1);
  EXPECT_EQ(plan.stages.size(), 1u);
  EXPECT_EQ(plan.items.size(), 1u);
}

TEST(WorkPlan, SharesWhatIsWorthIt) {
  format::ExecutableT tables = makeTables();
  tables.kernels[Add]->flops = 1000000; // 50 us
  Result<Executable> exe = Executable::loadBytes(
      assemble(std::move(tables), {kernelImage(), kernelImage()}), "test");
  ASSERT_TRUE(exe.ok());
  WorkPlan plan = planOf(*exe, 1, 2);
  std::vector<Place> places = placesOf(plan);
  EXPECT_EQ(places[0].pieces.size(), 8u); // four for each thread
  EXPECT_EQ(places[1].pieces.size(), 1u); // a scaling of 2.5 us
  // The copy waits for the scaling only, as the addition before it does.
  EXPECT_EQ(places[4].stage, places[2].stage);
}

// Kernels of this program in place of an image's.
static void countTiles(void *const *args, int64_t begin, int64_t end, void *) {
  auto *counts = static_cast<std::atomic<int> *>(args[0]);
  for (; begin < end; ++begin)
    ++counts[begin];
}

// args: counts of all launches, of `args[1]` tiles each, and the number of this
// launch: every tile of all before it must have run.
static void checkEarlier(void *const *args, int64_t begin, int64_t end,
                         void *) {
  auto *counts = static_cast<std::atomic<int> *>(args[0]);
  int64_t tiles = reinterpret_cast<int64_t>(args[1]);
  int64_t number = reinterpret_cast<int64_t>(args[2]);
  for (int64_t i = 0; i < tiles * number; ++i)
    if (counts[i] != 1)
      return; // leaves our own tiles uncounted
  for (; begin < end; ++begin)
    ++counts[tiles * number + begin];
}

// A plan of launches each of which waits for the one before it.
static WorkPlan chainOf(uint32_t launches, KernelFunction kernel, void *counts,
                        int64_t tiles, uint32_t pieces) {
  WorkPlan plan;
  for (uint32_t n = 0; n < launches; ++n) {
    plan.launches.push_back(
        {kernel, static_cast<uint32_t>(plan.arguments.size()), tiles, 0});
    plan.arguments.insert(plan.arguments.end(),
                          {counts, reinterpret_cast<void *>(tiles),
                           reinterpret_cast<void *>(int64_t{n})});
    uint32_t first = plan.items.size();
    for (int64_t p = 0; p < pieces; ++p)
      plan.items.push_back(
          {n, n + 1, tiles * p / pieces, tiles * (p + 1) / pieces});
    plan.stages.push_back({first, first + pieces});
  }
  return plan;
}

TEST(ThreadPool, RunsEveryTileOnce) {
  for (unsigned threads : {1, 2, 4, 9}) {
    std::unique_ptr<ThreadPool> pool = ThreadPool::create(threads, 64).take();
    std::vector<std::atomic<int>> counts(100);
    Job job(chainOf(50, countTiles, counts.data(), 100, 13), threads,
            /*timed=*/false);
    for (int run = 0; run < 20; ++run)
      pool->run(job);
    for (std::atomic<int> &count : counts)
      EXPECT_EQ(count, 50 * 20);
  }
}

TEST(ThreadPool, FinishesStagesInOrder) {
  constexpr uint32_t launches = 30, tiles = 12;
  for (unsigned threads : {2, 5}) {
    std::unique_ptr<ThreadPool> pool = ThreadPool::create(threads, 64).take();
    for (int run = 0; run < 200; ++run) {
      std::vector<std::atomic<int>> counts(launches * tiles);
      Job job(chainOf(launches, checkEarlier, counts.data(), tiles, 5), threads,
              /*timed=*/false);
      pool->run(job);
      for (std::atomic<int> &count : counts)
        ASSERT_EQ(count, 1);
      if (run % 50 == 0) // so that the helpers sleep now and then
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
}

static void recordEnvironment(void *const *args, int64_t begin, int64_t end,
                              void *) {
  for (; begin < end; ++begin)
    static_cast<unsigned *>(args[0])[begin] = _mm_getcsr() & ~0x3fu;
}

TEST(ThreadPool, ComputesInOneEnvironment) {
  std::unique_ptr<ThreadPool> pool = ThreadPool::create(3, 64).take();
  std::vector<unsigned> seen(300);
  Job job(chainOf(1, recordEnvironment, seen.data(), 300, 300), 3,
          /*timed=*/false);
  unsigned before = _mm_getcsr();
  unsigned flushing = before | 0x8040; // as a caller of ours may have it
  _mm_setcsr(flushing);
  pool->run(job);
  unsigned after = _mm_getcsr();
  _mm_setcsr(before);
  EXPECT_EQ(after, flushing);
  EXPECT_EQ(seen, std::vector<unsigned>(300, 0x1f80));
}

// However many come at once, those at the end stay, and not many more.
TEST(Profiler, KeepsTheLatestSpans) {
  Profiler profiler;
  uint64_t next = 0;
  for (size_t count : {10, 60000, 60000, 30000, 30000, 250000, 1}) {
    std::vector<Span> spans(count);
    for (Span &span : spans)
      span.begin = next++;
    profiler.addSpans(spans);
    const std::vector<Span> &kept = profiler.profile().spans;
    EXPECT_GE(kept.size(), std::min<size_t>(next, 50000));
    EXPECT_LE(kept.size(), 100000u);
    for (size_t i = 0; i < kept.size(); ++i)
      ASSERT_EQ(kept[i].begin, next - kept.size() + i);
  }
}

// The sanitizer's shadow alone takes more address space than this test leaves.
static constexpr bool kIsSanitized = __has_feature(address_sanitizer);

// In a child with room for a few stacks only.
static void createInLittleMemory() {
  rlimit limit = {uint64_t{1} << 30, uint64_t{1} << 30};
  setrlimit(RLIMIT_AS, &limit);
  Status status = ThreadPool::create(1024, 64).status();
  std::fprintf(stderr, "%s\n", status.text().c_str());
  std::exit(exitStatus(status.code()));
}

TEST(ThreadPool, SaysThatThreadsAreShort) {
  if (kIsSanitized)
    GTEST_SKIP() << "the sanitizer takes more address space";
  EXPECT_EXIT(createInLittleMemory(),
              ::testing::ExitedWithCode(exitStatus(Code::OutOfMemory)),
              "the system does not give 1024 threads");
}
