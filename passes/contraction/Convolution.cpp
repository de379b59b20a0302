// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/contraction/Convolution.h"

#include "dialect/ShapeRules.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace mlir;
using namespace gan;
using llvm::divideCeil;

// Where a larger share of all (position, tap) pairs lies outside the image,
// and runs are long enough to be worth it, those are skipped.
static constexpr double skippedShare = 1.0 / 16;

static ArrayRef<int64_t> shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

int64_t WindowAxis::period() const {
  return stride / std::gcd(stride, dilation);
}

int64_t WindowAxis::pairsInside() const {
  return windowPairs(positions, taps, stride, dilation, before, image);
}

// `multiplied`: pairs of a row and a tap, and of a column and a tap, that are
// multiplied where nothing is skipped; `run`: channels of k or of rows.
bool Convolution::worthSkipping(int64_t run,
                                std::array<int64_t, 2> multiplied) const {
  double inside = 1;
  for (int axis : {0, 1})
    inside *= (double)window[axis].pairsInside() / multiplied[axis];
  return inside < 1 - skippedShare && batch >= shortestRun &&
         run >= shortestRun;
}

bool Convolution::worthSkippingForward() const {
  return worthSkipping(channels(), {window[0].positions * window[0].taps,
                                    window[1].positions * window[1].taps});
}

bool Convolution::worthSkippingBackward() const {
  auto pairs = [](const WindowAxis &axis) {
    return axis.image * (int64_t)divideCeil(axis.taps, axis.period());
  };
  return worthSkipping(outputs(), {pairs(window[0]), pairs(window[1])});
}

static ArrayRef<int64_t> filterOf(Value w) { return shapeOf(w).take_back(4); }

int64_t Convolution::channels() const { return filterOf(w)[2]; }
int64_t Convolution::outputs() const { return filterOf(w)[3] / groups; }

template <typename Op>
static Convolution convolution(Op op, Value x, Value w, Value y) {
  Convolution conv{
      x, w, y, {}, static_cast<int64_t>(op.getGroups()), shapeOf(y)[0]};
  for (int axis : {0, 1})
    conv.window[axis] = {
        .positions = shapeOf(y)[1 + axis],
        .taps = filterOf(w)[axis],
        .image = shapeOf(x)[1 + axis],
        .stride = op.getStrides()[axis],
        .dilation = op.getDilations()[axis],
        .before = op.getPadding()[2 * axis],
    };
  return conv;
}

Convolution Convolution::of(Operation *op) {
  return TypeSwitch<Operation *, Convolution>(op)
      .Case([](Conv2dOp op) {
        return convolution(op, op.getX(), op.getW(), op.getY());
      })
      .Case([](Conv2dInputGradOp op) {
        return convolution(op, op.getDx(), op.getW(), op.getDy());
      })
      .Case([](Conv2dWeightGradOp op) {
        Convolution conv = convolution(op, op.getX(), op.getDw(), op.getDy());
        conv.parts = static_cast<int64_t>(op.getParts());
        conv.batch /= conv.parts;
        return conv;
      });
}

Coordinate gan::axis(int64_t extent, int digit) {
  return {extent, {{digit, 1}}};
}

namespace {
// Position h = s * u + a meets tap i at p where  a + before + s * u = s * p +
// d * i.  The taps of residue a are the i = first + (s / g) * t, with
// g = gcd(s, d), and meet it at  p = u + quotient - (d / g) * t.
struct Residue {
  int64_t first, quotient;
};
} // namespace

// A residue that no tap meets gets one beyond the filter: nothing but zeros.
static Residue residueOf(const WindowAxis &axis, int64_t a) {
  for (int64_t first = 0; first < axis.period(); ++first) {
    int64_t left = a + axis.before - axis.dilation * first;
    if (left % axis.stride == 0)
      return {first, left / axis.stride};
  }
  return {axis.taps, 0};
}

Phase gan::addPhase(Problem &p, const WindowAxis &axis, int &u,
                    int64_t &lowest) {
  Phase phase;
  for (int64_t a = 0; a < axis.stride; ++a) {
    Residue residue = residueOf(axis, a);
    phase.quotients.push_back(residue.quotient);
    phase.taps.push_back(residue.first);
  }
  lowest = std::min<int64_t>(0, *llvm::min_element(phase.quotients));
  for (int64_t &quotient : phase.quotients)
    quotient -= lowest;
  u = p.digit(divideCeil(axis.image, axis.stride));
  phase.residue = p.digit(axis.stride);
  phase.quotient = p.digit(*llvm::max_element(phase.quotients) + 1);
  phase.tap = p.digit(*llvm::max_element(phase.taps) + 1);
  return phase;
}
