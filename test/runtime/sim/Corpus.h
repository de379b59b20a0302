// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels that nvcc made of the .cu files in corpus/, and data for them.
#ifndef GAN_TEST_RUNTIME_SIM_CORPUS_H
#define GAN_TEST_RUNTIME_SIM_CORPUS_H

#include "test/runtime/sim/Kernel.h"

#include <functional>

namespace gan::sim {

/// Makes the kernel of a corpus file with its arguments, runs it under every
/// schedule and expects silence; `check` looks at the result each time.
struct CorpusRun {
  const char *file; // "cub"
  const char *entry;
  Dim3 grid, block;
  std::function<void(Kernel &)> arguments;
  std::function<void(const Kernel &)> check;
};
void runCorpus(const CorpusRun &run);

/// Numbers that look random, the same each time: -bound .. bound.
std::vector<int> integers(size_t count, int bound);
std::vector<float> floats(size_t count, float bound);

} // namespace gan::sim

#endif // GAN_TEST_RUNTIME_SIM_CORPUS_H
