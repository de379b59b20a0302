// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads where fewer than wanted are enough.
#ifndef GAN_RUNTIME_BASE_THREADS_H
#define GAN_RUNTIME_BASE_THREADS_H

#include <deque>
#include <functional>
#include <vector>

#include <pthread.h>

namespace gan::runtime {

/// Threads that are waited for at the end. Not std::thread, which would end the
/// process where the system refuses one.
class Threads {
public:
  Threads() = default;
  Threads(const Threads &) = delete;
  Threads &operator=(const Threads &) = delete;
  ~Threads() { join(); }

  /// Begins one more, which does `work`; false where the system has no more.
  bool begin(std::function<void()> work);
  void join();
  size_t size() const { return threads.size(); }

private:
  std::deque<std::function<void()>> works; // whose places stay
  std::vector<pthread_t> threads;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_THREADS_H
