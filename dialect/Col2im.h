// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Gradients with respect to a convolution's input that multiply each position
// by all taps at once and add the products where they fall (col2im, as in Jia's
// Caffe): what such a form needs.
#ifndef GAN_DIALECT_COL2IM_H
#define GAN_DIALECT_COL2IM_H

#include "dialect/ShapeRules.h"

namespace gan {

/// Products of one position, KH * KW * C, at most: with more of them the
/// channels fill registers tap by tap.
inline constexpr int64_t mostOfCol2im = 128;

/// Whether `w` [KH, KW, C, O] is small enough, without groups and dilations.
bool hasCol2imForm(ShapeRef w, const ConvolutionWindow &window);

} // namespace gan

#endif // GAN_DIALECT_COL2IM_H
