// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the host knows before a move, and the value of a clock expression
// (dialect/ClockExpression.h) at it.
#ifndef GAN_TEST_REFERENCE_CLOCK_H
#define GAN_TEST_REFERENCE_CLOCK_H

#include "mlir/IR/BuiltinAttributes.h"

namespace gan::reference {

// Everything counts from the start of the phase.
struct Clock {
  double step = 0;   // passes through the phase's body that are done
  double images = 0; // step * batch
  double epoch = 0;  // images over the records of the first data, rounded down
  double progress = 0; // the part of the phase that is done, 0 to 1
};

// The value of a verified expression; comparisons give 0 or 1.
double evaluateClock(mlir::Attribute expression, const Clock &clock);

} // namespace gan::reference

#endif // GAN_TEST_REFERENCE_CLOCK_H
