// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A set of samples as metrics see it.
#ifndef GAN_RUNTIME_EVALUATION_COLLECT_H
#define GAN_RUNTIME_EVALUATION_COLLECT_H

#include "runtime/evaluation/FeatureNetwork.h"
#include "runtime/evaluation/Stream.h"

namespace gan::runtime {

/// One sample a row of each.
struct Collected {
  Matrix features; // of the network, or without one the visible values
  Matrix logits;   // empty where there are none
  Matrix samples;  // visible values of the first of them
};

/// The first `count` samples of a stream; `network` may be null, `samples` is
/// how many of them to hold themselves.
Result<Collected> collect(SampleStream &stream, const Subject &subject,
                          uint64_t count, FeatureNetwork *network,
                          uint64_t samples);

} // namespace gan::runtime

#endif // GAN_RUNTIME_EVALUATION_COLLECT_H
