// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Trials in processes of their own: a crash or a hang of the compiler ends one
// trial, not the run.
#ifndef GAN_TEST_RANDOM_ISOLATE_H
#define GAN_TEST_RANDOM_ISOLATE_H

#include "test/random/Trial.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace gan::random {

struct Work {
  uint64_t seed;
  std::string text;
  std::vector<Variant> variants;
};

// Runs what `next` gives, until it gives nothing, `jobs` at a time, and tells
// of each as it is done. A trial that dies has failure "crash", one that takes
// more than `seconds` of a processor, or twenty times as long in all, "hang".
void runIsolated(llvm::function_ref<std::optional<Work>()> next,
                 llvm::function_ref<void(const Work &, const Report &)> done,
                 unsigned jobs, unsigned seconds = 60);

// The same of one.
Report runIsolated(const Work &work);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_ISOLATE_H
