// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Rules by which the metrics of a run tell that it goes wrong. Each is a
// formula over the values that were logged, so that the same log gives the same
// alarms, whoever reads it, at whatever time.
#ifndef GAN_RUNTIME_HEALTH_DETECTORS_H
#define GAN_RUNTIME_HEALTH_DETECTORS_H

#include "runtime/report/MetricsLog.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gan::runtime {

/// The metric that tells of the diversity of a batch: its name behind that of
/// the output, "samples.diversity".
inline constexpr std::string_view kDiversitySuffix = ".diversity";
inline constexpr std::string_view kLossSuffix = ".loss";

struct Alarm {
  const char *kind = ""; // "blow-up", "discriminator", "generator"
  std::string sentence;  // with the numbers that broke the rule
  uint64_t since = 0;    // the step of the first value that did
};

/// Values are those of steps that were logged; "on end" means of steps that
/// were logged one after another.
///
/// **Blow-up** of a loss x: |x - m| > 10 max(1, |m|, s) for 5 values on end,
/// where m is the median of the up to 100 values before them (at least 20), and
/// s the median of their distances from m.
///
/// **Collapse of a discriminator**: it has won, and the other player has
/// nothing to learn from. A loss that was never negative stays below a
/// hundredth of its first value for 100 values on end, in which the loss of no
/// other player, and there is one, has a median below half of its own first
/// value. (A loss that may be negative has no value at which all is decided:
/// critics of Wasserstein games give no such alarm.)
///
/// **Collapse of a generator**: the diversity of a batch (Diversity.h) is below
/// a tenth of the data's twice on end, after the first tenth of the run or
/// after it has been above a fifth.
///
/// An alarm is told once, until values that break no rule have been seen.
class Detectors {
public:
  /// Of a run of `steps` passes.
  explicit Detectors(uint64_t steps) : steps(steps) {}

  /// What the next step that was logged brings to light.
  std::vector<Alarm> add(const StepReport &report);

  /// The step since which a rule is being broken, an alarm told or yet to come.
  std::optional<uint64_t> suspectSince() const;

private:
  // Values on end that break a rule.
  struct Streak {
    uint64_t length = 0, since = 0;
    // Whether the streak has just become `needed` long.
    bool count(bool isBroken, uint64_t step, uint64_t needed);
  };
  struct Loss {
    double first = 0;
    bool wasNegative = false;
    std::deque<double> before; // without those that break the rule
    Streak blowUp, won;
  };
  struct Diversity {
    bool wasHigh = false;
    Streak low;
  };
  void addLoss(const std::string &name, double value, uint64_t step,
               std::vector<Alarm> &alarms);
  void addDiversity(const std::string &name, double value, uint64_t step,
                    std::vector<Alarm> &alarms);
  bool hasUnbeatenOther(const std::string &name) const;

  uint64_t steps;
  std::map<std::string, Loss> losses;
  std::map<std::string, Diversity> diversities;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_HEALTH_DETECTORS_H
