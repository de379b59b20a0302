// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Winograd.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace gan;

std::optional<WinogradForm>
gan::winogradForm(ShapeRef w, const ConvolutionWindow &window, int64_t tile) {
  int64_t stride = window.strides[0], taps = llvm::divideCeil(w[0], stride);
  bool isSquare = w[0] == w[1] && stride == window.strides[1];
  bool isDense = window.groups == 1 && window.dilations == ShapeRef({1, 1});
  if (!isSquare || !isDense || taps < 2 || taps > 3 ||
      !llvm::is_contained(winogradTiles, tile))
    return std::nullopt;
  return WinogradForm{tile, stride, taps};
}
