// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/ThreadPool.h"

#include "runtime/device/Profiler.h"

#include <algorithm>
#include <cstring>
#include <immintrin.h>
#include <sched.h>

using namespace gan::runtime;

// About 20 microseconds: longer than the way from stage to stage, shorter than
// what a sleeping thread takes to wake up.
static constexpr int kSpins = 1000;

// Round to nearest, all exceptions masked, subnormals neither flushed nor taken
// as zero: what the reference computes.
static constexpr unsigned kFloatEnvironment = 0x1f80;

// Waits until `isDone`; having spun in vain, sleeps on `word` until it is no
// longer what it was before a last look.
template <typename IsDone>
static void spinThenSleep(std::atomic<uint32_t> &word, IsDone isDone) {
  for (int i = 0; i < kSpins; ++i) {
    if (isDone())
      return;
    _mm_pause();
  }
  while (true) {
    uint32_t seen = word.load();
    if (isDone())
      return;
    word.wait(seen);
  }
}

Job::Job(WorkPlan work, unsigned threads, bool timed)
    : plan(std::move(work)), spans(timed ? threads : 0),
      counters(plan.stages.size()) {}

Result<std::unique_ptr<ThreadPool>> ThreadPool::create(unsigned threads,
                                                       uint64_t scratchBytes) {
  std::vector<Pages> scratch;
  for (unsigned i = 0; i < threads; ++i) {
    Result<Pages> pages = Pages::allocate(scratchBytes);
    if (!pages.ok())
      return pages.status();
    scratch.push_back(pages.take());
  }
  std::unique_ptr<ThreadPool> pool(new ThreadPool(std::move(scratch)));
  // Not std::thread, which would end the process where the system refuses.
  while (pool->helpers.size() + 1 < threads) {
    pthread_t helper;
    if (pthread_create(&helper, nullptr, startHelper, pool.get()) != 0)
      return Status(Code::OutOfMemory, "the system does not give " +
                                           std::to_string(threads) +
                                           " threads");
    pool->helpers.push_back(helper);
  }
  return pool;
}

void *ThreadPool::startHelper(void *self) {
  auto *pool = static_cast<ThreadPool *>(self);
  pool->help(++pool->started);
  return nullptr;
}

ThreadPool::~ThreadPool() {
  stopping = true;
  ++generation;
  generation.notify_all();
  for (pthread_t helper : helpers)
    pthread_join(helper, nullptr);
}

void ThreadPool::help(unsigned thread) {
  _mm_setcsr(kFloatEnvironment);
  for (uint32_t seen = 0;;) {
    spinThenSleep(generation, [&] { return generation.load() != seen; });
    seen = generation.load();
    if (stopping)
      return;
    // Either `run` sees that we are active and waits for us before it returns,
    // or we see that the job is gone: both sides write first, then look.
    ++active;
    if (Job *job = current.load())
      participate(*job, thread);
    --active;
  }
}

void ThreadPool::run(Job &job) {
  unsigned environment = _mm_getcsr();
  _mm_setcsr(kFloatEnvironment);
  for (Job::Counters &counters : job.counters) {
    counters.taken.store(0, std::memory_order_relaxed);
    counters.done.store(0, std::memory_order_relaxed);
  }
  if (!helpers.empty()) {
    current = &job;
    ++generation;
    generation.notify_all();
  }
  participate(job, 0);
  current = nullptr;
  for (int i = 0; active.load() != 0; ++i)
    i < kSpins ? _mm_pause() : (void)sched_yield();
  _mm_setcsr(environment);
}

void ThreadPool::runInOrder(Job &job,
                            const std::function<void(uint32_t)> &after) {
  unsigned environment = _mm_getcsr();
  for (uint32_t launch = 0; launch < job.plan.launches.size(); ++launch) {
    _mm_setcsr(kFloatEnvironment);
    runTiles(job, launch, 0, job.plan.launches[launch].tiles, 0);
    _mm_setcsr(environment);
    after(launch);
  }
}

void ThreadPool::participate(Job &job, unsigned thread) {
  for (size_t s = 0; s < job.plan.stages.size(); ++s) {
    const Stage &stage = job.plan.stages[s];
    Job::Counters &counters = job.counters[s];
    uint32_t count = stage.end - stage.begin;
    // A look first: a late thread passes finished stages without a write.
    while (counters.taken.load(std::memory_order_relaxed) < count) {
      uint32_t item = counters.taken.fetch_add(1, std::memory_order_relaxed);
      if (item >= count)
        break;
      runItem(job, job.plan.items[stage.begin + item], thread);
      if (counters.done.fetch_add(1, std::memory_order_acq_rel) + 1 == count &&
          !helpers.empty()) {
        ++progress;
        progress.notify_all();
      }
    }
    awaitStage(counters, count);
  }
}

void ThreadPool::awaitStage(Job::Counters &counters, uint32_t items) {
  spinThenSleep(progress, [&] {
    return counters.done.load(std::memory_order_acquire) == items;
  });
}

void ThreadPool::runItem(Job &job, const Item &item, unsigned thread) {
  if (item.end - item.begin == 1)
    return runTiles(job, item.begin, item.firstTile, item.beyondTile, thread);
  for (uint32_t launch = item.begin; launch < item.end; ++launch)
    runTiles(job, launch, 0, job.plan.launches[launch].tiles, thread);
}

static void copyTiles(const Launch &launch, void *const *arguments,
                      uint64_t begin, uint64_t end) {
  uint64_t from = begin * kCopyTile;
  uint64_t to = std::min<uint64_t>(end * kCopyTile, launch.copyBytes);
  std::memcpy(static_cast<std::byte *>(arguments[1]) + from,
              static_cast<const std::byte *>(arguments[0]) + from, to - from);
}

void ThreadPool::runTiles(Job &job, uint32_t index, int64_t begin, int64_t end,
                          unsigned thread) {
  const Launch &launch = job.plan.launches[index];
  void *const *arguments = job.plan.arguments.data() + launch.firstArgument;
  bool timed = !job.spans.empty();
  uint64_t start = timed ? now() : 0;
  if (launch.function)
    launch.function(arguments, begin, end, scratch[thread].data());
  else
    copyTiles(launch, arguments, begin, end);
  if (timed)
    job.spans[thread].push_back(
        {.node = index, .thread = thread, .begin = start, .end = now()});
}
