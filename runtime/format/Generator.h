// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A generator in a C or C++ program: what a library that `ganc build --c-api`
// made can do. This is C99.
//
// No function throws, prints, ends the process or keeps what it was given. One
// that fails says so by what it returns, and `gan_error` says why.
//
// Threads: different generators may be used at the same time. Calls of
// `gan_generate` for one generator wait for each other; everything else that
// takes a const generator may be called meanwhile. `gan_close` is the last call
// for a generator.
#ifndef GAN_RUNTIME_FORMAT_GENERATOR_H
#define GAN_RUNTIME_FORMAT_GENERATOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The model of this library, with weights, on a device.
typedef struct gan_generator gan_generator;

/// The numbers of a tensor: float, double, int32_t, int64_t, or a byte that is
/// 0 or 1.
typedef enum gan_element {
  GAN_F32 = 0,
  GAN_F64 = 1,
  GAN_I32 = 2,
  GAN_I64 = 3,
  GAN_BOOL = 4
} gan_element;

/// What one sample of an output or input is. Samples lie one behind another,
/// each row-major; an image is channels, rows, columns.
typedef struct gan_tensor {
  const char *name; /* of an input: "photos.x" */
  gan_element element;
  size_t axes;
  const uint64_t *shape; /* `axes` extents */
  size_t bytes;          /* of one sample */
  double low, high;      /* of an image: black and white; else both 0 */
} gan_tensor;

/// Opens the model. `weights` is a .safetensors file of a run, as a UTF-8 path,
/// of which it takes what it needs; NULL: the weights that the library was
/// built with. `device` is "cpu" (or NULL), "cuda" or "sim"; `threads` is how
/// many threads of this machine it may use, 0: one for each processor; "cuda"
/// needs none. NULL on failure.
gan_generator *gan_open(const char *weights, const char *device,
                        unsigned threads);

/// Output number `index`; NULL behind the last one. It lives as long as the
/// generator.
const gan_tensor *gan_output(const gan_generator *generator, size_t index);

/// Input number `index` of an output; NULL behind the last one: most outputs
/// have none. It lives as long as the generator.
const gan_tensor *gan_input(const gan_generator *generator, size_t output,
                            size_t index);

/// Computes `count` samples of an output into `samples`, which has room for
/// exactly `bytes` = `count` times those of one. `inputs` points at `count`
/// samples of each input, in their order; NULL where there is none. The same
/// seed gives the same bytes, those of `sample --seed`, for any number of
/// threads. It computes batches of the model's size, whole ones: a library for
/// few samples at a time is built with a small batch. Returns 0, or another
/// number on failure; `samples` is undefined then.
int gan_generate(gan_generator *generator, size_t output, uint64_t count,
                 uint64_t seed, const void *const *inputs, void *samples,
                 size_t bytes);

/// Why the last call that failed in this thread did so, one line of UTF-8, cut
/// at 1023 bytes; "" where none has. It stands until another fails.
const char *gan_error(void);

/// Frees a generator, and what it gave out. NULL is ignored.
void gan_close(gan_generator *generator);

#ifdef __cplusplus
}
#endif

#endif /* GAN_RUNTIME_FORMAT_GENERATOR_H */
