// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every choice of a random program, from its seed alone: the same on every
// machine.
#ifndef GAN_TEST_RANDOM_CHOICE_H
#define GAN_TEST_RANDOM_CHOICE_H

#include <cstdint>
#include <initializer_list>
#include <string>

namespace gan::random {

class Choice {
public:
  explicit Choice(uint64_t seed) : state(seed) {}

  // 64 random bits (SplitMix64, Steele et al. 2014).
  uint64_t next();
  // From 0 to n - 1.
  int64_t below(int64_t n);
  // From low to high, both included.
  int64_t between(int64_t low, int64_t high);
  // True in so many of a hundred cases.
  bool chance(int percent);
  // From -1 to 1.
  double signedUnit();
  std::string oneOf(std::initializer_list<const char *> words);

private:
  uint64_t state;
};

} // namespace gan::random

#endif // GAN_TEST_RANDOM_CHOICE_H
