// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The kernels of the test executable. They stand in a section of their own,
// whose bytes are the image: so they must not call anything or use any constant
// that lies elsewhere, as optimised loops do.
#include "test/runtime/executable/TestKernels.h"

#include <cstdint>

#define IN_IMAGE                                                               \
  __attribute__((section("gan_kernels"), used, noinline, optnone,              \
                 no_sanitize("address", "thread", "undefined")))

extern "C" {
extern const char __start_gan_kernels[], __stop_gan_kernels[];
}

static constexpr int64_t kStride = 64; // elements of a tile

// args: x, y, x + y
IN_IMAGE static void add(void *const *args, int64_t begin, int64_t end,
                         void *) {
  auto *x = static_cast<const float *>(args[0]);
  auto *y = static_cast<const float *>(args[1]);
  auto *z = static_cast<float *>(args[2]);
  for (int64_t i = begin * kStride; i < end * kStride; ++i)
    z[i] = x[i] + y[i];
}

// args: x, s of one element, x * s
IN_IMAGE static void scale(void *const *args, int64_t begin, int64_t end,
                           void *) {
  auto *x = static_cast<const float *>(args[0]);
  auto *s = static_cast<const float *>(args[1]);
  auto *y = static_cast<float *>(args[2]);
  for (int64_t i = begin * kStride; i < end * kStride; ++i)
    y[i] = x[i] * *s;
}

// args: x of 2048 elements, their sum in order
IN_IMAGE static void sum(void *const *args, int64_t begin, int64_t end,
                         void *) {
  auto *x = static_cast<const float *>(args[0]);
  for (; begin < end; ++begin) {
    float total = x[0];
    for (int64_t i = 1; i < 32 * kStride; ++i)
      total += x[i];
    *static_cast<float *>(args[1]) = total;
  }
}

// args: key, w[i] = key[0] + i
IN_IMAGE static void fill(void *const *args, int64_t begin, int64_t end,
                          void *) {
  auto *key = static_cast<const int64_t *>(args[0]);
  auto *w = static_cast<float *>(args[1]);
  for (int64_t i = begin * kStride; i < end * kStride; ++i)
    w[i] = static_cast<float>(key[0] + i);
}

// args: y. For each tile: 1 if 4096 bytes of scratch are at a multiple of 64
// and belong to nobody else while the tile runs, else 0.
IN_IMAGE static void scratch(void *const *args, int64_t begin, int64_t end,
                             void *memory) {
  auto *y = static_cast<float *>(args[0]);
  auto *words = static_cast<volatile int64_t *>(memory);
  for (; begin < end; ++begin) {
    bool good = reinterpret_cast<uintptr_t>(memory) % 64 == 0;
    for (int64_t round = 0; round < 8; ++round) {
      for (int64_t i = 0; i < 512; ++i)
        words[i] = begin * 512 + i;
      for (int64_t i = 0; i < 512; ++i)
        good &= words[i] == begin * 512 + i;
    }
    for (int64_t i = begin * kStride; i < (begin + 1) * kStride; ++i)
      y[i] = static_cast<float>(good);
  }
}

std::span<const std::byte> gan::test::kernelBytes() {
  return std::as_bytes(std::span(__start_gan_kernels, __stop_gan_kernels));
}

// One thread per element, 64 in a block, but for the sum, which the first
// thread makes in order. A "pair" is "add" in its blocks 0 to 31 and "sum" in
// block 32.
static constexpr std::string_view kPtx = R"(.version 8.0
.target sm_80
.address_size 64

.visible .entry add(.param .u64 add_0, .param .u64 add_1, .param .u64 add_2)
.reqntid 64, 1, 1
{
  .reg .b32 %r<4>;
  .reg .b64 %rd<5>;
  .reg .f32 %f<4>;
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %tid.x;
  mad.lo.u32 %r3, %r1, 64, %r2;
  mul.wide.u32 %rd1, %r3, 4;
  ld.param.u64 %rd2, [add_0];
  ld.param.u64 %rd3, [add_1];
  ld.param.u64 %rd4, [add_2];
  add.u64 %rd2, %rd2, %rd1;
  add.u64 %rd3, %rd3, %rd1;
  add.u64 %rd4, %rd4, %rd1;
  ld.global.f32 %f1, [%rd2];
  ld.global.f32 %f2, [%rd3];
  add.rn.f32 %f3, %f1, %f2;
  st.global.f32 [%rd4], %f3;
  ret;
}

.visible .entry scale(.param .u64 scale_0, .param .u64 scale_1, .param .u64 scale_2)
.reqntid 64, 1, 1
{
  .reg .b32 %r<4>;
  .reg .b64 %rd<5>;
  .reg .f32 %f<4>;
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %tid.x;
  mad.lo.u32 %r3, %r1, 64, %r2;
  mul.wide.u32 %rd1, %r3, 4;
  ld.param.u64 %rd2, [scale_0];
  ld.param.u64 %rd3, [scale_1];
  ld.param.u64 %rd4, [scale_2];
  add.u64 %rd2, %rd2, %rd1;
  add.u64 %rd4, %rd4, %rd1;
  ld.global.f32 %f1, [%rd2];
  ld.global.f32 %f2, [%rd3];
  mul.rn.f32 %f3, %f1, %f2;
  st.global.f32 [%rd4], %f3;
  ret;
}

.visible .entry sum(.param .u64 sum_0, .param .u64 sum_1)
.reqntid 64, 1, 1
{
  .reg .pred %p<2>;
  .reg .b32 %r<2>;
  .reg .b64 %rd<3>;
  .reg .f32 %f<3>;
  mov.u32 %r1, %tid.x;
  setp.ne.u32 %p1, %r1, 0;
  @%p1 ret;
  ld.param.u64 %rd1, [sum_0];
  ld.param.u64 %rd2, [sum_1];
  ld.global.f32 %f1, [%rd1];
  mov.u32 %r1, 1;
LOOP:
  add.u64 %rd1, %rd1, 4;
  ld.global.f32 %f2, [%rd1];
  add.rn.f32 %f1, %f1, %f2;
  add.u32 %r1, %r1, 1;
  setp.lt.u32 %p1, %r1, 2048;
  @%p1 bra LOOP;
  st.global.f32 [%rd2], %f1;
  ret;
}

.visible .entry pair(.param .u64 pair_0, .param .u64 pair_1, .param .u64 pair_2, .param .u64 pair_3, .param .u64 pair_4)
.reqntid 64, 1, 1
{
  .reg .pred %p<2>;
  .reg .b32 %r<4>;
  .reg .b64 %rd<5>;
  .reg .f32 %f<4>;
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %tid.x;
  setp.eq.u32 %p1, %r1, 32;
  @%p1 bra SUM;
  mad.lo.u32 %r3, %r1, 64, %r2;
  mul.wide.u32 %rd1, %r3, 4;
  ld.param.u64 %rd2, [pair_0];
  ld.param.u64 %rd3, [pair_1];
  ld.param.u64 %rd4, [pair_2];
  add.u64 %rd2, %rd2, %rd1;
  add.u64 %rd3, %rd3, %rd1;
  add.u64 %rd4, %rd4, %rd1;
  ld.global.f32 %f1, [%rd2];
  ld.global.f32 %f2, [%rd3];
  add.rn.f32 %f3, %f1, %f2;
  st.global.f32 [%rd4], %f3;
  ret;
SUM:
  setp.ne.u32 %p1, %r2, 0;
  @%p1 ret;
  ld.param.u64 %rd1, [pair_3];
  ld.param.u64 %rd2, [pair_4];
  ld.global.f32 %f1, [%rd1];
  mov.u32 %r1, 1;
LOOP:
  add.u64 %rd1, %rd1, 4;
  ld.global.f32 %f2, [%rd1];
  add.rn.f32 %f1, %f1, %f2;
  add.u32 %r1, %r1, 1;
  setp.lt.u32 %p1, %r1, 2048;
  @%p1 bra LOOP;
  st.global.f32 [%rd2], %f1;
  ret;
}

.visible .entry fill(.param .u64 fill_0, .param .u64 fill_1)
.reqntid 64, 1, 1
{
  .reg .b32 %r<4>;
  .reg .b64 %rd<6>;
  .reg .f32 %f<2>;
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %tid.x;
  mad.lo.u32 %r3, %r1, 64, %r2;
  mul.wide.u32 %rd1, %r3, 4;
  cvt.u64.u32 %rd2, %r3;
  ld.param.u64 %rd3, [fill_0];
  ld.param.u64 %rd4, [fill_1];
  ld.global.s64 %rd5, [%rd3];
  add.s64 %rd5, %rd5, %rd2;
  cvt.rn.f32.s64 %f1, %rd5;
  add.u64 %rd4, %rd4, %rd1;
  st.global.f32 [%rd4], %f1;
  ret;
}

// 1 if the threads of the block see in shared memory what the others wrote.
.visible .entry scratch(.param .u64 scratch_0)
.reqntid 64, 1, 1
{
  .shared .align 4 .b8 words[256];
  .reg .pred %p<2>;
  .reg .b32 %r<9>;
  .reg .b64 %rd<3>;
  .reg .f32 %f<2>;
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %tid.x;
  mad.lo.u32 %r3, %r1, 64, %r2;
  mov.u32 %r4, words;
  shl.b32 %r5, %r2, 2;
  add.u32 %r6, %r4, %r5;
  st.shared.u32 [%r6], %r3;
  bar.sync 0;
  sub.u32 %r7, 252, %r5;
  add.u32 %r7, %r4, %r7;
  ld.shared.u32 %r8, [%r7];
  add.u32 %r8, %r8, %r2;
  mad.lo.u32 %r3, %r1, 64, 63;
  setp.eq.u32 %p1, %r8, %r3;
  selp.f32 %f1, 0f3F800000, 0f00000000, %p1;
  mul.wide.u32 %rd1, %r2, 4;
  mul.wide.u32 %rd2, %r1, 256;
  add.u64 %rd1, %rd1, %rd2;
  ld.param.u64 %rd2, [scratch_0];
  add.u64 %rd1, %rd1, %rd2;
  st.global.f32 [%rd1], %f1;
  ret;
}
)";

std::string_view gan::test::kernelText() { return kPtx; }

std::vector<uint64_t> gan::test::kernelOffsets() {
  std::vector<uint64_t> offsets;
  for (auto *kernel : {add, scale, sum, fill, scratch})
    offsets.push_back(reinterpret_cast<const char *>(kernel) -
                      __start_gan_kernels);
  return offsets;
}
