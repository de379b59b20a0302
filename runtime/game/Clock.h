// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the host knows before a move, and the value of a clock expression at it.
#ifndef GAN_RUNTIME_GAME_CLOCK_H
#define GAN_RUNTIME_GAME_CLOCK_H

#include "runtime/format/Executable_generated.h"

namespace gan::runtime {

/// Everything counts from the start of the phase.
struct Clock {
  double step = 0;   // passes through the phase's body that are done
  double images = 0; // step * batch
  double epoch = 0;  // images over the records of the first data, rounded down
  double progress = 0; // the part of the phase that is done, 0 to 1
};

/// The value, computed in double; comparisons give 0 or 1, and what is not 0 is
/// true. The expression is one of a verified executable.
double evaluateClock(const format::ClockExpression &expression,
                     const Clock &clock);

} // namespace gan::runtime

#endif // GAN_RUNTIME_GAME_CLOCK_H
