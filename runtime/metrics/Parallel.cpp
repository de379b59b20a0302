// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/metrics/Parallel.h"
#include "runtime/base/Processors.h"
#include "runtime/base/Threads.h"

#include <algorithm>
#include <atomic>

void gan::runtime::forEachBlock(
    size_t count, size_t block, unsigned threads,
    const std::function<void(size_t begin, size_t end)> &work) {
  std::atomic<size_t> next = 0;
  auto run = [&] {
    for (size_t begin; (begin = next.fetch_add(block)) < count;)
      work(begin, std::min(begin + block, count));
  };
  if (threads == 0)
    threads = availableProcessors();
  Threads helpers;
  size_t blocks = (count + block - 1) / block;
  size_t wanted = std::min<size_t>(threads, blocks);
  while (helpers.size() + 1 < wanted && helpers.begin(run)) {
  }
  run();
}
