// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that share work on the records of a batch.
#ifndef GAN_RUNTIME_DATA_WORKERS_H
#define GAN_RUNTIME_DATA_WORKERS_H

#include "runtime/base/Threads.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace gan::runtime {

class Workers {
public:
  /// `count` threads, of which the one that asks is the first; 0: one for each
  /// processor, at most 16. The others begin with the first work, as many as
  /// the system gives.
  explicit Workers(size_t count);
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;
  ~Workers();

  /// Calls `work(i)` for each i below `count`, in any order and at the same
  /// time, and returns when all are done. May be called by several threads.
  void forEach(size_t count, const std::function<void(size_t)> &work);

private:
  struct Job {
    size_t count;
    const std::function<void(size_t)> *work;
    size_t begun = 0, done = 0;
  };
  void beginThreads();
  bool doOne(Job &job, std::unique_lock<std::mutex> &lock);
  void run();

  const size_t count;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job *> jobs; // guarded by `mutex`, as all that is in them
  bool stopping = false;
  Threads threads; // guarded too; last: they use all of the above
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_WORKERS_H
