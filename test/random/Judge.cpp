// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/random/Judge.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace gan::random;

static constexpr double kUnitsDisturbed = 8;
static constexpr double kMargin = 8;
static constexpr double kKinkMargin = 32;
static constexpr double kUnitsOfLargest = 4;
static constexpr size_t kRunsToRefuse = 24;

static double unitOf(llvm::StringRef precision) {
  return precision == "f32" ? 0x1p-24 : 0x1p-53;
}

// The largest difference; infinite where only one is a number, none where
// neither is: whether a sum that left the range of numbers is an infinity or
// none is a matter of its order.
static double distance(const std::vector<double> &x,
                       const std::vector<double> &y) {
  if (x.size() != y.size())
    return std::numeric_limits<double>::infinity();
  double most = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) && !std::isfinite(y[i]))
      continue;
    double difference = std::abs(x[i] - y[i]);
    most = std::isfinite(difference) ? std::max(most, difference)
                                     : std::numeric_limits<double>::infinity();
  }
  return most;
}

bool Judge::disturb(Runs &runs, llvm::StringRef precision, bool byTiles,
                    size_t count) const {
  while (runs.size() < count) {
    Disturbance disturbance{kUnitsDisturbed * unitOf(precision),
                            precision == "f32", runs.size() + 1, byTiles};
    std::optional<ReferenceRun> run = playReference(form, seed, disturbance);
    if (!run)
      return false;
    runs.push_back(std::move(*run));
  }
  return true;
}

Judge::Tolerance Judge::toleranceOf(const std::string &name, const Runs &runs,
                                    llvm::StringRef precision) const {
  const std::vector<double> &expected = plain.trace.at(name);
  double rounding = kUnitsOfLargest * unitOf(precision) * largest(expected);
  Tolerance tolerance{rounding, 0};
  for (const ReferenceRun &run : runs) {
    double spread = distance(run.trace.at(name), expected);
    if (run.decisions == plain.decisions)
      tolerance.smooth =
          std::max(tolerance.smooth, kMargin * spread + rounding);
    else
      tolerance.kinked =
          std::max(tolerance.kinked, kKinkMargin * spread + rounding);
  }
  return tolerance;
}

// How far the undisturbed run may be from what is right, in f64.
double Judge::residueOf(const std::string &name) {
  Runs &runs = runsOf["f64"];
  disturb(runs, "f64", /*byTiles=*/false, kRunsToRefuse);
  return toleranceOf(name, runs, "f64").smooth;
}

static Verdict verdictOf(double error, double smooth, double kinked) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (error <= smooth && smooth < infinity)
    return Verdict::Equal;
  if (error <= kinked && kinked < infinity)
    return Verdict::Kink;
  // Somebody left the range of numbers: it is told apart from a difference
  // only if rounding takes the interpreter there, too.
  return smooth == infinity || kinked == infinity ? Verdict::Range
                                                  : Verdict::Different;
}

Judgement Judge::compare(const Trace &compiled, const Runs &runs,
                         llvm::StringRef precision) {
  Judgement judgement;
  if (compiled.size() != exact.trace.size())
    return {Verdict::Different,
            llvm::formatv("{0} tensors and numbers instead of {1}",
                          compiled.size(), exact.trace.size()),
            0};
  for (const auto &[name, expected] : exact.trace) {
    Tolerance tolerance = toleranceOf(name, runs, precision);
    double size = largest(expected);
    judgement.vague += tolerance.smooth > 0.01 * size && size > 0;
    auto found = compiled.find(name);
    double error = found == compiled.end()
                       ? std::numeric_limits<double>::infinity()
                       : distance(found->second, expected);
    Verdict verdict = verdictOf(error, tolerance.smooth, tolerance.kinked);
    if (verdict > judgement.verdict && written) {
      double residue = written->residueOf(name);
      verdict = verdictOf(error, tolerance.smooth + residue,
                          tolerance.kinked + residue);
    }
    if (verdict <= judgement.verdict)
      continue;
    judgement.verdict = verdict;
    judgement.what = llvm::formatv(
        "'{0}' differs by {1:e2}, allowed are {2:e2}, its largest is {3:e2}",
        name, error, tolerance.smooth, size);
  }
  return judgement;
}

Judgement Judge::judge(const Trace &compiled, llvm::StringRef precision,
                       bool byTiles) {
  Runs &runs = runsOf[precision.str() + (byTiles ? " by tiles" : "")];
  for (size_t count : {size_t{1}, kRunsToRefuse}) {
    if (!disturb(runs, precision, byTiles, count))
      return {Verdict::Different, "the interpreter fails", 0};
    Judgement judgement = compare(compiled, runs, precision);
    if (judgement.verdict == Verdict::Equal || count == kRunsToRefuse)
      return judgement;
  }
  llvm_unreachable("the last judgement is returned");
}
