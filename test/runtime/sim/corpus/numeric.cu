// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Random numbers and mathematics of the CUDA headers.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <curand_kernel.h>

#define KERNEL extern "C" __global__ void

KERNEL philox(unsigned *out, unsigned long long seed, unsigned long long offset) {
  curandStatePhilox4_32_10_t state;
  curand_init(seed, threadIdx.x, offset, &state);
  uint4 four = curand4(&state);
  out[threadIdx.x * 4] = four.x;
  out[threadIdx.x * 4 + 1] = four.y;
  out[threadIdx.x * 4 + 2] = four.z;
  out[threadIdx.x * 4 + 3] = four.w;
}
KERNEL uniform(float *out, unsigned long long seed) {
  curandStatePhilox4_32_10_t state;
  curand_init(seed, threadIdx.x, 0, &state);
  out[threadIdx.x] = curand_uniform(&state);
}
KERNEL singles(const float *in, float *out) {
  float x = in[threadIdx.x];
  float *o = out + threadIdx.x * 8;
  o[0] = expf(x);
  o[1] = logf(x);
  o[2] = sinf(x);
  o[3] = tanhf(x);
  o[4] = erff(x);
  o[5] = powf(x, 1.7f);
  o[6] = sqrtf(x) / (x + 1);
  o[7] = cosf(x * 100);
}
KERNEL doubles(const double *in, double *out) {
  double x = in[threadIdx.x];
  double *o = out + threadIdx.x * 6;
  o[0] = exp(x);
  o[1] = log(x);
  o[2] = sin(x);
  o[3] = pow(x, 1.7);
  o[4] = sqrt(x) / (x + 1);
  o[5] = tanh(x);
}
KERNEL halves(const __half2 *in, __half2 *out) {
  __half2 a = in[threadIdx.x], b = in[threadIdx.x ^ 1];
  __half2 r = __hfma2(a, b, __hadd2(a, b));
  r = __hmax2(r, __hmul2(a, a));
  out[threadIdx.x] = __hlt(__low2half(a), __low2half(b)) ? r : __hneg2(r);
}
KERNEL brains(const __nv_bfloat16 *in, __nv_bfloat16 *out) {
  __nv_bfloat16 a = in[threadIdx.x], b = in[threadIdx.x ^ 1];
  float wide = __bfloat162float(a) * 0.3f;
  out[threadIdx.x] = __hadd(__hfma(a, b, b), __float2bfloat16(wide));
}
KERNEL conversions(const float *in, int *out) {
  float x = in[threadIdx.x];
  out[threadIdx.x] = __float2int_rn(x) + __float2int_rz(x) * 3 + __float2int_ru(x) * 5 + (int)__float2uint_rd(x) * 7 +
                     __half_as_ushort(__float2half_rn(x)) + (int)(long long)(x * 1000.0) + (unsigned char)(int)x;
}
