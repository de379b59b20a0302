// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The threads of the cpu device, and how they go through a work plan together.
#ifndef GAN_RUNTIME_DEVICE_CPU_THREADPOOL_H
#define GAN_RUNTIME_DEVICE_CPU_THREADPOOL_H

#include "runtime/base/Status.h"
#include "runtime/device/Profile.h"
#include "runtime/device/cpu/Pages.h"
#include "runtime/device/cpu/WorkPlan.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include <pthread.h>

namespace gan::runtime {

/// A plan with what its threads tell each other while they run it.
class Job {
public:
  /// `threads` as of the pool; with `timed` each thread keeps spans.
  Job(WorkPlan plan, unsigned threads, bool timed);

  const WorkPlan plan;
  /// Pieces of launches by thread, as nodes of no entry; empty if not timed.
  std::vector<std::vector<Span>> spans;

private:
  friend class ThreadPool;
  // Of one stage: items taken, which may count beyond what there is, and items
  // done. Apart from each other, as all threads write to them.
  struct alignas(64) Counters {
    std::atomic<uint32_t> taken, done;
  };
  std::vector<Counters> counters;
};

/// T threads of which the caller of `run` is one.
///
/// Every thread walks through the stages: it takes items while there are any,
/// waits until all are done, and goes on. Nobody waits for a thread that has
/// not come yet: one that the system holds up costs its help, not progress.
/// Waiting spins for some microseconds, then sleeps.
///
/// All threads compute with the same floating-point environment: to nearest,
/// subnormal numbers kept, no traps; the caller's own comes back after `run`.
class ThreadPool {
public:
  /// `scratchBytes` for each thread. Fails where the system gives no memory or
  /// no threads.
  static Result<std::unique_ptr<ThreadPool>> create(unsigned threads,
                                                    uint64_t scratchBytes);
  ~ThreadPool();

  /// Returns when all of it is done. One call at a time.
  void run(Job &job);

  /// The same on the caller's thread, launch by launch in their order, with a
  /// call of `after` behind each: for looking at what is between them.
  void runInOrder(Job &job, const std::function<void(uint32_t)> &after);

private:
  explicit ThreadPool(std::vector<Pages> scratch)
      : scratch(std::move(scratch)) {}
  static void *startHelper(void *self);
  void help(unsigned thread);
  void participate(Job &job, unsigned thread);
  void runItem(Job &job, const Item &item, unsigned thread);
  void runTiles(Job &job, uint32_t launch, int64_t begin, int64_t end,
                unsigned thread);
  void awaitStage(Job::Counters &counters, uint32_t items);

  std::vector<Pages> scratch; // one per thread, the caller's first
  std::vector<pthread_t> helpers;
  std::atomic<unsigned> started = 0; // helpers; the next one's number
  alignas(64) std::atomic<Job *> current = nullptr;
  std::atomic<bool> stopping = false;
  std::atomic<uint32_t> generation = 0; // of jobs
  alignas(64) std::atomic<uint32_t> active =
      0; // helpers that may use `current`
  alignas(64) std::atomic<uint32_t> progress = 0; // stages finished, ever
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DEVICE_CPU_THREADPOOL_H
