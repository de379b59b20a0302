// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whether compiled code computes what the interpreter does, as far as its
// precision can tell.
#ifndef GAN_TEST_RANDOM_JUDGE_H
#define GAN_TEST_RANDOM_JUDGE_H

#include "test/random/PlayReference.h"

namespace gan::random {

// Better ones first. Kink: not equal, but rounding carries the interpreter to
// the other side of a comparison, an extreme, a sign or a floor, and changes as
// much there. Range: not equal, but rounding takes the interpreter out of the
// numbers that there are. Different: nothing explains it.
enum class Verdict { Equal, Kink, Range, Different };

struct Judgement {
  Verdict verdict = Verdict::Equal;
  std::string what; // the tensor or number that is worst, and by how much
  // Tensors whose tolerance is above a hundredth of themselves: it says little
  // that they agree.
  int vague = 0;
};

// Tolerances come from the interpreter, run again with every operand of every
// op disturbed by up to 8 units in the last place of `precision`. Compiled code
// may be 8 times as far from the undisturbed run as the farthest of those that
// decide as it does, since it rounds in other places and, where it moved a
// factor out of a sum, more often; and 4 units of the largest element: Equal.
// Else it may be 32 times as far as the farthest of those that decide
// otherwise, as they try few of the sides that there are: Kink. One disturbed
// run accepts most programs; before it refuses one the judge takes 24. A wrong
// program is off by some thousandth of its numbers; these bounds are mostly
// below 1e-13 of them in f64, 1e-4 in f32.
//
// `form` is the program at any stage that the interpreter plays, and `plain`
// its run undisturbed: an algebra that is equal in exact numbers may lose
// digits that another keeps. What is right is told by `exact` alone, the run of
// the program as written. It is in f64, and where all cancels nothing but a
// residue: what `written`, its own judge, allows there in f64 is allowed, too.
class Judge {
public:
  Judge(mlir::ModuleOp form, uint64_t seed, const ReferenceRun &plain,
        const ReferenceRun &exact, Judge *written = nullptr)
      : form(form), seed(seed), plain(plain), exact(exact), written(written) {}

  Judgement judge(const Trace &compiled, llvm::StringRef precision,
                  bool byTiles = false);

private:
  using Runs = std::vector<ReferenceRun>;
  struct Tolerance {
    double smooth, kinked; // infinite where a run left the range of numbers
  };
  bool disturb(Runs &runs, llvm::StringRef precision, bool byTiles,
               size_t count) const;
  Tolerance toleranceOf(const std::string &name, const Runs &runs,
                        llvm::StringRef precision) const;
  double residueOf(const std::string &name);
  Judgement compare(const Trace &compiled, const Runs &runs,
                    llvm::StringRef precision);

  mlir::ModuleOp form;
  uint64_t seed;
  const ReferenceRun &plain, &exact;
  Judge *written;
  std::map<std::string, Runs> runsOf; // by precision, and whether by tiles
};

} // namespace gan::random

#endif // GAN_TEST_RANDOM_JUDGE_H
