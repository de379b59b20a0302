// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the command line of gan-random does.
#ifndef GAN_TEST_RANDOM_SESSION_H
#define GAN_TEST_RANDOM_SESSION_H

#include <cstdint>
#include <string>

namespace gan::random {

struct SessionOptions {
  unsigned jobs;
  unsigned reduceSeconds; // 0: failing programs are printed as they are
  bool tellsAll = false;  // of kinks, ranges and progress, too
};

// Tries the programs of the seeds from `begin` to `end` - 1 and prints a tally;
// of a failing one the reduced program, and how to repeat it. The exit status:
// 0, or 1 if one fails.
int trySeeds(uint64_t begin, uint64_t end, const SessionOptions &options);

// Tries one program, in every variant.
int tryFile(const std::string &text, uint64_t seed,
            const SessionOptions &options);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_SESSION_H
