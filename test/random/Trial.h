// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One program through everything: frontend, passes, kernels, runtime, in
// several ways, each compared with the interpreter.
#ifndef GAN_TEST_RANDOM_TRIAL_H
#define GAN_TEST_RANDOM_TRIAL_H

#include "test/random/Judge.h"
#include "test/random/PlayCompiled.h"

#include <string>

namespace gan::random {

// How a program failed. Two failures are alike if kind and variant are.
struct Failure {
  std::string kind; // "refused", "compile", "run", "different", "threads"
  std::string variant;
  std::string what; // for people
};

struct Report {
  std::optional<Failure> failure;
  int compiled = 0;   // variants that ran
  int kinks = 0;      // of them, compared across a kink
  int ranges = 0;     // of them, not compared as they left the range of numbers
  int simplified = 0; // of them, equal as far as the simplified form can tell
  int vague = 0;      // tensors compared with a wide tolerance
  std::string notes;  // on what was not simply equal, for people
};

// The ways in which program number `seed` is compiled: as it is in one
// precision; in the other with every op by itself, or with another optional
// pass left out.
std::vector<Variant> drawVariants(uint64_t seed);
// Every way there is: both precisions, each optional pass.
std::vector<Variant> allVariants();

// `seed` gives the weights, data and draws, too.
Report tryProgram(llvm::StringRef text, uint64_t seed,
                  llvm::ArrayRef<Variant> variants);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_TRIAL_H
