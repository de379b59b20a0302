// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Winograd.h"

using namespace gan;

std::optional<WinogradForm> gan::winogradForm(ShapeRef w,
                                              const ConvolutionWindow &window) {
  int64_t stride = window.strides[0], taps = w[0] / stride;
  bool isSquare = w[0] == w[1] && stride == window.strides[1];
  bool isDense = window.groups == 1 && window.dilations == ShapeRef({1, 1});
  if (!isSquare || !isDense || w[0] % stride != 0 || taps < 2 || taps > 3)
    return std::nullopt;
  return WinogradForm{stride, taps};
}
