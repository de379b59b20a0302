// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Contract.h"

#include "runtime/base/Processors.h"
#include "runtime/device/Inputs.h"

#include <algorithm>

using namespace gan::runtime;

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

Status gan::runtime::checkSequence(const Executable *executable,
                                   std::span<const uint32_t> entries,
                                   const std::string &device) {
  for (uint32_t entry : entries)
    if (!executable || entry >= executable->tables().entries()->size())
      return misuse("there is no entry " + std::to_string(entry), device);
  if (!executable)
    return misuse("no executable is loaded", device);
  if (entries.size() > kMostRuns)
    return misuse("a sequence of " + std::to_string(entries.size()) +
                      " runs is longer than " + std::to_string(kMostRuns),
                  device);
  uint64_t bytes = inputBytes(executable->tables(), entries);
  uint64_t room = slotBytes(executable->tables());
  if (bytes > room)
    return misuse("the inputs of " + std::to_string(entries.size()) +
                      " runs have " + std::to_string(bytes) +
                      " bytes, a slot has " + std::to_string(room),
                  device);
  return {};
}

bool gan::runtime::exchanges(const Executable &executable,
                             std::span<const uint32_t> entries) {
  auto isExchange = [](const format::Node *node) {
    return node->kind() == format::NodeKind::Collective;
  };
  return std::any_of(entries.begin(), entries.end(), [&](uint32_t entry) {
    const auto &nodes = *executable.tables().entries()->Get(entry)->nodes();
    return std::any_of(nodes.begin(), nodes.end(), isExchange);
  });
}

Result<unsigned> gan::runtime::threadsOf(const DeviceOptions &options,
                                         const std::string &device) {
  unsigned threads = options.threads ? options.threads : availableProcessors();
  if (threads > kMostThreads)
    return Status(Code::Usage,
                  "cannot use " + std::to_string(threads) +
                      " threads, at most " + std::to_string(kMostThreads),
                  device);
  return threads;
}
