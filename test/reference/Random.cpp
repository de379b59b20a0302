// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/reference/Random.h"

#include <cmath>
#include <numbers>

using namespace gan::reference;

static uint32_t low(uint64_t x) { return static_cast<uint32_t>(x); }
static uint32_t high(uint64_t x) { return static_cast<uint32_t>(x >> 32); }

Words gan::reference::philox(Words counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t a = uint64_t{0xD2511F53} * counter[0];
    uint64_t b = uint64_t{0xCD9E8D57} * counter[2];
    counter = {high(b) ^ counter[1] ^ key[0], low(b),
               high(a) ^ counter[3] ^ key[1], low(a)};
    key[0] += 0x9E3779B9; // the golden ratio
    key[1] += 0xBB67AE85; // sqrt(3) - 1
  }
  return counter;
}

uint64_t gan::reference::fnv1a64(llvm::StringRef text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

Stream::Stream(llvm::StringRef name, uint64_t seed, uint64_t move)
    : key(seed ^ fnv1a64(name)), move(move) {}

Words Stream::at(uint32_t element, uint32_t sample) const {
  return philox({element, sample, low(move), high(move)},
                {low(key), high(key)});
}

double gan::reference::unit(uint32_t x) { return ((x >> 8) + 0.5) * 0x1p-24; }

double gan::reference::normal(const Words &x) {
  return std::sqrt(-2 * std::log(unit(x[0]))) *
         std::cos(2 * std::numbers::pi * unit(x[1]));
}
