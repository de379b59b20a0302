// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Progress.h"
#include "runtime/base/Log.h"

#include <cstdio>

#include <unistd.h>

using namespace gan::runtime;

static constexpr double kTerminalSeconds = 0.1;
static constexpr double kPlainSeconds = 2;

static std::string formatNumber(const char *format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

// "1:42", "2:03:09"
static std::string textOfTime(double seconds) {
  auto total = static_cast<unsigned long>(seconds + 0.5);
  unsigned long hours = total / 3600, minutes = total / 60 % 60;
  char text[64];
  if (hours)
    std::snprintf(text, sizeof(text), "%lu:%02lu:%02lu", hours, minutes,
                  total % 60);
  else
    std::snprintf(text, sizeof(text), "%lu:%02lu", minutes, total % 60);
  return text;
}

std::string gan::runtime::progressText(const StepReport &report, uint64_t steps,
                                       double secondsLeft) {
  std::string text =
      "step " + std::to_string(report.step) + "/" + std::to_string(steps);
  for (const auto &[name, value] : report.metrics)
    text += "  " + name + formatNumber(" %.4g", value);
  text += formatNumber("  %.1f images/s", report.imagesPerSecond);
  return text + "  " + textOfTime(secondsLeft) + " left";
}

Progress::Progress(uint64_t steps, uint64_t before)
    : steps(steps), before(before), isTerminal(isatty(STDERR_FILENO)),
      start(Clock::now()) {}

Progress::~Progress() {
  if (isOpen)
    logLine("");
}

void Progress::show(const StepReport &report) {
  auto seconds = [](Clock::duration time) {
    return std::chrono::duration<double>(time).count();
  };
  Clock::time_point now = Clock::now();
  bool isLast = report.step >= steps;
  bool isFirst = lastShown == Clock::time_point();
  if (!isFirst && !isLast &&
      seconds(now - lastShown) <
          (isTerminal ? kTerminalSeconds : kPlainSeconds))
    return;
  lastShown = now;
  double left = static_cast<double>(steps - report.step) *
                seconds(now - start) /
                static_cast<double>(report.step - before);
  std::string text = progressText(report, steps, left);
  if (!isTerminal)
    return logLine(text);
  // Back to the start of the line, and erase what is right of the text.
  std::fprintf(stderr, "\r%s\033[K", text.c_str());
  isOpen = true;
}
