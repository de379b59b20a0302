// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that work together beyond one barrier.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>

#define KERNEL extern "C" __global__ void
namespace cg = cooperative_groups;

KERNEL tileReduce(const int *in, int *out) {
  auto tile = cg::tiled_partition<16>(cg::this_thread_block());
  int sum = cg::reduce(tile, in[threadIdx.x], cg::plus<int>());
  if (tile.thread_rank() == 0)
    out[threadIdx.x / 16] = sum;
}
KERNEL tileScan(const int *in, int *out) {
  auto tile = cg::tiled_partition<32>(cg::this_thread_block());
  out[threadIdx.x] = cg::inclusive_scan(tile, in[threadIdx.x]);
}
KERNEL shuffleTree(const float *in, float *out) {
  float v = in[threadIdx.x];
  for (int d = 16; d > 0; d /= 2)
    v += __shfl_down_sync(0xffffffff, v, d);
  if (threadIdx.x % 32 == 0)
    out[threadIdx.x / 32] = v;
}
// Lanes that meet add once for all of them.
KERNEL aggregated(const int *in, int *count, int *out) {
  if (in[threadIdx.x] > 0) {
    auto active = cg::coalesced_threads();
    int base = 0;
    if (active.thread_rank() == 0)
      base = atomicAdd(count, active.size());
    out[active.shfl(base, 0) + active.thread_rank()] = in[threadIdx.x];
  }
}
KERNEL matchKeys(const int *in, int *out) {
  unsigned same = __match_any_sync(0xffffffff, in[threadIdx.x]);
  out[threadIdx.x] = __popc(same & ((1u << (threadIdx.x & 31)) - 1));
}
KERNEL ballots(const int *in, int *out) {
  int v = in[threadIdx.x];
  unsigned odd = __ballot_sync(0xffffffff, v & 1);
  int all = __all_sync(0xffffffff, v < 1000), any = __any_sync(0xffffffff, v == 3);
  out[threadIdx.x] = __popc(odd) * 4 + all * 2 + any + __syncthreads_count(v > 10) * 1000;
}
// The last block to finish sums what all blocks left.
__device__ unsigned ticket;
KERNEL lastBlock(const int *in, int *part, int *out) {
  int sum = __reduce_add_sync(0xffffffff, in[blockIdx.x * 32 + threadIdx.x]);
  __shared__ bool last;
  if (threadIdx.x == 0) {
    part[blockIdx.x] = sum;
    __threadfence();
    last = atomicAdd(&ticket, 1) == gridDim.x - 1;
    __threadfence();
  }
  __syncthreads();
  if (last) {
    int v = threadIdx.x < gridDim.x ? part[threadIdx.x] : 0;
    v = __reduce_add_sync(0xffffffff, v);
    if (threadIdx.x == 0)
      *out = v;
  }
}
// A scan over blocks: each waits for the sum of its predecessors.
KERNEL lookBack(const int *in, int *out, volatile int *flag, volatile int *sums) {
  __shared__ int before;
  int lane = threadIdx.x, i = blockIdx.x * 32 + lane;
  int v = in[i];
  for (int d = 1; d < 32; d *= 2) {
    int o = __shfl_up_sync(0xffffffff, v, d);
    if (lane >= d)
      v += o;
  }
  if (lane == 31) {
    before = 0;
    if (blockIdx.x > 0) {
      while (flag[blockIdx.x - 1] == 0)
        ;
      __threadfence();
      before = sums[blockIdx.x - 1];
    }
    sums[blockIdx.x] = before + v;
    __threadfence();
    flag[blockIdx.x] = 1;
  }
  __syncthreads();
  out[i] = before + v;
}
// One thread of each block at a time.
KERNEL lock(int *mutex, int *total) {
  if (threadIdx.x == 0) {
    while (atomicCAS(mutex, 0, 1) != 0)
      ;
    __threadfence();
    *total = *total + blockIdx.x + 1;
    __threadfence();
    atomicExch(mutex, 0);
  }
}
// Warp 0 consumes what warps 1 and 2 produce, over named barriers.
KERNEL producers(const int *in, int *out, int rounds) {
  __shared__ int box[64];
  int warp = threadIdx.x / 32, sum = 0;
  for (int r = 0; r < rounds; ++r) {
    if (warp == 0) {
      asm volatile("bar.sync 1, 96;" ::: "memory");
      sum += box[threadIdx.x] + box[threadIdx.x + 32];
      asm volatile("bar.arrive 2, 96;" ::: "memory");
    } else {
      if (r > 0)
        asm volatile("bar.sync 2, 96;" ::: "memory");
      box[threadIdx.x - 32] = in[threadIdx.x - 32] * (r + 1);
      asm volatile("bar.arrive 1, 96;" ::: "memory");
    }
  }
  if (warp == 0)
    out[threadIdx.x] = sum;
}
KERNEL atomics(int *out, unsigned long long *wide, const int *in) {
  int v = in[threadIdx.x];
  atomicMax(out, v);
  atomicMin(out + 1, v);
  atomicXor(out + 2, v);
  atomicInc((unsigned *)out + 3, 20);
  atomicAdd(wide, (unsigned long long)v * v);
  int old = atomicAdd(out + 4, 0), seen;
  do {
    seen = old;
    old = atomicCAS(out + 4, seen, seen * 3 + 1);
  } while (old != seen);
}
