// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// metrics.jsonl: what a run tells about its steps, one JSON object a line.
#ifndef GAN_RUNTIME_REPORT_METRICSLOG_H
#define GAN_RUNTIME_REPORT_METRICSLOG_H

#include "runtime/base/File.h"
#include "runtime/report/Metrics.h"

#include <string>

namespace gan::runtime {

/// What is told of one pass through a phase.
struct StepReport {
  uint64_t step = 0; // passes done, over all phases
  std::string phase;
  double imagesPerSecond = 0; // since the report before
  Metrics metrics;            // "generator.loss"
};

/// {"step":500,"phase":"train","images_per_second":51.2,"generator.loss":0.69};
/// what is not finite is null.
std::string jsonLine(const StepReport &report);

class MetricsLog {
public:
  /// Goes on behind what the file holds.
  static Result<MetricsLog> open(const std::string &path);
  Status append(const StepReport &report);

  /// Removes from the file at `path`, if there is one, what follows the last
  /// whole line of a step up to `lastStep`.
  static Status cut(const std::string &path, uint64_t lastStep);

private:
  explicit MetricsLog(LineFile file) : file(std::move(file)) {}
  LineFile file;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_METRICSLOG_H
