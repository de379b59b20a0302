// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How much the samples of a batch differ from each other.
#ifndef GAN_RUNTIME_HEALTH_DIVERSITY_H
#define GAN_RUNTIME_HEALTH_DIVERSITY_H

#include "runtime/data/Dataset.h"
#include "runtime/format/Executable_generated.h"
#include "runtime/report/Samples.h"

#include <optional>

namespace gan::runtime {

/// The mean Euclidean distance of two different samples of the batch; 0 for
/// fewer than two.
double meanDistance(const Samples &samples);

/// `count` records of the first field of the data whose samples have this
/// shape, spread over all of them; nothing where there is no such field, or
/// where it cannot be read.
std::optional<Samples> samplesOfData(
    const flatbuffers::Vector<flatbuffers::Offset<format::Data>> &data,
    const std::vector<Dataset> &datasets, const std::vector<uint64_t> &shape,
    uint64_t count);

} // namespace gan::runtime

#endif // GAN_RUNTIME_HEALTH_DIVERSITY_H
