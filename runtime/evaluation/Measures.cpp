// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/Measures.h"
#include "runtime/metrics/Kernel.h"
#include "runtime/metrics/Modes.h"
#include "runtime/metrics/Neighbours.h"
#include "runtime/metrics/Score.h"
#include "runtime/metrics/Similarity.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace gan::runtime;

// Images of which pairs are compared.
static constexpr uint64_t kMostPaired = 2000;

static void measureFid(const Comparison &c, Metrics &into) {
  into.emplace_back(
      "fid",
      frechetDistance(*c.realMoments, momentsOf(c.fakes.features, c.threads)));
}

// Of no more samples than a block has, all blocks would be the same.
static void measureKid(const Comparison &c, Metrics &into) {
  const Matrix &reals = c.reals.features, &fakes = c.fakes.features;
  KernelBlocks blocks{.seed = c.seed};
  if (std::max(reals.rows, fakes.rows) <= blocks.rows) {
    into.emplace_back("kid", kernelDistance(reals, fakes));
    return;
  }
  Spread spread = kernelDistanceOfBlocks(reals, fakes, blocks, c.threads);
  into.emplace_back("kid", spread.mean);
  into.emplace_back("kid_of_blocks_deviation", spread.deviation);
}

static void measureScore(const Comparison &c, Metrics &into) {
  auto score = [&](const Matrix &logits) {
    return classifierScoreOfSplits(softmax(logits, c.network->classes()), 10);
  };
  Spread spread = score(c.fakes.logits);
  into.emplace_back("is", spread.mean);
  into.emplace_back("is_of_splits_deviation", spread.deviation);
  into.emplace_back("is_of_reals", score(c.reals.logits).mean);
}

static void measurePrecision(const Comparison &c, Metrics &into) {
  Coverings found =
      compareManifolds(c.reals.features, c.fakes.features, 3, c.threads);
  into.emplace_back("precision", found.precision);
  into.emplace_back("recall", found.recall);
}

static void measureDensity(const Comparison &c, Metrics &into) {
  Coverings found =
      compareManifolds(c.reals.features, c.fakes.features, 5, c.threads);
  into.emplace_back("density", found.density);
  into.emplace_back("coverage", found.coverage);
}

static bool isMixture(const Subject &subject) {
  return subject.table->centres() && subject.table->std() > 0;
}

static void measureModes(const Comparison &c, Metrics &into) {
  Modes modes;
  if (isMixture(c.subject)) {
    const auto &numbers = *c.subject.table->centres();
    Matrix centres(numbers.size() / c.subject.perSample(),
                   c.subject.perSample());
    centres.values.assign(numbers.begin(), numbers.end());
    modes = modesOfMixture(c.fakes.samples, centres, c.subject.table->std());
    into.emplace_back("modes", modes.covered);
    into.emplace_back("quality", modes.quality);
  } else {
    modes = modesOfClasses(c.fakes.logits, c.network->classes());
    into.emplace_back("modes", modes.covered);
  }
  into.emplace_back("reverse_kl", modes.reverseDivergence);
}

static void measureSimilarity(const Comparison &c, Metrics &into) {
  const std::vector<uint64_t> &shape = c.subject.shape;
  auto similarity = [&](const Collected &set) {
    uint64_t rows = std::min<uint64_t>(set.samples.rows, kMostPaired);
    Matrix images = rowsOf(set.samples, 0, rows);
    for (double &value : images.values)
      value *= 255;
    return meanSimilarity(images, {shape[0], shape[1], shape[2]}, c.threads);
  };
  into.emplace_back("ms_ssim", similarity(c.fakes));
  into.emplace_back("ms_ssim_of_reals", similarity(c.reals));
}

static void measureTwoSample(const Comparison &c, Metrics &into) {
  TwoSample found =
      nearestNeighbourTest(c.reals.features, c.fakes.features, c.threads);
  into.emplace_back("one_nn", found.accuracy);
  into.emplace_back("one_nn_of_reals", found.ofReals);
  into.emplace_back("one_nn_of_fakes", found.ofFakes);
}

// ---- what each needs

static const char *nothing(const Subject &, const FeatureNetwork *) {
  return nullptr;
}

static const char *oneClassifier(const Subject &,
                                 const FeatureNetwork *network) {
  if (!network || !network->hasLogits())
    return "it needs --features with an output 'logits'";
  return network->digits() == 1 ? nullptr
                                : "it needs one group of logits, not several";
}

static const char *modesToCount(const Subject &subject,
                                const FeatureNetwork *network) {
  if (isMixture(subject) || (network && network->hasLogits()))
    return nullptr;
  return "it needs a mixture, or --features with an output 'logits'";
}

static const char *largeImages(const Subject &subject, const FeatureNetwork *) {
  if (subject.isImage() && subject.shape.size() == 3 &&
      std::min(subject.shape[1], subject.shape[2]) >= kLeastSide)
    return nullptr;
  return "it needs images of at least 16 x 16 pixels";
}

static constexpr std::array<Measure, 8> kMeasures = {{
    {"fid", "Frechet distance of Gaussians, covariances divided by n - 1",
     /*isHigherBetter=*/false, nothing, measureFid},
    {"kid",
     "unbiased MMD^2, kernel (<x, y> / d + 1)^3, mean of 100 blocks of 1000, "
     "or of all samples at once where there are no more",
     /*isHigherBetter=*/false, nothing, measureKid},
    {"is", "mean of 10 splits", /*isHigherBetter=*/true, oneClassifier,
     measureScore},
    {"pr", "precision and recall, k = 3", /*isHigherBetter=*/true, nothing,
     measurePrecision},
    {"dc", "density and coverage, k = 5", /*isHigherBetter=*/true, nothing,
     measureDensity},
    {"modes",
     "nearest centre within 3 deviations, or most likely classes; natural "
     "logarithm",
     /*isHigherBetter=*/true, modesToCount, measureModes},
    {"ms-ssim",
     "five scales, 11 x 11 windows; sample i with sample i + n / 2 of the "
     "first "
     "n <= 2000",
     /*isHigherBetter=*/false, largeImages, measureSimilarity},
    {"1nn", "leave-one-out, ties count half; 0.5 is best",
     /*isHigherBetter=*/false, nothing, measureTwoSample},
}};

static Result<const Measure *> findMeasure(std::string_view name) {
  std::string known;
  for (const Measure &measure : kMeasures) {
    if (name == measure.name)
      return &measure;
    known += (known.empty() ? "" : ", ") + std::string(measure.name);
  }
  return Status(Code::Usage,
                "there is no metric '" + std::string(name) + "', there are " +
                    known,
                "--metric");
}

Result<std::vector<const Measure *>>
gan::runtime::chooseMeasures(const std::string &list, const Subject &subject,
                             const FeatureNetwork *network) {
  std::vector<const Measure *> chosen;
  if (list.empty()) {
    for (const Measure &measure : kMeasures)
      if (!measure.refuses(subject, network))
        chosen.push_back(&measure);
    return chosen;
  }
  for (size_t start = 0; start <= list.size();) {
    size_t end = std::min(list.find(',', start), list.size());
    Result<const Measure *> found =
        findMeasure(std::string_view(list).substr(start, end - start));
    if (!found.ok())
      return found.status();
    if (std::ranges::count(chosen, *found))
      return Status(Code::Usage,
                    std::string("names '") + (*found)->name + "' twice",
                    "--metric");
    if (const char *reason = (*found)->refuses(subject, network))
      return Status(Code::Usage,
                    std::string("'") + (*found)->name + "' cannot be had of '" +
                        subject.output + "': " + reason,
                    "--metric");
    chosen.push_back(*found);
    start = end + 1;
  }
  return chosen;
}

uint64_t gan::runtime::heldSamples(const std::vector<const Measure *> &measures,
                                   uint64_t count) {
  uint64_t held = 0;
  for (const Measure *measure : measures) {
    if (measure->measure == measureModes)
      held = count;
    if (measure->measure == measureSimilarity)
      held = std::max(held, std::min(count, kMostPaired));
  }
  return held;
}
