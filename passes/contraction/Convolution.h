// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the three convolutions are made of, whichever way they become a problem.
#ifndef GAN_PASSES_CONTRACTION_CONVOLUTION_H
#define GAN_PASSES_CONTRACTION_CONVOLUTION_H

#include "passes/contraction/Problem.h"

#include <array>

namespace gan {

/// Fewer neighbours are not worth loops of their own.
inline constexpr int64_t shortestRun = 16;

/// One axis of the window.
struct WindowAxis {
  int64_t positions, taps, image; // extents of y, w and x
  int64_t stride, dilation, before;

  /// Steps between the taps that one residue of the position meets.
  int64_t period() const;
  /// How many pairs of a position and a tap meet inside the image, at
  /// position * stride + tap * dilation - before.
  int64_t pairsInside() const;
};

/// The three convolutions bring together x [N, H, W, G * C], w [KH, KW, C, G *
/// O] and y [N, P, Q, G * O].
struct Convolution {
  mlir::Value x, w, y;
  std::array<WindowAxis, 2> window;
  int64_t groups, batch; // the latter of a part
  int64_t parts = 1;     // of the samples, each with a w of its own

  /// Of gan.conv2d, gan.conv2d_input_grad or gan.conv2d_weight_grad.
  static Convolution of(mlir::Operation *op);

  int64_t channels() const; // C
  int64_t outputs() const;  // O

  /// Whether outside pairs of a position of y and a tap are skipped.
  bool worthSkippingForward() const;
  /// Whether outside pairs of a position of x and a tap of its phase are.
  bool worthSkippingBackward() const;

private:
  bool worthSkipping(int64_t run, std::array<int64_t, 2> multiplied) const;
};

/// The axis whose coordinate is a digit.
Coordinate axis(int64_t extent, int digit);

/// Adds to `p` what an input gradient knows of one axis: the digit `u` of
/// positions of one residue, residue, quotient and first tap. A quotient below
/// 0 is counted from `lowest` on.
Phase addPhase(Problem &p, const WindowAxis &axis, int &u, int64_t &lowest);

} // namespace gan

#endif // GAN_PASSES_CONTRACTION_CONVOLUTION_H
