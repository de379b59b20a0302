// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/evaluation/Collect.h"

#include <algorithm>

using namespace gan::runtime;

static void appendRows(Matrix &matrix, std::span<const double> values,
                       uint64_t columns) {
  matrix.columns = columns;
  matrix.values.insert(matrix.values.end(), values.begin(), values.end());
  matrix.rows = matrix.values.size() / columns;
}

Result<Collected> gan::runtime::collect(SampleStream &stream,
                                        const Subject &subject, uint64_t count,
                                        FeatureNetwork *network,
                                        uint64_t samples) {
  uint64_t perSample = subject.perSample();
  Collected collected;
  std::vector<double> bunch, waiting; // waiting for a full batch
  for (uint64_t done = 0; done < count;) {
    if (Status status = stream.next(bunch); !status.ok())
      return status;
    uint64_t taken = std::min(bunch.size() / perSample, count - done);
    std::span<const double> fresh = std::span(bunch).first(taken * perSample);
    uint64_t held = collected.samples.rows;
    if (held < samples)
      appendRows(collected.samples,
                 fresh.first(std::min(taken, samples - held) * perSample),
                 perSample);
    done += taken;
    if (!network) {
      appendRows(collected.features, fresh, perSample);
      continue;
    }
    waiting.insert(waiting.end(), fresh.begin(), fresh.end());
    uint64_t whole = network->batch() * perSample;
    size_t used = 0;
    while (waiting.size() - used >= whole ||
           (done == count && used < waiting.size())) {
      uint64_t next = std::min<uint64_t>(whole, waiting.size() - used);
      Status status =
          network->run(std::span(waiting).subspan(used, next), next / perSample,
                       collected.features,
                       network->hasLogits() ? &collected.logits : nullptr);
      if (!status.ok())
        return status;
      used += next;
    }
    waiting.erase(waiting.begin(), waiting.begin() + used);
  }
  return collected;
}
