// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Progress.h"
#include "runtime/base/Log.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

using namespace gan::runtime;

static constexpr double kTerminalSeconds = 0.1;
static constexpr double kPlainSeconds = 60;
static constexpr unsigned kBarColumns = 20;

static std::string formatNumber(const char *format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

// printf tells the sign of a nan, which means nothing.
static double withoutSignOfNan(double value) {
  return std::isnan(value) ? std::abs(value) : value;
}

std::string gan::runtime::textOfTime(double seconds) {
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

std::string gan::runtime::detailsText(const StepReport &report) {
  std::string text;
  for (const auto &[name, value] : report.metrics)
    text += name + formatNumber(" %.4g  ", withoutSignOfNan(value));
  return text + formatNumber("%.1f images/s", report.imagesPerSecond);
}

static std::string countText(const std::string &what, uint64_t done,
                             uint64_t all) {
  return what + " " + std::to_string(done) + "/" + std::to_string(all);
}

std::string gan::runtime::progressText(const std::string &what, uint64_t done,
                                       uint64_t all, const std::string &details,
                                       double secondsLeft) {
  return countText(what, done, all) + "  " + details +
         (details.empty() ? "" : "  ") + textOfTime(secondsLeft) + " left";
}

std::string gan::runtime::barText(const std::string &what, uint64_t done,
                                  uint64_t all, const std::string &details,
                                  double secondsLeft, unsigned columns) {
  double share = all ? static_cast<double>(done) / static_cast<double>(all) : 1;
  auto filled = static_cast<size_t>(share * kBarColumns);
  std::string text = "[" + std::string(filled, '#') +
                     std::string(kBarColumns - filled, ' ') + "]" +
                     formatNumber(" %3.0f%%  ", 100 * share) +
                     countText(what, done, all) + "  " +
                     textOfTime(secondsLeft) + " left  " + details;
  // A line that is as wide as the terminal would begin another.
  return text.substr(0, columns > 1 ? columns - 1 : text.size());
}

Progress::Progress(const std::string &what, uint64_t all, uint64_t before,
                   bool isQuiet)
    : what(what), all(all), before(before), isQuiet(isQuiet),
      isTerminal(isatty(STDERR_FILENO)), start(Clock::now()) {}

void Progress::endLine() {
  if (isOpen)
    logLine("");
  isOpen = false;
}

void Progress::goBack(uint64_t done) {
  endLine();
  before = done;
  start = Clock::now();
}

static unsigned columnsOfTerminal() {
  winsize size = {};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void Progress::show(uint64_t done, const std::string &details) {
  auto seconds = [](Clock::duration time) {
    return std::chrono::duration<double>(time).count();
  };
  Clock::time_point now = Clock::now();
  bool isLast = done >= all;
  bool isFirst = lastShown == Clock::time_point();
  if (isQuiet || (!isFirst && !isLast &&
                  seconds(now - lastShown) <
                      (isTerminal ? kTerminalSeconds : kPlainSeconds)))
    return;
  lastShown = now;
  double left = done > before
                    ? static_cast<double>(all - done) * seconds(now - start) /
                          static_cast<double>(done - before)
                    : 0;
  if (!isTerminal)
    return logLine(progressText(what, done, all, details, left));
  // Back to the start of the line, and erase what is right of the text.
  std::fprintf(
      stderr, "\r%s\033[K",
      barText(what, done, all, details, left, columnsOfTerminal()).c_str());
  isOpen = true;
}

void Progress::show(const StepReport &report) {
  show(report.step, detailsText(report));
}
