// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A game played by the reference interpreter, exactly or with the rounding
// errors that another right program could make.
#ifndef GAN_TEST_RANDOM_PLAYREFERENCE_H
#define GAN_TEST_RANDOM_PLAYREFERENCE_H

#include "test/random/Trace.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Support/LLVM.h"

#include <optional>

namespace gan::random {

// How reals are disturbed: every operand of every op is multiplied, element by
// element and use by use, with a number from 1 - size to 1 + size. `byTiles`:
// to each result of a convolution as much of the largest one is added, as tiles
// subtract what is of that size again (dialect/Winograd.h); so a sum of nothing
// but zeros may not be zero, which Adam, say, then divides by its size.
struct Disturbance {
  double size = 0;
  bool isSingle = false; // results are rounded to f32, for its range
  uint64_t seed = 0;
  bool byTiles = false;
};

// The size of the largest of `x` that is a number; 0 where none is.
double largest(llvm::ArrayRef<double> x);

struct ReferenceRun {
  Trace trace;
  // A digest of every comparison, extreme, sign and floor on the way: runs that
  // differ in it have taken other sides of a kink.
  uint64_t decisions = 0;
};

// Plays all phases of the one model in `module`, which is at stage `grad` in
// f64; nothing after a report.
std::optional<ReferenceRun>
playReference(mlir::ModuleOp module, uint64_t seed,
              std::optional<Disturbance> disturbance = std::nullopt);

} // namespace gan::random

#endif // GAN_TEST_RANDOM_PLAYREFERENCE_H
