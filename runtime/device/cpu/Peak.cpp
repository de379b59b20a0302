// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/cpu/Peak.h"

#include <algorithm>
#include <cstring>
#include <immintrin.h>

using namespace gan::runtime;

// Enough chains to hide the latency of an fma twice over.
static constexpr uint64_t kChains = 12, kSteps = 500000;
// Of a thread, twice: beyond what its share of the caches holds.
static constexpr uint64_t kCopied = 32 << 20;
static constexpr uint32_t kRounds = 4;

__attribute__((target("avx2,fma"))) static void runFmas256() {
  __m256 sums[kChains] = {}, x = _mm256_set1_ps(0.5f);
  for (uint64_t step = 0; step < kSteps; ++step) {
    for (__m256 &sum : sums)
      sum = _mm256_fmadd_ps(sum, x, x);
    asm volatile("" : "+x"(x));
  }
  for (__m256 &sum : sums)
    asm volatile("" ::"x"(sum));
}

__attribute__((target("avx512f"))) static void runFmas512() {
  __m512 sums[kChains] = {}, x = _mm512_set1_ps(0.5f);
  for (uint64_t step = 0; step < kSteps; ++step) {
    for (__m512 &sum : sums)
      sum = _mm512_fmadd_ps(sum, x, x);
    asm volatile("" : "+v"(x));
  }
  for (__m512 &sum : sums)
    asm volatile("" ::"v"(sum));
}

static constexpr uint64_t flopsOfRun(bool wide) {
  return 2 * (wide ? 16 : 8) * kChains * kSteps;
}

uint64_t gan::runtime::runFmas(bool wide) {
  wide ? runFmas512() : runFmas256();
  return flopsOfRun(wide);
}

// A tile is what one thread does in a round; kernels as the pool calls them.
template <bool isWide>
static void fmaKernel(void *const *, int64_t begin, int64_t end, void *) {
  for (; begin < end; ++begin)
    runFmas(isWide);
}
static void copyKernel(void *const *args, int64_t begin, int64_t end, void *) {
  for (; begin < end; ++begin)
    std::memcpy(static_cast<std::byte *>(args[1]) + begin * kCopied,
                static_cast<const std::byte *>(args[0]) + begin * kCopied,
                kCopied);
}

// The least nanoseconds that a thread took for a tile.
static double leastTime(ThreadPool &pool, unsigned threads,
                        KernelFunction function, std::vector<void *> args) {
  WorkPlan plan;
  plan.launches = {{function, 0, threads, 0}};
  plan.arguments = std::move(args);
  for (uint32_t round = 0; round < kRounds; ++round) {
    uint32_t first = plan.items.size();
    for (int64_t tile = 0; tile < threads; ++tile)
      plan.items.push_back({0, 1, tile, tile + 1});
    plan.stages.push_back({first, first + threads});
  }
  Job job(std::move(plan), threads, /*timed=*/true);
  pool.run(job);
  uint64_t least = UINT64_MAX;
  for (const std::vector<Span> &spans : job.spans)
    for (const Span &span : spans)
      least = std::min(least, span.end - span.begin);
  return std::max<double>(least, 1);
}

Peak gan::runtime::measurePeak(ThreadPool &pool, unsigned threads, bool wide) {
  Peak peak;
  peak.flopsPerSecond =
      1e9 * flopsOfRun(wide) /
      leastTime(pool, threads, wide ? fmaKernel<true> : fmaKernel<false>, {});
  Result<Pages> from = Pages::allocate(threads * kCopied);
  Result<Pages> to = Pages::allocate(threads * kCopied);
  if (!from.ok() || !to.ok())
    return peak;
  // Memory that nobody wrote is one page of zeros, which is in the cache.
  std::memset(from->data(), 1, threads * kCopied);
  peak.bytesPerSecond =
      1e9 * 2 * kCopied /
      leastTime(pool, threads, copyKernel, {from->data(), to->data()});
  return peak;
}
