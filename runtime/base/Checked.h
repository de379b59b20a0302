// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic on sizes that come from outside.
#ifndef GAN_RUNTIME_BASE_CHECKED_H
#define GAN_RUNTIME_BASE_CHECKED_H

#include <cstdint>

namespace gan::runtime {

/// An unsigned size that remembers whether a sum or product on the way did not
/// fit into 64 bits. Ask `ok()` once, at the end.
class Checked {
public:
  constexpr Checked(uint64_t value) : number(value) {}

  constexpr bool ok() const { return !overflowed; }
  /// Only where `ok()`.
  constexpr uint64_t value() const { return number; }
  /// Whether the true value is at most `bound`.
  constexpr bool atMost(uint64_t bound) const {
    return !overflowed && number <= bound;
  }

  constexpr Checked &operator+=(Checked other) {
    overflowed |= other.overflowed;
    overflowed |= __builtin_add_overflow(number, other.number, &number);
    return *this;
  }
  constexpr Checked &operator*=(Checked other) {
    overflowed |= other.overflowed;
    overflowed |= __builtin_mul_overflow(number, other.number, &number);
    return *this;
  }
  friend constexpr Checked operator+(Checked a, Checked b) { return a += b; }
  friend constexpr Checked operator*(Checked a, Checked b) { return a *= b; }

private:
  uint64_t number;
  bool overflowed = false;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_BASE_CHECKED_H
