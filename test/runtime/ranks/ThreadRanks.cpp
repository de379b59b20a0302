// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/runtime/ranks/ThreadRanks.h"

#include <algorithm>
#include <cstring>
#include <thread>

using namespace gan;
using namespace gan::test;
using runtime::Status;

Status ThreadRank::allGather(std::span<const std::span<std::byte>> tensors) {
  point.given[own] = tensors.data();
  point.barrier.arrive_and_wait();
  for (uint32_t other = 0; other < size(); ++other)
    for (size_t i = 0; other != own && i < tensors.size(); ++i) {
      size_t part = tensors[i].size() / size();
      std::memcpy(tensors[i].data() + other * part,
                  point.given[other][i].data() + other * part, part);
    }
  point.barrier.arrive_and_wait();
  return {};
}

Status ThreadRank::broadcast(std::span<std::byte> bytes) {
  point.given[own] = &bytes;
  point.barrier.arrive_and_wait();
  if (own != 0)
    std::memcpy(bytes.data(), point.given[0]->data(),
                std::min(bytes.size(), point.given[0]->size()));
  point.barrier.arrive_and_wait();
  return {};
}

void gan::test::asRanks(
    uint32_t size, const std::function<void(runtime::Communicator &)> &work) {
  MeetingPoint point(size);
  std::vector<std::thread> threads;
  for (uint32_t rank = 0; rank < size; ++rank)
    threads.emplace_back([&, rank] {
      ThreadRank self(point, rank);
      work(self);
    });
  for (std::thread &thread : threads)
    thread.join();
}
