// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Matrix products on tensor cores, and copies that run ahead.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_pipeline.h>
#include <mma.h>

#define KERNEL extern "C" __global__ void
using namespace nvcuda;

// One warp per 16 x 16 tile of C = A B, n x n, row-major.
template <class In, class Frag, int K> __device__ void product(const In *a, const In *b, float *c, int n) {
  wmma::fragment<wmma::matrix_a, 16, 16, K, Frag, wmma::row_major> fa;
  wmma::fragment<wmma::matrix_b, 16, 16, K, Frag, wmma::row_major> fb;
  wmma::fragment<wmma::accumulator, 16, 16, K, float> fc;
  wmma::fill_fragment(fc, 0.0f);
  for (int k = 0; k < n; k += K) {
    wmma::load_matrix_sync(fa, a + blockIdx.y * 16 * n + k, n);
    wmma::load_matrix_sync(fb, b + k * n + blockIdx.x * 16, n);
    wmma::mma_sync(fc, fa, fb, fc);
  }
  wmma::store_matrix_sync(c + blockIdx.y * 16 * n + blockIdx.x * 16, fc, n, wmma::mem_row_major);
}
KERNEL wmmaHalf(const half *a, const half *b, float *c, int n) { product<half, half, 16>(a, b, c, n); }
KERNEL wmmaBrain(const __nv_bfloat16 *a, const __nv_bfloat16 *b, float *c, int n) {
  product<__nv_bfloat16, __nv_bfloat16, 16>(a, b, c, n);
}
KERNEL wmmaTf32(const float *a, const float *b, float *c, int n) {
  product<float, wmma::precision::tf32, 8>(a, b, c, n);
}

// Through shared memory with ldmatrix and mma.sync: a 16 x 8 tile per warp.
KERNEL mmaTile(const half *a, const half *b, float *c, int n) {
  __shared__ alignas(16) half ta[16][16], tb[16][8];
  int lane = threadIdx.x;
  float d[4] = {0, 0, 0, 0};
  for (int k = 0; k < n; k += 16) {
    for (int i = lane; i < 256; i += 32)
      ta[i / 16][i % 16] = a[(blockIdx.y * 16 + i / 16) * n + k + i % 16];
    for (int i = lane; i < 128; i += 32)
      tb[i / 8][i % 8] = b[(k + i / 8) * n + blockIdx.x * 8 + i % 8];
    __syncwarp();
    unsigned pa = (unsigned)__cvta_generic_to_shared(&ta[lane % 16][lane / 16 * 8]);
    unsigned pb = (unsigned)__cvta_generic_to_shared(&tb[lane % 16][0]);
    unsigned ra[4], rb[2];
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(ra[0]), "=r"(ra[1]), "=r"(ra[2]), "=r"(ra[3]) : "r"(pa));
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0, %1}, [%2];" : "=r"(rb[0]), "=r"(rb[1]) : "r"(pb));
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                 "{%0, %1, %2, %3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                 : "r"(ra[0]), "r"(ra[1]), "r"(ra[2]), "r"(ra[3]), "r"(rb[0]), "r"(rb[1]));
    __syncwarp();
  }
  for (int i = 0; i < 4; ++i)
    c[(blockIdx.y * 16 + lane / 4 + i / 2 * 8) * n + blockIdx.x * 8 + lane % 4 * 2 + i % 2] = d[i];
}

// Two stages: the next tile is on its way while this one is summed.
KERNEL pipeline(const float *in, float *out, int tiles) {
  __shared__ alignas(16) float stage[2][512];
  auto fetch = [&](int t) {
    __pipeline_memcpy_async(&stage[t % 2][threadIdx.x * 4], in + t * 512 + threadIdx.x * 4, 16);
    __pipeline_commit();
  };
  fetch(0);
  float sum = 0;
  for (int t = 0; t < tiles; ++t) {
    if (t + 1 < tiles)
      fetch(t + 1);
    __pipeline_wait_prior(t + 1 < tiles ? 1 : 0);
    __syncthreads();
    for (int i = 0; i < 4; ++i)
      sum += stage[t % 2][(threadIdx.x * 4 + i + 64) % 512];
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}
