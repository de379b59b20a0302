// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The folder that a run leaves.
#ifndef GAN_RUNTIME_REPORT_RUNFOLDER_H
#define GAN_RUNTIME_REPORT_RUNFOLDER_H

#include "runtime/base/File.h"

#include <optional>
#include <string>
#include <string_view>

namespace gan::runtime {

/// options.json     what the run was asked for
/// model.gan        the text of the model
/// metrics.jsonl    MetricsLog.h
/// metrics.csv, report.html, tensorboard/    Journal.h
/// trace.json       the last steps in time, with --profile
/// samples/         step-000500.png, on the same latents each time
/// checkpoints/     runtime/checkpoint
/// *.safetensors    the latest of them
/// lock             held by the trainer that is at work here
class RunFolder {
public:
  enum class Content : uint8_t {
    Nothing,   // there is no folder, or an empty one
    Beginning, // of a run that was ended before it saved anything
    Run
  };

  /// Looks at `path`, and takes the lock of what is there. `Usage` for a file,
  /// for a folder that holds other things, and where another trainer is at
  /// work.
  static Result<RunFolder> claim(const std::string &path);

  /// Makes the next of the numbered folders `runs/0001-<model>`.
  static Result<RunFolder> createNumbered(const std::string &model);

  Content content() const { return found; }

  /// Makes the folder ready for a new run. The metrics and samples of an
  /// earlier one are removed; its weights stay until new ones are there.
  Status begin();
  /// Makes it ready for more of the run that is in it, from after `passes`
  /// passes and so many rollbacks on: what was told of later ones, in the log
  /// and in pictures, will be told again.
  Status goOn(uint64_t passes, uint64_t rollbacks);
  /// What a checkpoint is one of, the options, the model and the log, outlives
  /// a loss of power as the checkpoint does.
  Status sync() const;

  const std::string &path() const { return folder; }
  std::string optionsPath() const { return folder + "/options.json"; }
  std::string modelPath() const { return folder + "/model.gan"; }
  std::string metricsPath() const { return folder + "/metrics.jsonl"; }
  std::string tablePath() const { return folder + "/metrics.csv"; }
  std::string pagePath() const { return folder + "/report.html"; }
  std::string eventsPath() const { return folder + "/tensorboard"; }
  std::string samplesPath() const { return folder + "/samples"; }
  std::string tracePath() const { return folder + "/trace.json"; }
  /// Where the samples of an output after `step` passes go, without extension:
  /// `samples/step-000500`, behind the name of the output where there are
  /// several.
  std::string samplesBase(uint64_t step, const std::string &output) const;

private:
  explicit RunFolder(std::string path) : folder(std::move(path)) {}
  Status lock();
  Status prepare();
  Status clear() const;
  std::string folder;
  Content found = Content::Nothing;
  std::optional<FileLock> held;
};

/// The step of a file of samples by its name, if it is one.
std::optional<uint64_t> stepOfSamples(std::string_view name);

/// Removes from such a folder the files of steps after `step`, or all.
Status removeSamples(const std::string &samples, std::optional<uint64_t> after);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_RUNFOLDER_H
