// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/Col2im.h"

using namespace gan;

bool gan::hasCol2imForm(ShapeRef w, const ConvolutionWindow &window) {
  return window.groups == 1 && window.dilations == ShapeRef({1, 1}) &&
         w[0] * w[1] * w[2] <= mostOfCol2im;
}
