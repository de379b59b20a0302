// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Convolutions with fewer multiplications: what Winograd's minimal filtering
// (Winograd 1980; Lavin and Gray 2016) needs of them, and what it saves.
#ifndef GAN_DIALECT_WINOGRAD_H
#define GAN_DIALECT_WINOGRAD_H

#include "dialect/ShapeRules.h"

namespace gan {

/// Outputs of a tile along each axis.
inline constexpr int64_t winogradTile = 2;

/// A filter of `stride` times 2 or 3 taps moved by `stride` is stride^2 dense
/// filters of 2x2 or 3x3 taps, each of one phase of the input. A tile of 2x2
/// outputs takes side^2 products of transformed numbers, not (2 * taps)^2.
struct WinogradForm {
  int64_t stride, taps; // of a phase, along each axis

  int64_t side() const { return winogradTile + taps - 1; }
  int64_t products() const { return side() * side(); }
  int64_t phases() const { return stride * stride; }
};

/// Nothing where groups or dilations are not 1, or the filter is not square
/// with 2 or 3 taps per stride.
std::optional<WinogradForm> winogradForm(ShapeRef w,
                                         const ConvolutionWindow &window);

} // namespace gan

#endif // GAN_DIALECT_WINOGRAD_H
