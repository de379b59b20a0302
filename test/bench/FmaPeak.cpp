// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/bench/FmaPeak.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <immintrin.h>
#include <vector>

using namespace gan;

// Enough chains to hide the latency of an fma twice over.
static constexpr int chains = 12, steps = 2000000, rounds = 5;

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

__attribute__((target("avx2,fma"))) static void run256() {
  __m256 sums[chains] = {}, x = _mm256_set1_ps(0.5f);
  for (int step = 0; step < steps; ++step) {
    for (__m256 &sum : sums)
      sum = _mm256_fmadd_ps(sum, x, x);
    asm volatile("" : "+x"(x));
  }
  for (__m256 &sum : sums)
    asm volatile("" ::"x"(sum));
}

__attribute__((target("avx512f"))) static void run512() {
  __m512 sums[chains] = {}, x = _mm512_set1_ps(0.5f);
  for (int step = 0; step < steps; ++step) {
    for (__m512 &sum : sums)
      sum = _mm512_fmadd_ps(sum, x, x);
    asm volatile("" : "+v"(x));
  }
  for (__m512 &sum : sums)
    asm volatile("" ::"v"(sum));
}

double bench::fmaPeak256() {
  return 2.0 * 8 * chains * steps / best(run256) / 1e9;
}

double bench::fmaPeak512() {
  return 2.0 * 16 * chains * steps / best(run512) / 1e9;
}

double bench::copyBandwidth() {
  std::vector<char> from(256 << 20, 1), to(256 << 20);
  return 2.0 * from.size() / best([&] {
           std::memcpy(to.data(), from.data(), from.size());
           asm volatile("" ::"r"(to.data()) : "memory");
         }) /
         1e9;
}
