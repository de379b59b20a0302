// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The folder that a run leaves.
#ifndef GAN_RUNTIME_REPORT_RUNFOLDER_H
#define GAN_RUNTIME_REPORT_RUNFOLDER_H

#include "runtime/base/Status.h"

#include <string>

namespace gan::runtime {

/// options.json     what the run was asked for
/// model.gan        the text of the model
/// metrics.jsonl    MetricsLog.h
/// trace.json       the last steps in time, with --profile
/// samples/         step-000500.png, on the same latents each time
/// *.safetensors    runtime/checkpoint
class RunFolder {
public:
  /// Makes the folder `path`. One that holds anything is refused (`Usage`);
  /// with `overwrite` it is taken if it is that of an earlier run, whose
  /// metrics and samples are removed while its weights stay until new ones are
  /// there.
  static Result<RunFolder> create(const std::string &path, bool overwrite);

  /// Makes the next of the numbered folders `runs/0001-<model>`.
  static Result<RunFolder> createNumbered(const std::string &model);

  const std::string &path() const { return folder; }
  std::string optionsPath() const { return folder + "/options.json"; }
  std::string modelPath() const { return folder + "/model.gan"; }
  std::string metricsPath() const { return folder + "/metrics.jsonl"; }
  std::string tracePath() const { return folder + "/trace.json"; }
  /// Where the samples of an output after `step` passes go, without extension:
  /// `samples/step-000500`, behind the name of the output where there are
  /// several.
  std::string samplesBase(uint64_t step, const std::string &output) const;

private:
  explicit RunFolder(std::string path) : folder(std::move(path)) {}
  Status clear() const;
  std::string folder;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_RUNFOLDER_H
