// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Contract.h"

#include <algorithm>
#include <sched.h>

using namespace gan::runtime;

static constexpr unsigned kMaxThreads = 1024;

Status gan::runtime::misuse(std::string sentence, std::string device) {
  return Status(Code::Internal, std::move(sentence), std::move(device));
}

Status gan::runtime::checkSpan(const Executable *executable, uint32_t buffer,
                               uint64_t bytes, const std::string &device) {
  if (!executable || buffer >= executable->tables().buffers()->size())
    return misuse("there is no buffer " + std::to_string(buffer), device);
  uint64_t size = executable->tables().buffers()->Get(buffer)->bytes();
  if (bytes > size)
    return misuse("buffer " + std::to_string(buffer) + " has " +
                      std::to_string(size) + " bytes, not " +
                      std::to_string(bytes),
                  device);
  return {};
}

// The processors that this process may run on.
static unsigned availableThreads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0)
    return 1;
  return std::max(1, CPU_COUNT(&set));
}

Result<unsigned> gan::runtime::threadsOf(const DeviceOptions &options,
                                         const std::string &device) {
  unsigned threads = options.threads ? options.threads : availableThreads();
  if (threads > kMaxThreads)
    return Status(Code::Usage,
                  "cannot use " + std::to_string(threads) +
                      " threads, at most " + std::to_string(kMaxThreads),
                  device);
  return threads;
}
