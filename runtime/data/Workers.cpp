// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Workers.h"
#include "runtime/base/Processors.h"

#include <algorithm>

using namespace gan::runtime;

static constexpr size_t kMostByDefault = 16;

Workers::Workers(size_t count)
    : count(count ? count
                  : std::min<size_t>(availableProcessors(), kMostByDefault)) {}

// Most data are numbers, made or in memory: nobody waits for a thread.
void Workers::beginThreads() {
  while (threads.size() + 1 < count && threads.begin([this] { run(); })) {
  }
}

Workers::~Workers() {
  {
    std::lock_guard lock(mutex);
    stopping = true;
  }
  changed.notify_all();
  threads.join();
}

// Does one piece of the job, if one is left, without the lock.
bool Workers::doOne(Job &job, std::unique_lock<std::mutex> &lock) {
  if (job.begun == job.count)
    return false;
  size_t index = job.begun++;
  if (job.begun == job.count)
    std::erase(jobs, &job);
  lock.unlock();
  (*job.work)(index);
  lock.lock();
  if (++job.done == job.count)
    changed.notify_all();
  return true;
}

void Workers::run() {
  std::unique_lock lock(mutex);
  while (!stopping)
    if (jobs.empty())
      changed.wait(lock);
    else
      doOne(*jobs.front(), lock);
}

void Workers::forEach(size_t count, const std::function<void(size_t)> &work) {
  if (count == 0)
    return;
  Job job{count, &work};
  std::unique_lock lock(mutex);
  beginThreads();
  jobs.push_back(&job);
  changed.notify_all();
  while (doOne(job, lock)) {
  }
  changed.wait(lock, [&] { return job.done == job.count; });
}
