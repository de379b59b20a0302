// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Random numbers of the host: those of `gan.random` (dialect/RandomOps.td) and
// of runtime/data/SYNTHETIC.md, and the order in which records are read.
#ifndef GAN_RUNTIME_BASE_RNG_H
#define GAN_RUNTIME_BASE_RNG_H

#include <array>
#include <cstdint>
#include <string_view>

namespace gan::runtime {

using RandomWords = std::array<uint32_t, 4>;

/// Philox 4x32-10 (Salmon et al., SC 2011).
RandomWords philox(RandomWords counter, std::array<uint32_t, 2> key);

/// 64-bit FNV-1a.
uint64_t fnv1a64(std::string_view text);

/// ((x >> 8) + 0.5) * 2^-24, in (0, 1), exact.
double unit(uint32_t x);
/// sqrt(-2 ln u(x0)) * cos(2 pi u(x1)), in double.
double normal(const RandomWords &words);

/// The draws of one stream in one move: word `(element, sample)` is
/// philox([element, sample, low move, high move], seed xor fnv1a64(name)).
class RandomStream {
public:
  RandomStream(std::string_view name, uint64_t seed, uint64_t move)
      : key(seed ^ fnv1a64(name)), move(move) {}
  RandomWords at(uint32_t element, uint32_t sample) const;

private:
  uint64_t key;
  uint64_t move;
};

/// A permutation of 0 .. count-1 that is a function of (seed, epoch, name), in
/// constant memory: a Feistel network of eight rounds over the next even power
/// of two, walked until it lands inside.
class KeyedPermutation {
public:
  /// `count` at least 1 and at most 2^62.
  KeyedPermutation(std::string_view name, uint64_t seed, uint64_t epoch,
                   uint64_t count);
  /// Where `index` < count goes.
  uint64_t operator()(uint64_t index) const;

private:
  uint64_t key;
  uint64_t epoch;
  uint64_t count;
  unsigned halfBits;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_RNG_H
