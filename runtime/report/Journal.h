// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All that a run tells of itself while it goes on.
#ifndef GAN_RUNTIME_REPORT_JOURNAL_H
#define GAN_RUNTIME_REPORT_JOURNAL_H

#include "runtime/base/Json.h"
#include "runtime/report/Curves.h"
#include "runtime/report/EventFile.h"
#include "runtime/report/Page.h"
#include "runtime/report/RunFolder.h"

#include <chrono>
#include <optional>

namespace gan::runtime {

/// What the page says of a run that does not change while it goes on.
struct JournalFacts {
  std::string title;
  std::string about; // device and compiler
  uint64_t steps = 0;
  Json memory; // MemoryPlan.h
  Json options;
  std::string source;     // of the model
  std::string marks = {}; // what pictures have beside the samples
};

/// Writes metrics.jsonl, metrics.csv, tensorboard/ and report.html of a run
/// folder. The log is what counts: where it cannot be written that is a
/// failure. The others follow from it; where one of them cannot be written,
/// there is a warning once, and the run goes on.
class Journal {
public:
  /// Goes on behind what the log holds, which is at `stepsDone`.
  static Result<Journal> open(const RunFolder &folder, JournalFacts facts,
                              uint64_t stepsDone);

  Status append(const StepReport &report);
  Status append(const RunEvent &event);
  /// The line of an evaluation.
  Status appendEvaluation(const std::string &line);
  /// A picture of samples after `step` steps was written to `path`.
  void addPicture(uint64_t step, const std::string &output,
                  const std::string &path);
  /// The rows of the table of kernels: [{"name":,"place":,"share":,
  /// "milliseconds":,"calls":,"gflops":,"gbytes":},...]
  void setKernels(Json rows) { kernels = std::move(rows); }
  /// What was told and shown of steps above `step` holds no longer.
  Status goBack(uint64_t step);
  /// The table of metrics, of all that was logged.
  void writeTable();
  /// The last page, which says how the run ended.
  void close(const std::string &state);

private:
  struct Picture {
    uint64_t step;
    std::string output, path;
  };
  // What was measured. A protocol is long and mostly that of the time before:
  // it is kept where it changes.
  class Evaluations {
  public:
    void add(const StepReport &report);
    /// [{"step":,"protocol":,"metrics":{"evaluation.fid":,...}},...], of which
    /// the protocol is a place in the list of protocols.
    Json rows() const;
    /// [{"count":,...},...]
    Json allProtocols() const;

  private:
    struct Protocol {
      size_t first; // evaluation
      std::string text;
    };
    std::vector<StepReport> found; // without their protocols
    std::vector<Protocol> protocols;
  };
  explicit Journal(const RunFolder &folder, JournalFacts facts,
                   uint64_t stepsDone);
  Status readLog();
  Status openLog();
  void findPictures();
  void writePageWhenDue();
  Status writePage(const std::string &state, bool isRunning);
  void printPage(const JsonSink &out, const std::string &state,
                 bool isRunning) const;
  void printPictures(const JsonSink &out) const;
  // Warns of the first failure of what is not the log.
  void pardon(const Status &status);
  void pardonEvents(const Status &status);

  std::string metricsPath, tablePath, pagePath, samplesPath, eventsPath;
  JournalFacts facts;
  uint64_t step;
  std::optional<MetricsLog> log;
  std::optional<EventFile> eventFile; // none: it could not be written
  Curves curves;
  std::vector<RunEvent> events;
  Evaluations evaluations;
  std::vector<Picture> pictures;
  Json kernels = Json::array();
  bool hasWarned = false;
  std::chrono::steady_clock::time_point nextPage;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_JOURNAL_H
