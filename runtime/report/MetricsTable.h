// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// metrics.csv: what metrics.jsonl tells of steps, as a table.
#ifndef GAN_RUNTIME_REPORT_METRICSTABLE_H
#define GAN_RUNTIME_REPORT_METRICSTABLE_H

#include "runtime/base/Status.h"

#include <string>

namespace gan::runtime {

/// Writes the steps of the log at `from` to `to`: a line of names (step, phase,
/// images_per_second, then the metrics in the order in which they first occur),
/// then one line a step. What was not told of a step is empty, what is not
/// finite is nan.
Status writeMetricsTable(const std::string &from, const std::string &to);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_METRICSTABLE_H
