// SPDX-FileCopyrightText: the ganc authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The metrics of a run of any length, in constant memory.
#ifndef GAN_RUNTIME_REPORT_CURVES_H
#define GAN_RUNTIME_REPORT_CURVES_H

#include "runtime/report/MetricsLog.h"

#include <functional>
#include <string>
#include <vector>

namespace gan::runtime {

/// Every metric as at most `kMostPoints` points, each the mean, least and
/// greatest of so many values on end; when there are too many, neighbours
/// become one.
class Curves {
public:
  static constexpr size_t kMostPoints = 600;

  void add(const StepReport &report);

  /// Gives out, piece by piece, the JSON
  /// [{"name":"generator.loss","values":1000,"last":0.7,
  ///   "points":[[step,mean,least,greatest],...]},...], in the order in which
  /// the metrics were first seen; a point without any finite value has null for
  /// all three.
  void print(const std::function<void(std::string_view)> &out) const;

private:
  struct Point {
    double steps = 0; // their sum
    double sum = 0, least = 0, greatest = 0;
    uint64_t count = 0, finite = 0; // values
    void add(double step, double value);
    void add(const Point &other);
  };
  struct Curve {
    std::string name;
    double last = 0;
    uint64_t values = 0;
    uint64_t perPoint = 1;
    std::vector<Point> points;
  };
  static Curve newCurve(const std::string &name);
  void add(const std::string &name, double step, double value);

  std::vector<Curve> curves;
};

} // namespace gan::runtime

#endif // GAN_RUNTIME_REPORT_CURVES_H
