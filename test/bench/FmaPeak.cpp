// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/bench/FmaPeak.h"

#include "runtime/device/cpu/Peak.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <vector>

using namespace gan;

static constexpr int rounds = 20;

double bench::threadSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

template <typename Body> static double best(Body body) {
  double least = 1e30;
  for (int round = 0; round < rounds; ++round) {
    double start = bench::threadSeconds();
    body();
    least = std::min(least, bench::threadSeconds() - start);
  }
  return least;
}

// The number of operations over the least time.
static double fmaPeak(bool wide) {
  double flops = 0;
  double time = best([&] { flops = runtime::runFmas(wide); });
  return flops / time / 1e9;
}

double bench::fmaPeak256() { return fmaPeak(/*wide=*/false); }

double bench::fmaPeak512() { return fmaPeak(/*wide=*/true); }

double bench::copyBandwidth() {
  std::vector<char> from(256 << 20, 1), to(256 << 20);
  return 2.0 * from.size() / best([&] {
           std::memcpy(to.data(), from.data(), from.size());
           asm volatile("" ::"r"(to.data()) : "memory");
         }) /
         1e9;
}
