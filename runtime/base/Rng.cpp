// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/base/Rng.h"

#include <bit>
#include <cmath>
#include <numbers>

using namespace gan::runtime;

static uint32_t low(uint64_t x) { return static_cast<uint32_t>(x); }
static uint32_t high(uint64_t x) { return static_cast<uint32_t>(x >> 32); }

RandomWords gan::runtime::philox(RandomWords counter,
                                 std::array<uint32_t, 2> key) {
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

uint64_t gan::runtime::fnv1a64(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

double gan::runtime::unit(uint32_t x) { return ((x >> 8) + 0.5) * 0x1p-24; }

double gan::runtime::normal(const RandomWords &words) {
  return std::sqrt(-2 * std::log(unit(words[0]))) *
         std::cos(2 * std::numbers::pi * unit(words[1]));
}

RandomWords RandomStream::at(uint32_t element, uint32_t sample) const {
  return philox({element, sample, low(move), high(move)},
                {low(key), high(key)});
}

KeyedPermutation::KeyedPermutation(std::string_view name, uint64_t seed,
                                   uint64_t epoch, uint64_t count)
    : key(seed ^ fnv1a64(name)), epoch(epoch), count(count),
      halfBits((std::bit_width(count - 1) + 1) / 2) {}

uint64_t KeyedPermutation::operator()(uint64_t index) const {
  uint64_t mask = (uint64_t{1} << halfBits) - 1;
  // (left, right) -> (right, left xor F(right)) is a bijection whatever F is;
  // walking until the value is below `count` restricts it to a bijection there.
  do {
    uint64_t left = index >> halfBits, right = index & mask;
    for (uint32_t round = 0; round < 8; ++round) {
      uint32_t word = philox({low(right), round, low(epoch), high(epoch)},
                             {low(key), high(key)})[0];
      uint64_t next = left ^ (word & mask);
      left = right;
      right = next;
    }
    index = left << halfBits | right;
  } while (index >= count);
  return index;
}
