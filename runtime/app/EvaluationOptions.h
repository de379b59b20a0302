// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The options by which `evaluate` and `train` measure samples.
#ifndef GAN_RUNTIME_APP_EVALUATIONOPTIONS_H
#define GAN_RUNTIME_APP_EVALUATIONOPTIONS_H

#include "runtime/app/Arguments.h"
#include "runtime/evaluation/Evaluator.h"

namespace gan::runtime {

inline constexpr OptionSpec kMetricOption = {
    "metric", 0, "LIST",
    "of fid, kid, is, pr, dc, modes, ms-ssim and 1nn, as in fid,kid (default: "
    "all that can be had; of train: fid)"};
inline constexpr OptionSpec kFeaturesOption = {
    "features", 0, "FILE",
    "a network for features, as `ganc build models/features/lenet.gan` makes "
    "one (default: the samples themselves)"};
inline constexpr OptionSpec kFeatureWeightsOption = {
    "feature-weights", 0, "FILE",
    "its weights (default: its name with .safetensors behind it)"};
inline constexpr OptionSpec kEvaluateCountOption = {
    "count", 0, "N",
    "samples of a set (default: as many as records, at most 10000)"};
inline constexpr OptionSpec kSetsOption = {
    "sets", 0, "N",
    "sets of samples, each of latents of its own (default: 3; of train: 1)"};

/// Those of the options that were given; `sets` is what stands for --sets
/// where it was not.
Result<EvaluationOptions> readEvaluationOptions(const Arguments &arguments,
                                                uint64_t sets);

} // namespace gan::runtime

#endif // GAN_RUNTIME_APP_EVALUATIONOPTIONS_H
