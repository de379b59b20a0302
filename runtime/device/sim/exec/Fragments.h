// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Matrices that are spread over the registers of a warp, as mma.sync and wgmma
// have them. With g = lane / 4, t = lane % 4 and e elements in a register:
//   A register r holds row g + 8 (r % 2), columns 4e (r / 2) + e t ...
//   B register r holds column g, rows 4e r + e t ...
//   C element i is in row g + 8 (i / 2), column 2t + i % 2
#ifndef GAN_RUNTIME_DEVICE_SIM_EXEC_FRAGMENTS_H
#define GAN_RUNTIME_DEVICE_SIM_EXEC_FRAGMENTS_H

#include "runtime/device/sim/Warp.h"
#include "runtime/device/sim/exec/Product.h"

#include <algorithm>

namespace gan::sim {

/// The elements of `type` that a register of 32 bits holds.
inline unsigned perRegister(Type type) {
  return std::max(1u, 32 / bitsOf(type));
}

/// Element i of a register.
uint64_t elementOf(const Warp &warp, Slot slot, Type type, unsigned lane,
                   unsigned i);

/// A from `count` registers, row by row into `bits`; returns the rows that
/// depend on what nobody wrote.
uint32_t gatherA(const Warp &warp, const Product &product,
                 const uint32_t *slots, unsigned count, uint64_t *bits);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_EXEC_FRAGMENTS_H
