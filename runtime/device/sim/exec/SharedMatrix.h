// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A matrix in shared memory as a descriptor of wgmma names it: chunks of 16
// bytes, at distances that the descriptor gives, turned by its swizzle.
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_SHAREDMATRIX_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_SHAREDMATRIX_H

#include <cstdint>

namespace gan::sim {

/// The fields of a matrix descriptor (PTX, "Matrix Descriptor Format").
///
/// Along k ("K-major") a chunk holds 16 bytes of k of one row, and with W = 1,
/// 2, 4, 8 chunks that a swizzle of none, 32, 64, 128 bytes spans,
///   chunk c of row r lies at start + r / 8 stride + r % 8 16 W + c d,
/// d = 16, or the leading distance where W = 1. Across k ("MN-major") a chunk
/// holds 16 bytes of rows at one step of k, and chunk c of step k lies at
///   start + c / W leading + c % W 16 + k / 8 stride + k % 8 16 W,
/// leading and stride exchanged where W = 1. Bits 4.. of the address are then
/// xored with bits 7.. of it, as many as W has chunks.
struct SharedMatrix {
  explicit SharedMatrix(uint64_t descriptor);

  uint32_t start, leading, stride, baseOffset;
  unsigned chunks; // W

  uint32_t alongK(unsigned row, unsigned chunk) const;
  uint32_t acrossK(unsigned chunk, unsigned step) const;

private:
  uint32_t swizzled(uint32_t address) const;
};

/// Turns bits 4.. of an address by its bits 7.., for a swizzle of `chunks`
/// times 16 bytes.
constexpr uint32_t swizzle(uint32_t address, unsigned chunks) {
  return address ^ ((address >> 7 & (chunks - 1)) << 4);
}

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_SHAREDMATRIX_H
