// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Convolutions with fewer multiplications: what Winograd's minimal filtering
// (Winograd 1980; Lavin and Gray 2016) needs of them, and what it saves.
#ifndef GAN_DIALECT_WINOGRAD_H
#define GAN_DIALECT_WINOGRAD_H

#include "dialect/ShapeRules.h"

namespace gan {

/// Outputs of a tile along each axis.
inline constexpr int64_t winogradTiles[] = {2, 4};

/// A filter moved by `stride` is stride^2 dense filters of `taps` x `taps`, 2
/// or 3 along each axis, each of one phase of the input; where the filter's
/// extent is no multiple of the stride, some have zeros at their end. A tile of
/// `tile` x `tile` outputs takes side^2 products of transformed numbers, not
/// (tile * taps)^2.
struct WinogradForm {
  int64_t tile, stride, taps;

  int64_t side() const { return tile + taps - 1; }
  int64_t products() const { return side() * side(); }
  int64_t phases() const { return stride * stride; }
};

/// Nothing where groups or dilations are not 1, the filter is not square with 2
/// or 3 taps per stride, or there are no such tiles.
std::optional<WinogradForm>
winogradForm(ShapeRef w, const ConvolutionWindow &window, int64_t tile);

} // namespace gan

#endif // GAN_DIALECT_WINOGRAD_H
