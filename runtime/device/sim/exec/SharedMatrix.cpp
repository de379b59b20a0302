// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/sim/exec/SharedMatrix.h"

using namespace gan::sim;

// 14 bits of a distance in units of 16 bytes.
static uint32_t distance(uint64_t descriptor, unsigned from) {
  return uint32_t(descriptor >> from & 0x3fff) << 4;
}

SharedMatrix::SharedMatrix(uint64_t descriptor)
    : start(distance(descriptor, 0)), leading(distance(descriptor, 16)),
      stride(distance(descriptor, 32)),
      baseOffset(uint32_t(descriptor >> 49 & 7)) {
  constexpr unsigned ofMode[] = {1, 8, 4, 2};
  chunks = ofMode[descriptor >> 62];
}

uint32_t SharedMatrix::swizzled(uint32_t address) const {
  return swizzle(address, chunks);
}

uint32_t SharedMatrix::alongK(unsigned row, unsigned chunk) const {
  return swizzled(start + row / 8 * stride + row % 8 * 16 * chunks +
                  chunk * (chunks == 1 ? leading : 16));
}

uint32_t SharedMatrix::acrossK(unsigned chunk, unsigned step) const {
  uint32_t group = chunks == 1 ? stride : leading;
  uint32_t eight = chunks == 1 ? leading : stride;
  return swizzled(start + chunk / chunks * group + chunk % chunks * 16 +
                  step / 8 * eight + step % 8 * 16 * chunks);
}
