// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which bytes of a memory hold a value that somebody wrote.
#ifndef GAN_RUNTIME_DEVICE_SIM_VALIDITY_H
#define GAN_RUNTIME_DEVICE_SIM_VALIDITY_H

#include <cstdint>
#include <vector>

namespace gan::sim {

/// One bit per byte. Blocks on several host threads may set bits of the same
/// word; each of these calls is atomic for bytes within 64 of each other.
class Validity {
public:
  /// All `bytes` without a value.
  void reset(uint64_t bytes);
  /// Whether all of `count` <= 64 bytes have a value.
  bool has(uint64_t offset, unsigned count) const;
  void set(uint64_t offset, unsigned count, bool valid);
  /// Any number of bytes.
  void setRange(uint64_t offset, uint64_t count, bool valid);
  bool hasRange(uint64_t offset, uint64_t count) const;
  /// Whether any byte has a value.
  bool hasAny() const;

private:
  std::vector<uint64_t> words;
};

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_VALIDITY_H
