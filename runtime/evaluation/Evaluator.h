// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Samples of a game measured against its data.
#ifndef GAN_RUNTIME_EVALUATION_EVALUATOR_H
#define GAN_RUNTIME_EVALUATION_EVALUATOR_H

#include "runtime/base/Json.h"
#include "runtime/evaluation/Measures.h"
#include "runtime/metrics/Spread.h"

namespace gan::runtime {

struct EvaluationOptions {
  std::string metrics;  // "fid,kid"; empty: all that can be had
  std::string features; // a model built by ganc; empty: samples themselves
  std::string featureWeights; // empty: beside it
  std::string output;         // of the model; empty: the first that has data
  uint64_t count = 0;         // samples of a set; 0: records, at most 10,000
  uint64_t sets = 1;          // of samples, each of latents of its own
  uint64_t seed = 0;          // of what metrics draw
  unsigned threads = 0;
  std::string keepFolder; // where features and logits are left as .npy; empty:
                          // nowhere
};

/// What was found, and how.
struct Evaluation {
  std::vector<std::pair<std::string, Spread>> values; // over the sets
  Json protocol;
};

/// For people: a line a value, then the protocol.
std::string textOf(const Evaluation &evaluation);
/// A line of metrics.jsonl: {"step":500,"evaluation.fid":..,"evaluation.
/// fid.deviation":..,"protocol":{..}}; deviations where there are several sets.
std::string jsonLine(const Evaluation &evaluation, uint64_t step);

class Evaluator {
public:
  /// Checks all that a user can have got wrong; reads nothing yet. `data` are
  /// those of the game that will be measured.
  static Result<std::unique_ptr<Evaluator>>
  create(const Executable &executable, const std::vector<Dataset> &data,
         EvaluationOptions options);

  /// What is compared with what; the streams of samples are made of it.
  const Subject &comparedSubject() const { return subject; }

  /// Takes the sets from `samples`, one behind the other, and measures them
  /// against the records of `dataset`, which is the subject's. The first call
  /// reads these; they are the same for all.
  Result<Evaluation> evaluate(const Dataset &dataset, SampleStream &samples);

  /// Whether more of the first value is better.
  bool isHigherBetter() const { return measures.front()->isHigherBetter; }

private:
  Evaluator(const Executable &executable, EvaluationOptions options)
      : executable(executable), options(std::move(options)) {}
  Status prepare(const std::vector<Dataset> &data);
  Status chooseCount(const Dataset &dataset);
  Status readReals(const Dataset &dataset);
  Status keep(const Collected &set, const std::string &name) const;
  Json protocol(const std::string &samples) const;

  const Executable &executable;
  EvaluationOptions options;
  Subject subject;
  std::unique_ptr<FeatureNetwork> network; // may be null
  std::vector<const Measure *> measures;
  std::optional<Collected> reals;
  std::string realDescription;
  std::optional<Moments> realMoments;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_EVALUATOR_H
