// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A tensor as bulk copies (TMA) find it: what cuTensorMapEncodeTiled and
// -Im2col are told. How the 128 bytes look that a kernel gets is the device's
// own affair, and here ours.
#ifndef GAN_RUNTIME_DEVICE_SIM_TENSORMAP_H
#define GAN_RUNTIME_DEVICE_SIM_TENSORMAP_H

#include "runtime/base/Status.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace gan::sim {

/// Axes are counted from the innermost.
struct TensorMap {
  static constexpr unsigned kMostRank = 5;

  uint64_t base = 0; // address of the first element
  uint8_t rank = 0, elementBytes = 0;
  uint8_t chunks = 1;   // of 16 bytes that a swizzle spans: 1 (none), 2, 4, 8
  uint8_t isIm2col = 0; // then axes 1 .. rank - 2 are those of pixels
  uint32_t extents[5] = {};
  uint64_t strides[4] = {}; // in bytes, of axes 1 ..
  // Elements along each axis that a copy spans, of which it takes every
  // `steps`th; with im2col channels, then pixels.
  uint16_t box[5] = {};
  uint8_t steps[5] = {};
  // With im2col: where pixels begin, and where they end behind the extent.
  int16_t lower[3] = {}, upper[3] = {};

  /// How many elements along an axis a tiled copy takes.
  unsigned taken(unsigned axis) const {
    return (box[axis] + steps[axis] - 1u) / steps[axis];
  }
};

using TensorMapBytes = std::array<std::byte, 128>;

/// What a kernel is given. `Usage` for what no device takes, as the driver of
/// CUDA has it: base and strides in units of 16 bytes, 1 to 256 elements of a
/// box along each axis, steps of 1 to 8, a row of a multiple of 16 bytes that
/// is no longer than what the swizzle spans.
runtime::Result<TensorMapBytes> encodeTensorMap(const TensorMap &map);
/// Nothing where these bytes are no map.
std::optional<TensorMap> decodeTensorMap(const std::byte *bytes);

} // namespace gan::sim

#endif // GAN_RUNTIME_DEVICE_SIM_TENSORMAP_H
