// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/Evaluator.h"
#include "runtime/base/File.h"
#include "runtime/report/Numpy.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace gan;
using namespace gan::runtime;

static constexpr uint64_t kUsualCount = 10000;
// Five neighbours, ten splits.
static constexpr uint64_t kLeastCount = 10;

// ---- what was found

static std::string textOfNumber(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g", value);
  return text;
}

std::string gan::runtime::textOf(const Evaluation &evaluation) {
  size_t width = 0;
  for (const auto &[name, spread] : evaluation.values)
    width = std::max(width, name.size());
  std::string text;
  for (const auto &[name, spread] : evaluation.values) {
    text += name + std::string(width - name.size() + 2, ' ') +
            textOfNumber(spread.mean);
    if (spread.deviation != 0)
      text += " +- " + textOfNumber(spread.deviation);
    text += "\n";
  }
  for (const auto &[key, value] : evaluation.protocol.items())
    text += "  " + key + ": " +
            (value.is_string() ? value.get<std::string>() : printJson(value)) +
            "\n";
  return text;
}

std::string gan::runtime::jsonLine(const Evaluation &evaluation,
                                   uint64_t step) {
  Json json = {{"step", step}};
  for (const auto &[name, spread] : evaluation.values) {
    json["evaluation." + name] = spread.mean;
    if (evaluation.protocol["sets"] != 1)
      json["evaluation." + name + ".deviation"] = spread.deviation;
  }
  json["protocol"] = evaluation.protocol;
  return printJson(json);
}

// ---- before the first sample

Result<std::unique_ptr<Evaluator>>
Evaluator::create(const Executable &executable,
                  const std::vector<Dataset> &data, EvaluationOptions options) {
  std::unique_ptr<Evaluator> evaluator(
      new Evaluator(executable, std::move(options)));
  if (Status status = evaluator->prepare(data); !status.ok())
    return status;
  return evaluator;
}

Status Evaluator::prepare(const std::vector<Dataset> &data) {
  Result<Subject> chosen = chooseSubject(executable, options.output);
  if (!chosen.ok())
    return chosen.status();
  subject = chosen.take();
  if (!options.features.empty()) {
    Result<std::unique_ptr<FeatureNetwork>> opened = FeatureNetwork::open(
        options.features, options.featureWeights, options.threads);
    if (!opened.ok())
      return opened.status();
    network = opened.take();
    if (Status status = network->checkTakes(subject); !status.ok())
      return status;
  } else if (!options.featureWeights.empty()) {
    return Status(Code::Usage, "belongs to --features", "--feature-weights");
  }
  Result<std::vector<const Measure *>> found =
      chooseMeasures(options.metrics, subject, network.get());
  if (!found.ok())
    return found.status();
  measures = found.take();
  return chooseCount(data[subject.data]);
}

Status Evaluator::chooseCount(const Dataset &dataset) {
  uint64_t records = dataset.fields[subject.field]->records();
  if (!options.count)
    options.count = records ? std::min(records, kUsualCount) : kUsualCount;
  else if (records && options.count > records)
    return Status(Code::Usage,
                  "'" + subject.name + "' has " + std::to_string(records) +
                      " records, which are fewer than " +
                      std::to_string(options.count) + " samples",
                  "--count");
  return options.count >= kLeastCount
             ? Status()
             : Status(Code::Usage,
                      "metrics need at least " + std::to_string(kLeastCount) +
                          " samples, not " + std::to_string(options.count),
                      "--count");
}

// ---- samples

Status Evaluator::readReals(const Dataset &dataset) {
  RealStream stream(subject, dataset, options.seed);
  Result<Collected> collected =
      collect(stream, subject, options.count, network.get(),
              heldSamples(measures, options.count));
  if (!collected.ok())
    return collected.status();
  reals = collected.take();
  realDescription = stream.description();
  for (const Measure *measure : measures)
    if (std::strcmp(measure->name, "fid") == 0)
      realMoments = momentsOf(reals->features, options.threads);
  return keep(*reals, "real");
}

static Status writeMatrix(const Matrix &matrix, const std::string &path) {
  return writeNpy(path, {.sizes = {matrix.rows, matrix.columns},
                         .element = format::ElementType::F64,
                         .bytes = std::as_bytes(std::span(matrix.values))});
}

Status Evaluator::keep(const Collected &set, const std::string &name) const {
  if (options.keepFolder.empty())
    return Status();
  Status status = makeFolders(options.keepFolder);
  std::string path = options.keepFolder + "/" + name;
  if (status.ok())
    status = writeMatrix(set.features, path + ".npy");
  return status.ok() && set.logits.rows
             ? writeMatrix(set.logits, path + "-logits.npy")
             : status;
}

Json Evaluator::protocol(const std::string &samples) const {
  std::string features = network ? network->description() + ", " +
                                       std::to_string(network->columns()) +
                                       " of a sample"
                                 : std::to_string(subject.perSample()) +
                                       " values of the sample itself";
  Json json = {
      {"count", options.count},
      {"sets", options.sets},
      {"seed", options.seed},
      {"samples", samples},
      {"reals", realDescription},
      {"values", subject.isImage() ? "rounded to 256 levels" : "as they are"},
      {"resized", network ? "by the network for features" : "no"},
      {"features", features}};
  for (const Measure *measure : measures)
    json[measure->name] = measure->protocol;
  return json;
}

// Values of one set into those of all, by their place.
static void addValues(const Metrics &metrics,
                      std::vector<std::vector<double>> &values) {
  values.resize(metrics.size());
  for (size_t i = 0; i < metrics.size(); ++i)
    values[i].push_back(metrics[i].second);
}

Result<Evaluation> Evaluator::evaluate(const Dataset &dataset,
                                       SampleStream &samples) {
  if (!reals)
    if (Status status = readReals(dataset); !status.ok())
      return status;
  std::vector<std::vector<double>> values;
  Metrics metrics;
  for (uint64_t set = 0; set < options.sets; ++set) {
    Result<Collected> fakes =
        collect(samples, subject, options.count, network.get(),
                heldSamples(measures, options.count));
    if (!fakes.ok())
      return fakes.status();
    if (Status status = keep(*fakes, "set-" + std::to_string(set));
        !status.ok())
      return status;
    Comparison comparison{.subject = subject,
                          .network = network.get(),
                          .reals = *reals,
                          .fakes = *fakes,
                          .realMoments = realMoments ? &*realMoments : nullptr,
                          .seed = options.seed,
                          .threads = options.threads};
    metrics.clear();
    for (const Measure *measure : measures)
      measure->measure(comparison, metrics);
    addValues(metrics, values);
  }
  Evaluation evaluation{.values = {},
                        .protocol = protocol(samples.description())};
  for (size_t i = 0; i < metrics.size(); ++i)
    evaluation.values.emplace_back(metrics[i].first, spreadOf(values[i]));
  return evaluation;
}
