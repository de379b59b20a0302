// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a launch costs beside its work: a chain of 200 launches, each waiting
// for the one before it, by threads and pieces. Prints microseconds a launch,
// and what its work would take if it were shared without cost.
#include "runtime/device/cpu/ThreadPool.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace gan::runtime;

static constexpr uint32_t kLaunches = 200;
static constexpr int64_t kTiles = 8;

// args: rounds of a chain of dependent additions for each tile.
static void work(void *const *args, int64_t begin, int64_t end, void *) {
  auto rounds = reinterpret_cast<int64_t>(args[0]);
  for (; begin < end; ++begin) {
    double x = 1;
    for (int64_t i = 0; i < rounds; ++i) {
      x += 1e-9;
      asm volatile("" : "+x"(x));
    }
  }
}

static WorkPlan chainOf(int64_t rounds, int64_t pieces) {
  WorkPlan plan;
  for (uint32_t n = 0; n < kLaunches; ++n) {
    plan.launches.push_back({work, n, kTiles, 0});
    plan.arguments.push_back(reinterpret_cast<void *>(rounds));
    uint32_t first = plan.items.size();
    for (int64_t p = 0; p < pieces; ++p)
      plan.items.push_back(
          {n, n + 1, kTiles * p / pieces, kTiles * (p + 1) / pieces});
    plan.stages.push_back({first, static_cast<uint32_t>(plan.items.size())});
  }
  return plan;
}

// The median over 100 runs, in microseconds a launch.
static double measure(unsigned threads, int64_t rounds, int64_t pieces) {
  Result<std::unique_ptr<ThreadPool>> pool = ThreadPool::create(threads, 64);
  if (!pool.ok())
    return -1;
  Job job(chainOf(rounds, pieces), threads, /*timed=*/false);
  std::vector<double> times;
  for (int run = 0; run < 100; ++run) {
    auto start = std::chrono::steady_clock::now();
    (*pool)->run(job);
    std::chrono::duration<double, std::micro> time =
        std::chrono::steady_clock::now() - start;
    times.push_back(time.count() / kLaunches);
  }
  std::nth_element(times.begin(), times.begin() + 50, times.end());
  return times[50];
}

int main() {
  std::printf("threads pieces  work  us/launch  ideal\n");
  for (int64_t rounds : {0, 1000, 10000}) {
    double whole = measure(1, rounds, 1);
    for (unsigned threads : {1, 2, 4})
      for (int64_t pieces : {1, 2, 8})
        std::printf("%7u %6ld %5ld %10.2f %6.2f\n", threads, pieces, rounds,
                    measure(threads, rounds, pieces),
                    whole / std::min<int64_t>(threads, pieces));
  }
}
