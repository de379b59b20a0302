// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/health/Detectors.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace gan::runtime;

// The numbers of the rules in the header.
static constexpr size_t kWindow = 100, kLeastWindow = 20;
static constexpr uint64_t kBlowUpValues = 5, kWonValues = 100, kLowValues = 2;
static constexpr double kBlowUpFactor = 10;
static constexpr double kWonShare = 0.01, kBeatenShare = 0.5;
static constexpr double kLowDiversity = 0.1, kHighDiversity = 0.2;

static double medianOf(std::vector<double> values) {
  auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

static double medianOf(const std::deque<double> &values) {
  return medianOf(std::vector<double>(values.begin(), values.end()));
}

static std::string shortText(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4g", value);
  return text;
}

bool Detectors::Streak::count(bool isBroken, uint64_t step, uint64_t needed) {
  if (isBroken && length == 0)
    since = step;
  length = isBroken ? length + 1 : 0;
  return length == needed;
}

// Whether there are other players, and none of them has come far.
bool Detectors::hasUnbeatenOther(const std::string &name) const {
  bool hasOther = false;
  for (const auto &[other, loss] : losses) {
    if (other == name || loss.before.empty())
      continue;
    hasOther = true;
    double limit = loss.first > 0 ? kBeatenShare * loss.first
                                  : loss.first - std::abs(loss.first);
    if (medianOf(loss.before) < limit)
      return false;
  }
  return hasOther;
}

void Detectors::addLoss(const std::string &name, double value, uint64_t step,
                        std::vector<Alarm> &alarms) {
  auto [found, isNew] = losses.try_emplace(name);
  Loss &loss = found->second;
  if (isNew)
    loss.first = value;
  loss.wasNegative |= value < 0;

  bool isFar = false;
  double median = 0;
  if (loss.before.size() >= kLeastWindow) {
    median = medianOf(loss.before);
    std::vector<double> distances;
    for (double each : loss.before)
      distances.push_back(std::abs(each - median));
    double limit = kBlowUpFactor * std::max({1.0, std::abs(median),
                                             medianOf(std::move(distances))});
    isFar = std::abs(value - median) > limit;
  }
  if (loss.blowUp.count(isFar, step, kBlowUpValues))
    alarms.push_back({"blow-up",
                      "'" + name + "' has blown up: " + shortText(value) +
                          ", where the median of the values before step " +
                          std::to_string(loss.blowUp.since) + " is " +
                          shortText(median),
                      loss.blowUp.since});
  // Values that break the rule are no measure for it.
  if (!isFar)
    loss.before.push_back(value);
  if (loss.before.size() > kWindow)
    loss.before.pop_front();

  bool hasWon = !loss.wasNegative && value < kWonShare * loss.first;
  bool isLong = loss.won.count(hasWon, step, kWonValues);
  if (isLong && hasUnbeatenOther(name))
    alarms.push_back({"discriminator",
                      "'" + name + "' has come to " + shortText(value) +
                          " from " + shortText(loss.first) +
                          ", and the other players' have not gone down: they "
                          "have little to learn from",
                      loss.won.since});
}

void Detectors::addDiversity(const std::string &name, double value,
                             uint64_t step, std::vector<Alarm> &alarms) {
  Diversity &diversity = diversities[name];
  diversity.wasHigh |= value > kHighDiversity;
  bool isLow =
      value < kLowDiversity && (diversity.wasHigh || step > (steps + 9) / 10);
  if (diversity.low.count(isLow, step, kLowValues))
    alarms.push_back({"generator",
                      "'" + name + "' is " + shortText(value) +
                          ": the samples of a batch are nearly the same, a "
                          "mean distance of " +
                          shortText(value) + " of that of the data",
                      diversity.low.since});
}

std::vector<Alarm> Detectors::add(const StepReport &report) {
  std::vector<Alarm> alarms;
  for (const auto &[name, value] : report.metrics) {
    if (!std::isfinite(value))
      continue; // a matter of the guard
    if (name.ends_with(kLossSuffix))
      addLoss(name, value, report.step, alarms);
    else if (name.ends_with(kDiversitySuffix))
      addDiversity(name, value, report.step, alarms);
  }
  return alarms;
}

std::optional<uint64_t> Detectors::suspectSince() const {
  std::optional<uint64_t> first;
  auto look = [&](const Streak &streak) {
    if (streak.length > 0 && (!first || streak.since < *first))
      first = streak.since;
  };
  for (const auto &[name, loss] : losses) {
    look(loss.blowUp);
    look(loss.won);
  }
  for (const auto &[name, diversity] : diversities)
    look(diversity.low);
  return first;
}
