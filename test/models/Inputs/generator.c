/* SPDX-FileCopyrightText: the ganc authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* Somebody else's program that draws samples with a library of ganc's: their bytes go to a file.
   usage: generator FILE COUNT SEED THREADS [WEIGHTS]
   MODEL_HEADER is the library's header. */
#include MODEL_HEADER

#include <stdio.h>
#include <stdlib.h>

static int fail(const char *doing) {
  fprintf(stderr, "%s: %s\n", doing, gan_error());
  return 1;
}

static int write_samples(const char *path, const void *samples, size_t bytes) {
  FILE *file = fopen(path, "wb");
  int status = file && fwrite(samples, 1, bytes, file) == bytes ? 0 : 1;
  if (file && fclose(file))
    status = 1;
  if (status)
    perror(path);
  return status;
}

int main(int argc, char **argv) {
  gan_generator *generator;
  const gan_tensor *output;
  uint64_t count, seed;
  size_t bytes;
  void *samples;
  int status;
  if (argc < 5)
    return 2;
  count = strtoull(argv[2], NULL, 10);
  seed = strtoull(argv[3], NULL, 10);
  generator = gan_open(argc > 5 ? argv[5] : NULL, "cpu", (unsigned)atoi(argv[4]));
  if (!generator)
    return fail("cannot open");
  output = gan_output(generator, 0);
  printf("%s: %zu axes, %zu bytes a sample\n", output->name, output->axes, output->bytes);
  bytes = count * output->bytes;
  samples = malloc(bytes);
  if (!samples)
    return 1;
  status = gan_generate(generator, 0, count, seed, NULL, samples, bytes) ? fail("cannot generate")
                                                                         : write_samples(argv[1], samples, bytes);
  free(samples);
  gan_close(generator);
  return status;
}
