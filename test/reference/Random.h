// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The random numbers of RandomOps.td, written a second time on purpose: they
// check those of the runtime and of the kernels.
#ifndef GAN_TEST_REFERENCE_RANDOM_H
#define GAN_TEST_REFERENCE_RANDOM_H

#include "llvm/ADT/StringRef.h"

#include <array>
#include <cstdint>

namespace gan::reference {

using Words = std::array<uint32_t, 4>;

// Philox 4x32 of ten rounds (Salmon et al., Parallel random numbers: as easy as
// 1, 2, 3; 2011).
Words philox(Words counter, std::array<uint32_t, 2> key);

// The 64-bit hash of Fowler, Noll and Vo, variant 1a.
uint64_t fnv1a64(llvm::StringRef text);

// The draws of one stream in one move.
struct Stream {
  uint64_t key;
  uint64_t move;

  Stream(llvm::StringRef name, uint64_t seed, uint64_t move);
  // The words x0 .. x3 of element `element` of sample `sample`.
  Words at(uint32_t element, uint32_t sample) const;
};

// u(x): the middle of one of 2^24 equal parts of (0, 1).
double unit(uint32_t x);

// A draw from the standard normal distribution (Box and Muller) from x0 and x1.
double normal(const Words &x);

// The x below which a share p of normal numbers lies: algorithm AS 241 of
// Wichura (1988), to double precision.
double normalQuantile(double p);

// A draw from the standard normal distribution between -cut and cut, from x0.
double truncatedNormal(const Words &x, double cut);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_RANDOM_H
