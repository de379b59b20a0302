// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Several measurements of one thing.
#ifndef GAN_RUNTIME_METRICS_SPREAD_H
#define GAN_RUNTIME_METRICS_SPREAD_H

#include <span>

namespace gan::runtime {

struct Spread {
  double mean = 0;
  double deviation = 0; // of the values themselves, divided by their number
                        // less one; 0 for a single one
};

/// Of at least one.
Spread spreadOf(std::span<const double> values);

} // namespace gan::runtime

#endif // GAN_RUNTIME_METRICS_SPREAD_H
