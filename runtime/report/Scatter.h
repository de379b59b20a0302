// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pictures of samples that are points of the plane.
#ifndef GAN_RUNTIME_REPORT_SCATTER_H
#define GAN_RUNTIME_REPORT_SCATTER_H

#include "runtime/report/ImageGrid.h"

#include <span>

namespace gan::runtime {

/// Points of the plane, x and y of each together, as dots on white; `marks` are
/// points to compare them with (the centres of a mixture), drawn as crosses.
/// The picture shows the square around the origin that reaches half as far
/// again as the marks do, or, without marks, all points.
Picture plotPoints(std::span<const double> points,
                   std::span<const double> marks);

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_SCATTER_H
