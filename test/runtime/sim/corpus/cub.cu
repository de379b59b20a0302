// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Block and warp algorithms of CUB; each kernel works on one block's worth of data.
#include <cub/cub.cuh>

#define KERNEL extern "C" __global__ void
constexpr int T = 128;
constexpr int I = 4;

template <cub::BlockReduceAlgorithm A, class V, class Op>
__device__ void reduce(const V *in, V *out, Op op) {
  using R = cub::BlockReduce<V, T, A>;
  __shared__ typename R::TempStorage temp;
  V sum = R(temp).Reduce(in[blockIdx.x * T + threadIdx.x], op);
  if (threadIdx.x == 0)
    out[blockIdx.x] = sum;
}
struct Sum { template <class V> __device__ V operator()(V a, V b) const { return a + b; } };
struct Max { template <class V> __device__ V operator()(V a, V b) const { return a < b ? b : a; } };
KERNEL reduceWarps(const int *in, int *out) { reduce<cub::BLOCK_REDUCE_WARP_REDUCTIONS>(in, out, Sum()); }
KERNEL reduceRaking(const int *in, int *out) { reduce<cub::BLOCK_REDUCE_RAKING>(in, out, Max()); }
KERNEL reduceCommutative(const long long *in, long long *out) {
  reduce<cub::BLOCK_REDUCE_RAKING_COMMUTATIVE_ONLY>(in, out, Sum());
}

template <cub::BlockScanAlgorithm A, bool Inclusive>
__device__ void scan(const int *in, int *out) {
  using S = cub::BlockScan<int, T, A>;
  __shared__ typename S::TempStorage temp;
  int items[I];
  for (int i = 0; i < I; ++i)
    items[i] = in[threadIdx.x * I + i];
  if (Inclusive)
    S(temp).InclusiveSum(items, items);
  else
    S(temp).ExclusiveSum(items, items);
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = items[i];
}
KERNEL scanWarps(const int *in, int *out) { scan<cub::BLOCK_SCAN_WARP_SCANS, true>(in, out); }
KERNEL scanRaking(const int *in, int *out) { scan<cub::BLOCK_SCAN_RAKING, false>(in, out); }

KERNEL sortKeys(const int *in, int *out) {
  using S = cub::BlockRadixSort<int, T, I>;
  __shared__ typename S::TempStorage temp;
  int keys[I];
  for (int i = 0; i < I; ++i)
    keys[i] = in[threadIdx.x * I + i];
  S(temp).Sort(keys);
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = keys[i];
}
KERNEL sortPairs(const float *in, float *out, int *order) {
  using S = cub::BlockRadixSort<float, T, I, int>;
  __shared__ typename S::TempStorage temp;
  float keys[I];
  int values[I];
  for (int i = 0; i < I; ++i) {
    keys[i] = in[threadIdx.x * I + i];
    values[i] = threadIdx.x * I + i;
  }
  S(temp).SortDescending(keys, values);
  for (int i = 0; i < I; ++i) {
    out[threadIdx.x * I + i] = keys[i];
    order[threadIdx.x * I + i] = values[i];
  }
}
struct Differs { __device__ bool operator()(int a, int b) const { return a != b; } };
struct Less { __device__ bool operator()(int a, int b) const { return a < b; } };
KERNEL mergeSort(const int *in, int *out) {
  using S = cub::BlockMergeSort<int, T, I>;
  __shared__ typename S::TempStorage temp;
  int keys[I];
  for (int i = 0; i < I; ++i)
    keys[i] = in[threadIdx.x * I + i];
  S(temp).Sort(keys, Less());
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = keys[i];
}

template <cub::BlockHistogramAlgorithm A>
__device__ void histogram(const unsigned char *in, unsigned *out) {
  using H = cub::BlockHistogram<unsigned char, T, I, 256, A>;
  __shared__ typename H::TempStorage temp;
  __shared__ unsigned bins[256];
  unsigned char items[I];
  for (int i = 0; i < I; ++i)
    items[i] = in[threadIdx.x * I + i];
  H(temp).Histogram(items, bins);
  __syncthreads();
  for (int i = threadIdx.x; i < 256; i += T)
    out[i] = bins[i];
}
KERNEL histogramAtomic(const unsigned char *in, unsigned *out) { histogram<cub::BLOCK_HISTO_ATOMIC>(in, out); }
KERNEL histogramSort(const unsigned char *in, unsigned *out) { histogram<cub::BLOCK_HISTO_SORT>(in, out); }

KERNEL warpReduce(const int *in, int *out) {
  using R = cub::WarpReduce<int>;
  __shared__ typename R::TempStorage temp[T / 32];
  int warp = threadIdx.x / 32;
  int sum = R(temp[warp]).Sum(in[threadIdx.x]);
  if (threadIdx.x % 32 == 0)
    out[warp] = sum;
}
KERNEL warpScanNarrow(const int *in, int *out) {
  using S = cub::WarpScan<int, 8>;
  __shared__ typename S::TempStorage temp[T / 8];
  int value = in[threadIdx.x];
  S(temp[threadIdx.x / 8]).InclusiveSum(value, value);
  out[threadIdx.x] = value;
}
KERNEL exchange(const int *in, int *out) {
  using X = cub::BlockExchange<int, T, I>;
  __shared__ typename X::TempStorage temp;
  int items[I];
  for (int i = 0; i < I; ++i)
    items[i] = in[i * T + threadIdx.x];
  X(temp).StripedToBlocked(items, items);
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = items[i] + i;
}
KERNEL discontinuity(const int *in, int *out) {
  using D = cub::BlockDiscontinuity<int, T>;
  __shared__ typename D::TempStorage temp;
  int items[I], flags[I];
  for (int i = 0; i < I; ++i)
    items[i] = in[threadIdx.x * I + i];
  D(temp).FlagHeads(flags, items, Differs());
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = flags[i];
}
KERNEL adjacent(const int *in, int *out) {
  using D = cub::BlockAdjacentDifference<int, T>;
  __shared__ typename D::TempStorage temp;
  int items[I], result[I];
  for (int i = 0; i < I; ++i)
    items[i] = in[threadIdx.x * I + i];
  D(temp).SubtractLeft(items, result, [](int a, int b) { return a - b; });
  for (int i = 0; i < I; ++i)
    out[threadIdx.x * I + i] = result[i];
}
KERNEL loadStore(const int *in, int *out) {
  using L = cub::BlockLoad<int, T, I, cub::BLOCK_LOAD_TRANSPOSE>;
  using S = cub::BlockStore<int, T, I, cub::BLOCK_STORE_VECTORIZE>;
  __shared__ union { typename L::TempStorage load; typename S::TempStorage store; } temp;
  int items[I];
  L(temp.load).Load(in, items, 500, -1);
  __syncthreads();
  for (int i = 0; i < I; ++i)
    items[i] *= 3;
  S(temp.store).Store(out, items);
}
