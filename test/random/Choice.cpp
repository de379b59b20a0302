// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Choice.h"

using namespace gan::random;

uint64_t Choice::next() {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

int64_t Choice::below(int64_t n) {
  return static_cast<int64_t>((next() >> 32) * static_cast<uint64_t>(n) >> 32);
}

int64_t Choice::between(int64_t low, int64_t high) {
  return low + below(high - low + 1);
}

bool Choice::chance(int percent) { return below(100) < percent; }

double Choice::signedUnit() {
  return static_cast<double>(next() >> 11) * 0x1p-52 - 1;
}

std::string Choice::oneOf(std::initializer_list<const char *> words) {
  return words.begin()[below(static_cast<int64_t>(words.size()))];
}
