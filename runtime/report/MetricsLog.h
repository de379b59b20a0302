// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// metrics.jsonl: what a run tells about its steps, one JSON object a line.
#ifndef GAN_RUNTIME_REPORT_METRICSLOG_H
#define GAN_RUNTIME_REPORT_METRICSLOG_H

#include "runtime/base/File.h"
#include "runtime/report/Metrics.h"

#include <functional>
#include <string>

namespace gan::runtime {

/// What is told of one pass through a phase.
struct StepReport {
  uint64_t step = 0; // passes done, over all phases
  std::string phase;
  double imagesPerSecond = 0; // since the report before; nan: not told
  Metrics metrics;            // "generator.loss"
  std::string protocol = "";  // read of an evaluation: how it was done, as JSON
};

/// Something of note that befell a run.
struct RunEvent {
  uint64_t step = 0;      // of the last line before it
  std::string kind;       // "nan", "blow-up", "discriminator", "generator"
  std::string action;     // "stop", "rollback", "warn"
  uint64_t first = 0;     // the step at which it began
  std::string text;       // a sentence
  uint64_t rollbacks = 0; // of the run, this one with them, if it is one
};

/// {"step":500,"phase":"train","images_per_second":51.2,"generator.loss":0.69};
/// what is not finite is null.
std::string jsonLine(const StepReport &report);
/// {"step":500,"event":"nan","action":"stop","first":493,"text":"..."}, of a
/// rollback with "rollbacks":1
std::string jsonLine(const RunEvent &event);

/// Grows by whole lines: behind half of one, which a full disk or a killed
/// process left, begins another.
class MetricsLog {
public:
  /// Goes on behind what the file holds.
  static Result<MetricsLog> open(const std::string &path);
  Status append(const StepReport &report) { return append(jsonLine(report)); }
  Status append(const RunEvent &event) { return append(jsonLine(event)); }
  /// An object without its line break.
  Status append(std::string_view line);

  /// Tells of every line of the file at `path`, in their order; of one that is
  /// neither of a step nor an event, and of a file that is not there, nothing.
  /// What is `null` becomes nan.
  static Status read(const std::string &path,
                     const std::function<void(const StepReport &)> &onStep,
                     const std::function<void(const RunEvent &)> &onEvent);

  /// What a line tells of a step; `where` stands for its file in messages.
  static Result<StepReport> parse(std::string_view line,
                                  const std::string &where);

  /// Removes from the file at `path`, if there is one, the lines of steps after
  /// `lastStep`, rollbacks beyond so many, and what is no whole line.
  static Status cut(const std::string &path, uint64_t lastStep,
                    uint64_t rollbacks = UINT64_MAX);

private:
  MetricsLog(LineFile file, std::string path, bool endsInHalfALine)
      : file(std::move(file)), path(std::move(path)),
        endsInHalfALine(endsInHalfALine) {}
  LineFile file;
  std::string path;
  bool endsInHalfALine;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_METRICSLOG_H
