// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What ordinary CUDA kernels do.
#define KERNEL extern "C" __global__ void

KERNEL saxpy(const float *x, float *y, float a, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    y[i] = a * x[i] + y[i];
}
KERNEL transpose(const float *in, float *out, int n) {
  __shared__ float tile[32][33];
  int x = blockIdx.x * 32 + threadIdx.x, y = blockIdx.y * 32 + threadIdx.y;
  for (int i = 0; i < 32; i += 8)
    tile[threadIdx.y + i][threadIdx.x] = in[(y + i) * n + x];
  __syncthreads();
  x = blockIdx.y * 32 + threadIdx.x;
  y = blockIdx.x * 32 + threadIdx.y;
  for (int i = 0; i < 32; i += 8)
    out[(y + i) * n + x] = tile[threadIdx.x][threadIdx.y + i];
}
KERNEL stencil(const float *in, float *out, int n) {
  __shared__ float row[128 + 2];
  int i = blockIdx.x * 128 + threadIdx.x;
  row[threadIdx.x + 1] = i < n ? in[i] : 0;
  if (threadIdx.x == 0)
    row[0] = i > 0 ? in[i - 1] : 0;
  if (threadIdx.x == 127)
    row[129] = i + 1 < n ? in[i + 1] : 0;
  __syncthreads();
  if (i < n)
    out[i] = row[threadIdx.x] + 2 * row[threadIdx.x + 1] + row[threadIdx.x + 2];
}
KERNEL matmul(const float *a, const float *b, float *c, int n) {
  __shared__ float ta[16][16], tb[16][16];
  int tx = threadIdx.x, ty = threadIdx.y, row = blockIdx.y * 16 + ty, col = blockIdx.x * 16 + tx;
  float sum = 0;
  for (int k = 0; k < n; k += 16) {
    ta[ty][tx] = a[row * n + k + tx];
    tb[ty][tx] = b[(k + ty) * n + col];
    __syncthreads();
    for (int i = 0; i < 16; ++i)
      sum += ta[ty][i] * tb[i][tx];
    __syncthreads();
  }
  c[row * n + col] = sum;
}
KERNEL softmax(const float *in, float *out, int n) {
  __shared__ float part[64];
  const float *row = in + blockIdx.x * n;
  float most = -1e30f, sum = 0;
  for (int i = threadIdx.x; i < n; i += 64)
    most = fmaxf(most, row[i]);
  part[threadIdx.x] = most;
  for (int s = 32; s > 0; s >>= 1) {
    __syncthreads();
    if (threadIdx.x < s)
      part[threadIdx.x] = fmaxf(part[threadIdx.x], part[threadIdx.x + s]);
  }
  __syncthreads();
  most = part[0];
  __syncthreads();
  for (int i = threadIdx.x; i < n; i += 64)
    sum += expf(row[i] - most);
  part[threadIdx.x] = sum;
  for (int s = 32; s > 0; s >>= 1) {
    __syncthreads();
    if (threadIdx.x < s)
      part[threadIdx.x] += part[threadIdx.x + s];
  }
  __syncthreads();
  for (int i = threadIdx.x; i < n; i += 64)
    out[blockIdx.x * n + i] = expf(row[i] - most) / part[0];
}
struct Adam { float rate, beta1, beta2, epsilon; int step; };
KERNEL adam(float *w, const float *g, float *m, float *v, Adam o, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  m[i] = o.beta1 * m[i] + (1 - o.beta1) * g[i];
  v[i] = o.beta2 * v[i] + (1 - o.beta2) * g[i] * g[i];
  w[i] -= o.rate * m[i] / (sqrtf(v[i]) + o.epsilon * o.step);
}
KERNEL bitonic(const int *in, int *out) {
  __shared__ int s[256];
  int i = threadIdx.x;
  s[i] = in[i];
  for (int k = 2; k <= 256; k *= 2)
    for (int j = k / 2; j > 0; j /= 2) {
      __syncthreads();
      int other = i ^ j;
      if (other > i && (s[i] > s[other]) == ((i & k) == 0)) {
        int t = s[i];
        s[i] = s[other];
        s[other] = t;
      }
    }
  __syncthreads();
  out[i] = s[i];
}
KERNEL hillisSteele(const int *in, int *out) {
  __shared__ int s[2][256];
  int i = threadIdx.x, at = 0;
  s[0][i] = in[i];
  __syncthreads();
  for (int d = 1; d < 256; d *= 2) {
    s[1 - at][i] = s[at][i] + (i >= d ? s[at][i - d] : 0);
    at = 1 - at;
    __syncthreads();
  }
  out[i] = s[at][i];
}
KERNEL histogram(const unsigned *in, unsigned *out, int n) {
  __shared__ unsigned bins[64];
  if (threadIdx.x < 64)
    bins[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    atomicAdd(&bins[in[i] % 64], 1u);
  __syncthreads();
  if (threadIdx.x < 64)
    atomicAdd(&out[threadIdx.x], bins[threadIdx.x]);
}
KERNEL mandelbrot(int *out, int n) {
  int x = threadIdx.x, y = blockIdx.x, k = 0;
  float cr = x * 3.0f / n - 2, ci = y * 2.0f / n - 1, r = 0, i = 0;
  while (k < 100 && r * r + i * i < 4) {
    float t = r * r - i * i + cr;
    i = 2 * r * i + ci;
    r = t;
    ++k;
  }
  out[y * n + x] = k;
}
KERNEL bits(const unsigned *in, unsigned *out) {
  unsigned a = in[threadIdx.x], b = in[threadIdx.x ^ 1];
  out[threadIdx.x] = __popc(a) + (__clz(b) << 8) ^ __brev(a) ^ __byte_perm(a, b, 0x5170) ^
                     __funnelshift_l(a, b, 7) ^ __funnelshift_rc(a, b, 40) ^ (__ffs(a) << 3) ^ __umulhi(a, b) ^ __dp4a(a, b, a);
}
KERNEL integers(const long long *in, long long *out) {
  long long a = in[threadIdx.x], b = in[threadIdx.x ^ 1] | 1;
  int c = (int)a, d = (int)b;
  out[threadIdx.x] = a / b + a % b + c / d * 3 + c % d + (long long)((unsigned)c / 10u) + __mulhi(c, d) +
                     __mul64hi(a, b) + (a >> 3) + (c >> 5) + abs(c) + max(a, b) + (short)c * (short)d;
}
__constant__ float table[8] = {1, 2, 4, 8, 16, 32, 64, 128};
KERNEL constants(const int *in, float *out) { out[threadIdx.x] = table[in[threadIdx.x] & 7]; }
KERNEL localArray(const int *in, int *out) {
  int counts[16];
  for (int i = 0; i < 16; ++i)
    counts[i] = 0;
  for (int i = 0; i < 32; ++i)
    ++counts[(in[(threadIdx.x + i) % 64] + i * threadIdx.x) & 15];
  int sum = 0;
  for (int i = 0; i < 16; ++i)
    sum = sum * 3 + counts[i];
  out[threadIdx.x] = sum;
}
__device__ __noinline__ int collatz(int n, int &steps) {
  while (n != 1) {
    n = n % 2 ? 3 * n + 1 : n / 2;
    ++steps;
  }
  return n;
}
KERNEL calls(int *out) {
  int steps = 0;
  int end = collatz(threadIdx.x + 1, steps);
  if (threadIdx.x % 2)
    end += collatz(threadIdx.x + 7, steps);
  out[threadIdx.x] = steps * 10 + end;
}
KERNEL dispatch(const int *in, int *out) {
  int a = in[threadIdx.x], r;
  switch (a % 9) {
  case 0: r = a * 3; break;
  case 1: r = a + 100; break;
  case 2: r = -a; break;
  case 3: r = a * a; break;
  case 4: r = a ^ 0x55; break;
  case 5: r = a << 3; break;
  case 6: r = a >> 1; break;
  case 7: r = 77; break;
  default: r = a - 1;
  }
  out[threadIdx.x] = r;
}
KERNEL life(const unsigned char *in, unsigned char *out, int n) {
  int x = threadIdx.x, y = blockIdx.x, sum = 0;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx)
      if (dx || dy)
        sum += in[(y + dy + n) % n * n + (x + dx + n) % n];
  out[y * n + x] = sum == 3 || (sum == 2 && in[y * n + x]);
}
KERNEL vectors(const float4 *in, float4 *out) {
  float4 a = in[threadIdx.x], b = in[threadIdx.x ^ 1];
  out[threadIdx.x] = make_float4(a.x + b.w, a.y - b.z, a.z * b.y, a.w > b.x ? a.w : b.x);
}
KERNEL convolve(const float *in, const float *w, float *out, int n) {
  int x = threadIdx.x, y = blockIdx.x;
  float sum = 0;
  for (int i = 0; i < 9; ++i) {
    int u = x + i % 3 - 1, v = y + i / 3 - 1;
    if (u >= 0 && v >= 0 && u < n && v < n)
      sum = fmaf(in[v * n + u], w[i], sum);
  }
  out[y * n + x] = sum;
}
