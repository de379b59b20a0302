// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A network that makes features of samples: a model built by ganc, with weights
// of its own, run beside the one that is evaluated.
#ifndef GAN_RUNTIME_EVALUATION_FEATURENETWORK_H
#define GAN_RUNTIME_EVALUATION_FEATURENETWORK_H

#include "runtime/evaluation/Subject.h"
#include "runtime/game/StepRunner.h"
#include "runtime/metrics/Matrix.h"

#include <memory>
#include <optional>

namespace gan::runtime {

class FeatureNetwork {
public:
  /// Loads the model at `path` on the cpu and its weights from `weights`
  /// (empty: from `path` with `.safetensors` behind it). It has one data with
  /// one field, an output `features`, and, if it classifies, an output
  /// `logits`, whose last axis is the classes.
  static Result<std::unique_ptr<FeatureNetwork>>
  open(const std::string &path, const std::string &weights, unsigned threads);

  /// Whether it takes such samples; `Mismatch` tells both shapes.
  Status checkTakes(const Subject &subject) const;

  /// Samples that one run takes.
  uint64_t batch() const { return rows; }
  bool hasLogits() const { return logitsEntry.has_value(); }
  /// The last axis of the logits.
  uint64_t classes() const { return classCount; }
  /// Groups of `classes()` logits of one sample.
  uint64_t digits() const { return digitCount; }
  /// Features of one sample.
  uint64_t columns() const { return columnCount; }

  /// Adds features, and, where `logits` is not null, logits of `count` <=
  /// `batch()` samples, given as visible values, as rows.
  Status run(std::span<const double> samples, uint64_t count, Matrix &features,
             Matrix *logits);

  /// For people and for the protocol: model, its hash, its settings, the hash
  /// of the file of weights.
  const std::string &description() const { return words; }

private:
  FeatureNetwork(Executable loaded) : executable(std::move(loaded)) {}
  Status prepare(const std::string &weights, unsigned threads);
  Status findInput();
  Status findOutputs();
  Status describe(const std::string &weights);
  Status compute(uint32_t entry, std::span<const double> samples,
                 uint64_t count, Matrix &into);

  Executable executable;
  std::unique_ptr<Device> device;
  std::optional<StepRunner> runner;
  const format::DataField *input = nullptr;
  uint32_t featuresEntry = 0;
  std::optional<uint32_t> logitsEntry;
  uint64_t rows = 0, columnCount = 0, classCount = 0, digitCount = 0;
  std::string words;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_FEATURENETWORK_H
