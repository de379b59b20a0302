// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a game reports of a pass.
#ifndef GAN_RUNTIME_REPORT_METRICS_H
#define GAN_RUNTIME_REPORT_METRICS_H

#include <string>
#include <utility>
#include <vector>

namespace gan::runtime {

/// Names ("generator.loss") and values, in the order of their first report.
using Metrics = std::vector<std::pair<std::string, double>>;

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_METRICS_H
