// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/data/Workers.h"

#include <algorithm>

using namespace gan::runtime;

Workers::Workers(size_t count) {
  constexpr size_t kMostByDefault = 16;
  if (count == 0)
    count = std::clamp<size_t>(std::thread::hardware_concurrency(), 1,
                               kMostByDefault);
  for (size_t i = 1; i < count; ++i)
    threads.emplace_back([this] { run(); });
}

Workers::~Workers() {
  {
    std::lock_guard lock(mutex);
    stopping = true;
  }
  changed.notify_all();
  for (std::thread &thread : threads)
    thread.join();
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
  jobs.push_back(&job);
  changed.notify_all();
  while (doOne(job, lock)) {
  }
  changed.wait(lock, [&] { return job.done == job.count; });
}
