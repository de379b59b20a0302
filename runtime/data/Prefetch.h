// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Items made on a thread of their own, ahead of the one who takes them.
#ifndef GAN_RUNTIME_DATA_PREFETCH_H
#define GAN_RUNTIME_DATA_PREFETCH_H

#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gan::runtime {

/// While one item is used, the next is made. Items come in the order in which
/// they are made, so that timing never changes what is taken. The two slots are
/// used in turn and keep their memory.
template <typename Item> class Prefetch {
public:
  /// `make` fills the item it is given; it runs on the thread only, and never
  /// again once it has returned false, which means that its item is the last.
  explicit Prefetch(std::function<bool(Item &)> make)
      : make(std::move(make)), thread([this] { run(); }) {}
  Prefetch(const Prefetch &) = delete;
  Prefetch &operator=(const Prefetch &) = delete;
  ~Prefetch() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    changed.notify_all();
    thread.join();
  }

  /// The next item, waiting until it is made; it is the taker's until the next
  /// call. Not to be called again after the last.
  Item &take() {
    std::unique_lock lock(mutex);
    if (taken > 0)
      ++released;
    changed.notify_all();
    changed.wait(lock, [&] { return made > taken; });
    return slots[taken++ % slots.size()];
  }

private:
  void run() {
    for (bool more = true; more;) {
      {
        std::unique_lock lock(mutex);
        changed.wait(
            lock, [&] { return stopping || made < released + slots.size(); });
        if (stopping)
          return;
      }
      more = make(slots[made % slots.size()]);
      {
        std::lock_guard lock(mutex);
        ++made;
      }
      changed.notify_all();
    }
  }

  std::function<bool(Item &)> make;
  std::array<Item, 2> slots;
  std::mutex mutex;
  std::condition_variable changed;
  size_t made = 0, taken = 0, released = 0; // guarded by `mutex`
  bool stopping = false;                    // guarded by `mutex`
  std::thread thread;                       // last: it uses all of the above
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_DATA_PREFETCH_H
