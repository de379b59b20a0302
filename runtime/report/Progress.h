// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a person sees of a run while it goes on.
#ifndef GAN_RUNTIME_REPORT_PROGRESS_H
#define GAN_RUNTIME_REPORT_PROGRESS_H

#include "runtime/report/MetricsLog.h"

#include <chrono>

namespace gan::runtime {

/// "step 500/1000  discriminator.loss 0.6931  generator.loss 1.204  51.2
/// images/s  1:42 left", in one line.
std::string progressText(const StepReport &report, uint64_t steps,
                         double secondsLeft);

/// Writes to standard error: on a terminal one line that is written over, else
/// plain lines, at most one in `kPlainSeconds`.
class Progress {
public:
  /// Of a run of `steps` passes, which begins now, after `before` of them.
  explicit Progress(uint64_t steps, uint64_t before = 0);
  /// Ends the line, so that what is said next stands below it.
  ~Progress();

  void show(const StepReport &report);

private:
  using Clock = std::chrono::steady_clock;
  uint64_t steps, before;
  bool isTerminal;
  bool isOpen = false; // a line without its end is on the terminal
  Clock::time_point start, lastShown;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_PROGRESS_H
