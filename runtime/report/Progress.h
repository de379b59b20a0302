// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a person sees of something that takes its time.
#ifndef GAN_RUNTIME_REPORT_PROGRESS_H
#define GAN_RUNTIME_REPORT_PROGRESS_H

#include "runtime/report/MetricsLog.h"

#include <chrono>

namespace gan::runtime {

/// "1:42", "2:03:09"
std::string textOfTime(double seconds);

/// "discriminator.loss 0.6931  generator.loss 1.204  51.2 images/s"
std::string detailsText(const StepReport &report);

/// "step 500/1000  <details>  1:42 left", in one line.
std::string progressText(const std::string &what, uint64_t done, uint64_t all,
                         const std::string &details, double secondsLeft);

/// The same for a terminal of so many columns, with a bar and without what
/// does not fit: "[#####     ]  50%  step 500/1000  1:42 left  <details>".
std::string barText(const std::string &what, uint64_t done, uint64_t all,
                    const std::string &details, double secondsLeft,
                    unsigned columns);

/// Writes to standard error: on a terminal one line that is written over, else
/// the first, the last, and between them one line a minute.
class Progress {
public:
  /// Of `all` pieces of work, each a `what`, which begins now, after `before`
  /// of them. `isQuiet`: says nothing.
  Progress(const std::string &what, uint64_t all, uint64_t before,
           bool isQuiet);
  /// Ends the line, so that what is said next stands below it.
  ~Progress() { endLine(); }
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void show(uint64_t done, const std::string &details);
  void show(const StepReport &report);
  /// So that something else can be said.
  void endLine();
  /// The work went back to where `done` pieces were done.
  void goBack(uint64_t done);

private:
  using Clock = std::chrono::steady_clock;
  std::string what;
  uint64_t all, before;
  bool isQuiet, isTerminal;
  bool isOpen = false; // a line without its end is on the terminal
  Clock::time_point start, lastShown;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PROGRESS_H
