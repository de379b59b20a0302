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

std::vector<uint64_t> gan::test::kernelOffsets() {
  std::vector<uint64_t> offsets;
  for (auto *kernel : {add, scale, sum, fill, scratch})
    offsets.push_back(reinterpret_cast<const char *>(kernel) -
                      __start_gan_kernels);
  return offsets;
}
